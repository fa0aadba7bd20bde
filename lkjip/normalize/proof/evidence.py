"""What a guess at damaged cells closes and breaks, and how much that proves.

Evidence is counted in decimal digits: how many digits of a number had to agree,
less what the freedom of choice could have brought about by chance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from lkjip.normalize.proof.book import Book, Cell, Elsewhere, Share, Sum, agrees
from lkjip.normalize.trust import digits_in
from lkjip.records import Role

ENOUGH = 2.0  # digits: measured in benchmarks/ledger_damage.py
FREE_CHOICE = 0.5  # digits that the choice of the tree may cost
EQUAL_SIZE = 0.85  # digits that a line of the size of its only child adds: seven decades
LIKELIEST, ALL_DIGITS = 0.3, 0.7  # price of the first reading, and of one that keeps all digits
FEW_KEYS = 3  # digits that a print may be off the value that the sums need, to be proposed
ABSURD = 1000  # percent; a percentage above it is a slip itself
SAME_DIGITS = 0.001  # of a decade: a percentage tells about as much
OTHER_SIZE = 100  # times another number: no slip of the same digits


def needed(book: Book, cell: Cell) -> Decimal | None:
    """The value that the sums need where only this cell is in doubt, if its percentage agrees."""
    values = set()
    for total in book.uses.get(cell, ()):
        others = [part for part in total.cells if part != cell]
        if isinstance(total, Sum) and not total.blanks and book.known(others):
            excess = shortfall(book, total, {cell: Decimal(0)})
            values.add(excess if cell == total.whole else -excess)
    if len(values) != 1 or (value := values.pop()) <= 0:
        return None
    printed = book.amount(cell).raw
    near = Levenshtein.distance(digits_in(printed).lstrip("0"), f"{value:.0f}") <= FEW_KEYS
    return value if near and not attempt(book, {cell: value}).contradicted() else None


@dataclass(slots=True)
class Verdict:
    """The identities that a guess closes and those that it breaks."""

    sums: list[Sum]
    shares: list[Share]
    broken_sums: list[Sum]
    broken_shares: list[Share]
    twins: list[Elsewhere]

    def exact(self) -> bool:
        return bool(self.sums or self.twins)

    def contradicted(self) -> bool:
        outvoted = self.shares and any(not total.of_children for total in self.sums)
        return bool(self.broken_shares) or bool(self.broken_sums and not outvoted)


def by_likelihood(book: Book, cell: Cell) -> tuple[Decimal, ...]:
    """The readings of a damaged cell, those that close and break most and fewest sums first."""

    def rank(value: Decimal) -> tuple[int, int]:
        trial = attempt(book, {cell: value})
        return len(trial.broken_shares) - len(trial.shares), -len(trial.sums)

    return tuple(sorted(book.readings.get(cell, ()), key=rank))


def attempt(book: Book, guess: Mapping[Cell, Decimal]) -> Verdict:
    """Test every identity that the guess makes testable."""
    verdict = Verdict([], [], [], [], [])
    verdict.twins += [
        twin
        for cell, value in guess.items()
        if (twin := book.twins.get(cell)) and twin.value == value
    ]
    identities = dict.fromkeys(use for cell in guess for use in book.uses.get(cell, ()))
    for identity in identities:
        if not all(cell in guess or cell in book.value for cell in identity.cells):
            continue
        if isinstance(identity, Share):
            fits = _share_fits(book, identity, guess)
            if fits is not None:
                (verdict.shares if fits else verdict.broken_shares).append(identity)
            continue
        excess = shortfall(book, identity, guess)
        if excess == 0:
            verdict.sums.append(identity)
        elif _speaks_against(book, identity, guess, excess):
            verdict.broken_sums.append(identity)
    return verdict


def _speaks_against(book: Book, total: Sum, guess: Mapping[Cell, Decimal], excess: Decimal) -> bool:
    """Whether a broken sum contradicts the guess: not if no such number could mend it."""
    if abs(excess) <= book.slack(total) or (excess < 0 and total.blanks):
        return False
    for cell, value in guess.items():
        needed = value + excess if cell == total.whole else value - excess
        if cell in total.cells and value / OTHER_SIZE < needed < value * OTHER_SIZE:
            return True
    return False


def shortfall(book: Book, total: Sum, guess: Mapping[Cell, Decimal]) -> Decimal:
    values = [guess[cell] if cell in guess else book.value[cell] for cell in total.cells]
    return sum(values[1:], -values[0])


def _share_fits(book: Book, share: Share, guess: Mapping[Cell, Decimal]) -> bool | None:
    anggaran, realisasi, capaian = (
        guess[cell] if cell in guess else book.value[cell] for cell in share.cells
    )
    if not anggaran and share.capaian in guess:
        return not realisasi and not capaian
    return agrees(anggaran, realisasi, capaian)


def is_proven(
    book: Book, guess: Mapping[Cell, Decimal], trial: Verdict, choices: float = 0.0
) -> bool:
    """Points 1 and 3 to 6 of the rule; `choices`: digits spent on further free choices."""
    changed = [cell for cell, value in guess.items() if not _keeps_digits(book, cell, value)]
    if trial.contradicted() or (changed and not trial.exact()):
        return False
    if any(book.is_scanned(cell) or not _may_change(book, cell, guess, trial) for cell in changed):
        return False
    if not _tells_scale(trial) and any(
        _is_of_any_scale(book, *item, is_equal=bool(trial.sums)) for item in guess.items()
    ):
        return False
    evidence = sum(digits(book, total.parts, guess) for total in trial.sums)
    evidence += sum(_digits_of_share(book, share, guess) for share in trial.shares)
    evidence += sum(_digits_of_print(twin.value) for twin in trial.twins)
    if trial.exact() and all(total.of_children for total in trial.sums):
        evidence -= choices or FREE_CHOICE
    return evidence - sum(_price(book, *item) for item in guess.items()) >= ENOUGH


def _tells_scale(trial: Verdict) -> bool:
    """Whether more than one number speaks: a lone one may itself lack a nought."""
    return bool(trial.twins) or any(len(total.parts) > 1 for total in trial.sums)


def _is_of_any_scale(book: Book, cell: Cell, value: Decimal, *, is_equal: bool) -> bool:
    """Whether the print may as well be a slip of ten times the value or a tenth of it.

    Not where the value is the likeliest reading, and grouped as printed or that of the
    one line beside it.
    """
    readings, printed = book.readings[cell], re.findall(r"\d+", book.amount(cell).raw)
    slips = (other for other in readings if not _keeps_digits(book, cell, other))
    grouped = re.findall(r"\d+", f"{value:,}")
    if value == readings[0] and (is_equal or grouped == printed[: len(grouped)]):
        return False
    return any(
        round(scale := math.log10(other / value)) and abs(scale - round(scale)) < SAME_DIGITS
        for other in slips
        if value and other / value > 0
    )


def _may_change(book: Book, cell: Cell, guess: Mapping[Cell, Decimal], trial: Verdict) -> bool:
    """Digits are dropped or added as is likeliest, or on two proofs (a broken sum fakes one)."""
    readings = book.readings[cell]
    if guess[cell] == readings[0]:
        return True
    exact = sum(cell in total.cells for total in trial.sums) + (cell in book.twins)
    if exact != 1:
        return exact > 1
    agreeing = [value for value in readings if attempt(book, {**guess, cell: value}).shares]
    return agreeing == [guess[cell]]


def digits(book: Book, parts: Sequence[Cell], guess: Mapping[Cell, Decimal]) -> float:
    """Decimal digits of a sum in the unit that all its numbers share."""
    values = [guess[cell] if cell in guess else book.value[cell] for cell in parts]
    sen = [abs(int(value * 100)) for value in values if value]
    if len(sen) == 1:
        return _digits_of_print(Decimal(sen[0]))
    return math.log10(sum(sen) / math.gcd(*sen)) if sen else 0.0


def _digits_of_print(value: Decimal) -> float:
    """Digits of a number printed twice, up to its closing zeros, and those of its size."""
    return len(str(abs(int(value))).rstrip("0")) + EQUAL_SIZE


def _digits_of_share(book: Book, share: Share, guess: Mapping[Cell, Decimal]) -> float:
    capaian = guess[share.capaian] if share.capaian in guess else book.value[share.capaian]
    if capaian > ABSURD:
        return 0.0
    unit = 10.0 ** min(int(capaian.as_tuple().exponent), 0)
    return max(math.log10(float(capaian or 100) / (1.5 * unit)), 0.0) if capaian >= 0 else 0.0


def _price(book: Book, cell: Cell, value: Decimal) -> float:
    readings = book.readings[cell]
    if value == readings[0]:
        return LIKELIEST if len(readings) > 1 else 0.0
    if _keeps_digits(book, cell, value):
        return ALL_DIGITS
    return math.log10(len(readings)) + 0.5


def _keeps_digits(book: Book, cell: Cell, value: Decimal) -> bool:
    """Every digit of the print, or of one of the readings of a scan (whose sen may be specks)."""
    amount = book.amount(cell)
    unit = 1 if cell.slot.measure == Role.CAPAIAN else book.unit
    read = f"{abs(value / unit):f}".replace(".", "").lstrip("0")
    for text in (amount.raw, *amount.readings):
        printed = digits_in(text).lstrip("0")
        if printed == read or (unit > 1 and printed.rstrip("0") == read.rstrip("0")):
            return True
        if book.is_scanned(cell) and printed[:-2] == read:
            return True
    return False
