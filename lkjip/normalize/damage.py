"""The possible readings of a damaged number, most likely first.

The kinds of damage are those seen in print: a digit too many in a group
("50.0000.000"), one too few ("133.825.00,00"), a lost separator
("227.199732,00"), a doubled one ("4.430.638.,00"), the wrong one of the two
("1,011.080.000"), a space ("48. 592.221.203"), a misplaced one, zeros in front
("00,0"). Readings that keep every printed digit come first, unless a group of
four repeats a digit: then the repetition is the likelier slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

MARK = re.compile(r"[.,\s]+")
DIGITS = "0123456789"
LONGEST = 22  # digits; more is no amount
# As OCR and tired typists confuse them.
LETTERS = str.maketrans("OoQDlI|iSsBZzgq", "000011115582299")


def readings(core: str, decimal: str = ",") -> Iterator[Decimal]:
    """Values that `core`, a number without ornaments, may stand for.

    `decimal` is the column's decimal mark. May repeat itself; empty where the
    text is no number at all. At most some hundred values, whatever the text.
    """
    text = core.translate(LETTERS)
    if not re.fullmatch(r"[\d.,\s]+", text, re.A):
        return
    groups = [group for group in MARK.split(text) if group]
    if not groups or sum(map(len, groups)) > LONGEST:
        return
    marks = MARK.findall(text.strip(" .,\n"))
    for whole, sen in _splits(groups, marks, decimal):
        for digits in _wholes(whole):
            yield Decimal(f"{digits}.{sen}" if sen else digits)


def _splits(groups: list[str], marks: list[str], decimal: str) -> Iterator[tuple[list[str], str]]:
    """Where the decimals may begin: integer groups and decimals, likelier first."""
    *front, last = groups
    ends_in_sen = bool(front) and len(last) <= 2
    if ends_in_sen:
        yield front, last
    yield groups, ""
    if decimal in "".join(marks[-1:]) and len(last) == 3:  # "275.000,000"
        yield front, last
    if len(last) > 3:  # "125.000.00000": the decimal mark is lost
        yield [*front, last[:-2]], last[-2:]


def _wholes(groups: list[str]) -> Iterator[str]:
    """Digits that a damaged integer part may stand for."""
    joined = "".join(groups)
    odd = [i for i, group in enumerate(groups) if len(group) != 3 and (i or len(group) > 3)]
    sizes = {len(groups[i]) for i in odd}
    slips = [*_slips(groups, odd)] if odd and sizes <= {2, 4} and len(odd) <= 2 else []
    yield from (digits for digits, likely in slips if likely)
    yield joined
    yield from (digits for digits, likely in slips if not likely)


def _slips(groups: list[str], odd: list[int]) -> Iterator[tuple[str, bool]]:
    """Each odd group brought to three digits, and whether by the likeliest slip."""
    options = [list(_three(groups[i])) for i in odd]
    for choice in product(*options):
        fixed = list(groups)
        for i, (group, _) in zip(odd, choice, strict=True):
            fixed[i] = group
        yield "".join(fixed), all(likely for _, likely in choice)


def _three(group: str) -> Iterator[tuple[str, bool]]:
    """A group of four without one digit, or of two with one more; repeated digits first."""
    if len(group) == 4:
        twins = [i for i in range(1, 4) if group[i] == group[i - 1]]
        order = [*twins, *(i for i in range(4) if i not in twins)]
        yield from ((group[:i] + group[i + 1 :], i in twins) for i in order)
        return
    for digit in dict.fromkeys((*group[::-1], *DIGITS)):
        for i in range(3):
            yield group[:i] + digit + group[i:], digit in group and digit == "0"
