"""What a line's print tells of its place in the tree: numbering, code, words, typography.

All of it is a prior: offices number, indent and embolden as they like, so each
hint adds or takes a little and the sums decide. The weights are in the unit of
`tree.py`: about the natural logarithm of how much likelier the hint makes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lkjip.normalize.numbers import is_dash
from lkjip.records import Line, LineKind

RANKS = (  # first match wins; a smaller rank stands higher
    (0, r"(grand |sub ?)?(jumlah|total)\b|jumlah$"),
    (1, r"(pendapatan|belanja)( daerah)?$|pembiayaan( daerah)?$|urusan\b|bidang urusan\b"),
    (2, r"belanja (tidak )?langsung\b|belanja (operasi|modal|transfer|tidak terduga)$|pendapatan "),
    (3, r"program\b"),
    (4, r"kegiatan\b"),
    (5, r"sub ?kegiatan\b"),
    (7, r"belanja\b|honorarium\b|biaya\b|uang\b"),
)
RANKS_RE = tuple((rank, re.compile(pattern, re.I)) for rank, pattern in RANKS)
LEADING = re.compile(r"([A-Za-z]|[IVXivx]{1,5}|\d{1,3})\s*[.)]?\s+(?=\S)|([-•*–])\s*(?=\w)")
MARK = re.compile(r"\(?([A-Za-z]{1,5}|\d{1,3})\s*[.)]*")
CODE = re.compile(r"\d+(?:\s*[.\- ]\s*\d+)+\.?")
ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ALIKE = 0.8  # neighbours without numbering
SAME_INDENT = 2.5  # points
INWARD, OUTWARD = 3.0, -4.0  # a name in a column further right, or left: program | kegiatan
# Half of what a printed code says: names are matched, and reports group as they like.
OWN_HOLDER, NOT_HOLDER, SAME_HOLDER, OTHER_HOLDER = 2.0, -3.0, 0.5, -1.0


@dataclass(frozen=True, slots=True)
class Traits:
    """The hints of one line. `marks` maps a kind of numbering to the number it means there."""

    marks: dict[str, int]
    code: tuple[int, ...]
    rank: int | None
    capitals: bool
    bold: bool
    indent: float
    band: bool
    total: bool
    official: str | None = None  # code of the entry that the chart has for the name
    holder: str | None = None  # and of the one that this is officially part of
    step: int | None = None  # its column, where names have several
    goes_on: bool = False  # numbered on from the last line of its kind, wherever that stood

    @property
    def starts(self) -> bool:
        """Numbered as the first of its kind."""
        return 1 in self.marks.values()


def read_traits(lines: Sequence[Line]) -> list[Traits]:
    """The hints of every line; some offices number on through all headings."""
    last: dict[str, int] = {}
    found = []
    for line in _without_shared_numbers(lines):
        trait = _traits(line)
        goes_on = any(last.get(kind) == number - 1 for kind, number in trait.marks.items())
        last |= trait.marks
        found.append(replace(trait, goes_on=goes_on))
    if 2 * sum(trait.band for trait in found) > len(found):  # items without amounts, no headings
        return [replace(trait, band=trait.band and trait.rank is not None) for trait in found]
    return found


def _without_shared_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without numbers of their own where most share one: it is of what they are for."""
    numbered = [line.no for line in lines if line.no]
    shared = sum(above == no for above, no in pairwise(numbered))
    return [replace(line, no=None) for line in lines] if 2 * shared > len(numbered) else lines


def _traits(line: Line) -> Traits:
    name = line.name.strip()
    mark = (line.no or "").strip()
    leading = LEADING.match(name)
    if leading and not mark:
        mark = leading[1] or leading[2]
    bare = name[leading.end() :] if leading else name
    code = _code(line.code) or _code(mark)
    letters = [char for char in bare if char.isalpha()]
    rank = _rank(bare)
    if rank == 0 and line.no and line.kind is LineKind.DATA:
        rank = None  # "2 | Jumlah inovasi": an indicator
    total = line.kind is LineKind.TOTAL or rank == 0
    return Traits(
        marks={} if len(code) > 1 else _marks(mark or (line.code or "")),
        code=code,
        rank=0 if total else rank,
        capitals=len(letters) > 3 and all(char.isupper() for char in letters),
        bold=line.bold,
        indent=line.indent,
        band=line.kind is LineKind.BAND
        and not any(is_dash(amount.raw) for amount in line.amounts.values()),
        total=total,
        official=line.account.code if line.account else None,
        holder=line.account.parent if line.account else None,
        step=None if line.kind is LineKind.TOTAL else line.step,
    )


def child_hint(parent: Traits, child: Traits, is_first: bool) -> float:
    """How much likelier the print makes `child` a direct child of `parent`."""
    score = _code_child(parent.code, child.code)
    score += _rank_child(parent.rank, child.rank) + _official_child(parent, child)
    score += INWARD * is_inward(parent, child) + OUTWARD * is_inward(child, parent)
    if is_first and child.marks and not (child.goes_on and not child.starts):
        score += 1.0 if child.starts else -1.5
    shared = parent.marks.keys() & child.marks.keys()
    if parent.marks and child.marks:
        score += -0.7 if shared else 0.7
    if any(child.marks[kind] == parent.marks[kind] + 1 for kind in shared):
        score -= 2.0  # 7 follows 6, it is no part of it
    if parent.capitals != child.capitals:
        score += 0.8 if parent.capitals else -1.5
    if parent.bold != child.bold:
        score += 1.0 if parent.bold else -2.0
    inward = child.indent - parent.indent
    if abs(inward) > SAME_INDENT:
        score += 1.0 if inward > 0 else -1.5
    return score - 2.0 * child.total


def is_inward(parent: Traits, child: Traits) -> bool:
    """Whether the child's name stands in a column further right: program | kegiatan."""
    return parent.step is not None and child.step is not None and parent.step < child.step


def sibling_hint(elder: Traits, younger: Traits) -> float:
    """How much likelier the print makes `younger` the next child after `elder`."""
    score = _code_sibling(elder.code, younger.code)
    if elder.holder and younger.holder:
        score += SAME_HOLDER if elder.holder == younger.holder else OTHER_HOLDER
    if elder.marks and younger.marks:
        shared = elder.marks.keys() & younger.marks.keys()
        steps = [younger.marks[kind] - elder.marks[kind] for kind in shared]
        score += max(map(_step, steps), default=-2.0)
    elif elder.marks or younger.marks:
        score -= 1.5
    else:
        score += ALIKE
    ranks = {elder.rank, younger.rank}
    if len(ranks) == 1:
        score += 0.0 if None in ranks else 0.5
    else:  # "Kegiatan …" stands among kegiatan that are not called so
        score -= 0.2 if ranks == {None, 4} else 1.2
    score -= 1.0 * (elder.capitals != younger.capitals) + 0.8 * (elder.bold != younger.bold)
    score -= 0.8 * (abs(elder.indent - younger.indent) > SAME_INDENT)
    return score - 0.7 * (elder.band != younger.band)


def _rank(name: str) -> int | None:
    return next((rank for rank, pattern in RANKS_RE if pattern.match(name)), None)


def _marks(mark: str) -> dict[str, int]:
    """Readings of a numbering: "C." is the third letter or a Roman hundred."""
    fits = MARK.fullmatch(mark)
    if not fits:
        return {"dash": 1} if mark in {"-", "•", "*", "–"} else {}
    text, found = fits[1], {}
    bracket = ")" if ")" in mark else ""
    if text.isdigit():
        return {"number" + bracket: int(text)}
    case = "upper" if text.isupper() else "lower"
    if len(text) == 1:
        found[case + bracket] = ord(text.lower()) - 96
    if roman := _roman(text.lower()):
        found["roman " + case + bracket] = roman
    return found


def _roman(text: str) -> int:
    values = [ROMANS.get(char, 0) for char in text]
    if not all(values):
        return 0
    after = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, after, strict=True))


def _code(text: str | None) -> tuple[int, ...]:
    text = (text or "").strip().rstrip(".")
    if text.isascii() and text.isdigit() and len(text) < 6:
        return (int(text),)
    if not CODE.fullmatch(text) or len(text) > 40:
        return ()
    return tuple(int(part) for part in re.split(r"[.\- ]+", text) if part)


def _code_child(parent: tuple[int, ...], child: tuple[int, ...]) -> float:
    if len(parent) < len(child) and parent and child[: len(parent)] == parent:
        return 4.0
    if parent[-1:] == child[:1] != parent[:1] and len(child) > 1:
        return 2.0  # "12.2.01" under "1-03.12": codes that begin at the program
    if len(parent) > 1 and len(child) > 1:
        return -4.0
    return 0.0


def _official_child(parent: Traits, child: Traits) -> float:
    if not (parent.official and child.holder):
        return 0.0
    if child.holder == parent.official:
        return OWN_HOLDER
    return 0.0 if child.holder.startswith(parent.official + ".") else NOT_HOLDER


def _code_sibling(elder: tuple[int, ...], younger: tuple[int, ...]) -> float:
    if len(elder) < 2 and len(younger) < 2:
        return 0.0
    if len(elder) != len(younger):
        return -2.5 if elder and younger else -1.0
    if elder[:-1] != younger[:-1]:
        return -2.0
    return max(_step(younger[-1] - elder[-1]), -3.0)


def _step(step: int) -> float:
    """Numbering that goes on by one, with a gap, or starts anew."""
    if step == 1:
        return 3.0
    return 0.5 if 1 < step < 5 else -3.5


def _rank_child(parent: int | None, child: int | None) -> float:
    if parent is None and child is None:
        return 0.0
    if parent is None:
        return 0.7 if child == 7 else -1.5
    if child is None:
        return -1.5 if parent == 7 else 0.7
    if parent == child:
        return -2.5
    return 1.5 if parent < child else -4.0
