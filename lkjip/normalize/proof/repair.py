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
   of every choice that was free;
5. digits are dropped or added only as is likeliest for the print, or on two
   such proofs: a sum that was printed wrong is off by a round number, which some
   digit in the gap of a damaged one can feign;
6. of readings that are ten times one another, a percentage or an equal line alone proves
   the likeliest only: the number beside it may itself lack a nought.

Several damaged cells of one sum are read together under the same rule; so are
those of a table without a total, if it adds up to what another table does, in
full or without one line. The likeliest readings alone may also close a sum that
does without one child. A sound print is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from lkjip.normalize.proof.book import Book, Cell, Elsewhere, Share, Sum, roots
from lkjip.normalize.proof.evidence import ENOUGH, Verdict, attempt, digits, is_proven, shortfall
from lkjip.records import Role

MOST_CHOICES = 4_000  # combinations of readings tried for one sum
FEWEST_LINES = 4  # sound lines of a table that adds up to another one
MOST_TOGETHER = 40  # damaged cells read together


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


def _by_sums(book: Book) -> list[Repair]:
    """Cells that are the only damaged one of a sum, and close it in one reading only."""
    found = []
    for cell in book.readings:
        closing = [item for item in _trials(book, cell) if item[1].exact()]
        if len(closing) == 1 and is_proven(book, {cell: closing[0][0]}, closing[0][1]):
            value, trial = closing[0]
            twin = next(iter(trial.twins), None)
            found.append(Repair(cell, value, tuple(trial.sums), tuple(trial.shares), twin))
    return found


def _by_shares(book: Book) -> list[Repair]:
    """Cells that no sum speaks of, where one reading only gives the printed percentage.

    Not amounts of a scan: a percentage tells their first digits only.
    """
    found = []
    for cell in book.readings:
        if book.is_scanned(cell) and cell.slot.measure != Role.CAPAIAN:
            continue
        trials = list(_trials(book, cell))
        closing = [item for item in trials if item[1].shares]
        if len(closing) != 1 or any(trial.exact() for _, trial in trials):
            continue
        value, trial = closing[0]
        if is_proven(book, {cell: value}, trial):
            found.append(Repair(cell, value, (), tuple(trial.shares)))
    return found


def _trials(book: Book, cell: Cell) -> Iterator[tuple[Decimal, Verdict]]:
    for value in book.readings[cell]:
        yield value, attempt(book, {cell: value})


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
        closing = [guess for guess in guesses if shortfall(book, total, guess) == 0]
        trials = [(guess, attempt(book, guess)) for guess in closing]
        fits = [(guess, trial) for guess, trial in trials if not trial.broken_shares]
        if len(fits) == 1 and is_proven(book, *fits[0]):
            guess, trial = fits[0]
            return _repairs(guess, trial, None)
    return []


def _without_one(book: Book) -> list[Repair]:
    """The likeliest readings of a sum's damaged cells, if they close it without one child."""
    for total in book.sums:
        cells = [cell for cell in total.cells if cell in book.readings]
        if any(book.is_scanned(cell) for cell in cells):
            continue
        if not total.of_children or not 1 <= len(cells) <= MOST_TOGETHER or total.blanks:
            continue
        guess = {cell: book.readings[cell][0] for cell in cells}
        if len(total.parts) < 4 or not all(c in book.value or c in guess for c in total.cells):
            continue
        excess = shortfall(book, total, guess)
        strangers = [
            part for part in total.parts if part not in guess and book.value[part] == excess
        ]
        trial = attempt(book, guess)
        if total in trial.broken_sums:
            trial.broken_sums.remove(total)
        if len(strangers) != 1 or not excess:
            continue
        rest = Sum(total.whole, tuple(part for part in total.parts if part != strangers[0]))
        trial.sums.append(rest)
        if is_proven(book, guess, trial, math.log10(len(rest.parts))):
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
        if len(found) == 1 and digits(book, cells, found[0][0]) - math.log10(tries) >= ENOUGH:
            guess, total, left_out = found[0]
            if not attempt(book, guess).contradicted():
                return [
                    Repair(cell, value, (), (), total, tuple(guess), left_out)
                    for cell, value in guess.items()
                ]
    return []


def _repairs(guess: Mapping[Cell, Decimal], trial: Verdict, left_out: int | None) -> list[Repair]:
    return [
        Repair(cell, value, tuple(trial.sums), tuple(trial.shares), None, tuple(guess), left_out)
        for cell, value in guess.items()
    ]
