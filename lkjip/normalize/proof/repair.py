"""Damaged numbers undone, where one reading is proven and no other is possible.

The rule. A damaged cell is given a reading only if

1. an identity of the report closes *exactly* with it: its line's children, or
   its parent's, add up to the rupiah with every other number printed sound;
   anggaran = realisasi + sisa; another table prints the same line; or, for a
   reading that keeps every printed digit, realisasi / anggaran is the printed
   percentage within its rounding;
2. no other reading closes any sum that the cell takes part in, nor, where the
   percentage is the only proof, the percentage;
3. nothing that can be tested contradicts it (a broken sum is outvoted only by
   sisa and percentage together);
4. the evidence is worth at least `ENOUGH` decimal digits: the digits of the sum
   in the unit that all its numbers share (sums of round numbers prove less) and
   of the percentage, less the price of a reading that is not the likeliest and
   of every choice that was free.

Several damaged cells of one sum are read together under the same rule; so are
those of a table without a total, if it adds up to what another table does, in
full or without one line. The likeliest readings alone may also close a sum that
does without one child. A sound print is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from lkjip.normalize.proof.book import Book, Cell, Elsewhere, Share, Sum, agrees, roots
from lkjip.records import Role

ENOUGH = 2.0  # digits: measured in benchmarks/ledger_damage.py
FREE_CHOICE = 0.5  # digits that the choice of the tree may cost
EQUAL_SIZE = 0.85  # digits that a line of the size of its only child adds: seven decades
LIKELIEST, ALL_DIGITS = 0.3, 0.7  # price of the first reading, and of one that keeps all digits
OTHER_SIZE = 100  # times another number: no slip of the same digits
MOST_CHOICES = 4_000  # combinations of readings tried for one sum
FEWEST_LINES = 4  # sound lines of a table that adds up to another one
MOST_TOGETHER = 5  # damaged cells read together


@dataclass(frozen=True, slots=True)
class Repair:
    """`value` proven for `cell` by `sums`, `shares` or what stands `elsewhere`.

    `together` names the cells that were read at once, `left_out` the line that
    the sum does without.
    """

    cell: Cell
    value: Decimal
    sums: tuple[Sum, ...]
    shares: tuple[Share, ...]
    elsewhere: Elsewhere | None = None
    together: tuple[Cell, ...] = ()
    left_out: int | None = None


@dataclass(slots=True)
class _Verdict:
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


def repair(book: Book) -> list[Repair]:
    """Every damaged cell that can be proven, one round after the other; `book.value` grows."""
    done: list[Repair] = []
    steps = (_by_sums, _together, _by_shares, _without_one, _by_grand_total)
    while found := next(filter(None, (step(book) for step in steps)), None):
        for item in found:
            book.value[item.cell] = item.value
            del book.readings[item.cell]
        done += found
    return done


def by_likelihood(book: Book, cell: Cell) -> tuple[Decimal, ...]:
    """The readings of a damaged cell, those that close and break most and fewest sums first."""

    def rank(value: Decimal) -> tuple[int, int]:
        trial = _try(book, {cell: value})
        return len(trial.broken_shares) - len(trial.shares), -len(trial.sums)

    return tuple(sorted(book.readings.get(cell, ()), key=rank))


def _by_sums(book: Book) -> list[Repair]:
    """Cells that are the only damaged one of a sum, and close it in one reading only."""
    found = []
    for cell in book.readings:
        closing = [item for item in _trials(book, cell) if item[1].exact()]
        if len(closing) == 1 and _is_proven(book, {cell: closing[0][0]}, closing[0][1]):
            value, trial = closing[0]
            twin = next(iter(trial.twins), None)
            found.append(Repair(cell, value, tuple(trial.sums), tuple(trial.shares), twin))
    return found


def _by_shares(book: Book) -> list[Repair]:
    """Cells that no sum speaks of, where one reading only gives the printed percentage."""
    found = []
    for cell in book.readings:
        trials = list(_trials(book, cell))
        closing = [item for item in trials if item[1].shares]
        if len(closing) != 1 or any(trial.exact() for _, trial in trials):
            continue
        value, trial = closing[0]
        if _is_proven(book, {cell: value}, trial):
            found.append(Repair(cell, value, (), tuple(trial.shares)))
    return found


def _trials(book: Book, cell: Cell) -> Iterator[tuple[Decimal, _Verdict]]:
    for value in book.readings[cell]:
        yield value, _try(book, {cell: value})


def _together(book: Book) -> list[Repair]:
    """The damaged cells of the first sum that only one combination of readings closes."""
    for total in book.sums:
        cells = [cell for cell in total.cells if cell in book.readings]
        choices = math.prod(len(book.readings[cell]) for cell in cells)
        if not 2 <= len(cells) <= MOST_TOGETHER or choices > MOST_CHOICES:
            continue
        if not all(cell in book.value or cell in book.readings for cell in total.cells):
            continue
        guesses = [
            dict(zip(cells, values, strict=True))
            for values in product(*(book.readings[cell] for cell in cells))
        ]
        closing = [guess for guess in guesses if _excess(book, total, guess) == 0]
        trials = [(guess, _try(book, guess)) for guess in closing]
        fits = [(guess, trial) for guess, trial in trials if not trial.broken_shares]
        if len(fits) == 1 and _is_proven(book, *fits[0]):
            guess, trial = fits[0]
            return _repairs(guess, trial, None)
    return []


def _without_one(book: Book) -> list[Repair]:
    """The likeliest readings of a sum's damaged cells, if they close it without one child."""
    for total in book.sums:
        cells = [cell for cell in total.cells if cell in book.readings]
        if not total.of_children or not 1 <= len(cells) <= MOST_TOGETHER or total.blanks:
            continue
        guess = {cell: book.readings[cell][0] for cell in cells}
        if len(total.parts) < 4 or not all(c in book.value or c in guess for c in total.cells):
            continue
        excess = _excess(book, total, guess)
        strangers = [
            part for part in total.parts if part not in guess and book.value[part] == excess
        ]
        trial = _try(book, guess)
        if total in trial.broken_sums:
            trial.broken_sums.remove(total)
        if len(strangers) != 1 or not excess:
            continue
        rest = Sum(total.whole, tuple(part for part in total.parts if part != strangers[0]))
        trial.sums.append(rest)
        if _is_proven(book, guess, trial, math.log10(len(rest.parts))):
            return _repairs(guess, trial, strangers[0].line)
    return []


def _by_grand_total(book: Book) -> list[Repair]:
    """The damaged cells of a table that adds up to another table, in full or without one line."""
    for measure, totals in book.grand.items():
        slot = next((s for line in book.lines if (s := getattr(line, measure))), None)
        cells = roots(book, slot) if slot else ()
        damaged = [cell for cell in cells if cell in book.readings]
        choices = math.prod(len(book.readings[cell]) for cell in damaged)
        sound = [cell for cell in cells if cell in book.value]
        if len(sound) < FEWEST_LINES or not damaged or choices > MOST_CHOICES:
            continue
        if len(sound) + len(damaged) < len(cells):
            continue
        known = sum((book.value[cell] for cell in sound), Decimal(0))
        spare = {Decimal(0): None} | {book.value[cell]: cell.line for cell in sound}
        found = [
            (dict(zip(damaged, values, strict=True)), total, spare[excess])
            for values in product(*(book.readings[cell] for cell in damaged))
            for total in totals
            if (excess := known + sum(values) - total.value) in spare
        ]
        tries = choices * len(totals) * len(spare)
        if len(found) == 1 and _digits(book, cells, found[0][0]) - math.log10(tries) >= ENOUGH:
            guess, total, left_out = found[0]
            if not _try(book, guess).contradicted():
                return [
                    Repair(cell, value, (), (), total, tuple(guess), left_out)
                    for cell, value in guess.items()
                ]
    return []


def _repairs(guess: Mapping[Cell, Decimal], trial: _Verdict, left_out: int | None) -> list[Repair]:
    return [
        Repair(cell, value, tuple(trial.sums), tuple(trial.shares), None, tuple(guess), left_out)
        for cell, value in guess.items()
    ]


def _try(book: Book, guess: Mapping[Cell, Decimal]) -> _Verdict:
    """Test every identity that the guess makes testable."""
    verdict = _Verdict([], [], [], [], [])
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
        excess = _excess(book, identity, guess)
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


def _excess(book: Book, total: Sum, guess: Mapping[Cell, Decimal]) -> Decimal:
    values = [guess[cell] if cell in guess else book.value[cell] for cell in total.cells]
    return sum(values[1:], -values[0])


def _share_fits(book: Book, share: Share, guess: Mapping[Cell, Decimal]) -> bool | None:
    anggaran, realisasi, capaian = (
        guess[cell] if cell in guess else book.value[cell] for cell in share.cells
    )
    if not anggaran and share.capaian in guess:
        return not realisasi and not capaian
    return agrees(anggaran, realisasi, capaian)


def _is_proven(
    book: Book, guess: Mapping[Cell, Decimal], trial: _Verdict, choices: float = 0.0
) -> bool:
    """Points 1, 3 and 4 of the rule; `choices`: digits spent on further free choices."""
    if trial.contradicted():
        return False
    if not trial.exact() and not all(_keeps_digits(book, *item) for item in guess.items()):
        return False
    evidence = sum(_digits(book, total.parts, guess) for total in trial.sums)
    evidence += sum(_digits_of_share(book, share, guess) for share in trial.shares)
    evidence += sum(_digits_of_print(twin.value) for twin in trial.twins)
    if trial.exact() and all(total.of_children for total in trial.sums):
        evidence -= choices or FREE_CHOICE
    return evidence - sum(_price(book, *item) for item in guess.items()) >= ENOUGH


def _digits(book: Book, parts: Sequence[Cell], guess: Mapping[Cell, Decimal]) -> float:
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
    printed = "".join(char for char in book.amount(cell).raw if char.isdigit()).lstrip("0")
    unit = 1 if cell.slot.measure == Role.CAPAIAN else book.unit
    read = f"{abs(value / unit):f}".replace(".", "").lstrip("0")
    return printed == read or (unit > 1 and printed.rstrip("0") == read.rstrip("0"))
