"""What arithmetic may do to numbers read from a scan: choose between their readings, and doubt.

A value that is none of the readings is never written, however well it would
close: the print itself may be wrong. A percentage tells but the first digits of
an amount and chooses no reading of it (`repair.py`). Sen that the rest of the
column does not have are specks, and a value that breaks all that can be tested
is taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from lkjip.normalize.proof.book import MONEY, Book, Cell
from lkjip.normalize.proof.repair import Repair
from lkjip.records import Slot

CERTAIN = 0.999  # confidence of two very clear readings of fine print (extract/scanned/second.py)
RARE = 4  # at most one amount in so many has sen: then those of a scan are specks


def drop_specks(book: Book) -> set[Cell]:
    """Take back sen in a scanned column of whole rupiah; the whole part becomes a reading."""
    values: defaultdict[Slot, list[Decimal]] = defaultdict(list)
    for cell, value in book.value.items():
        values[cell.slot].append(value)
    whole = {
        slot
        for slot, column in values.items()
        if slot.measure in MONEY and RARE * sum(value % 1 != 0 for value in column) <= len(column)
    }
    taken_back = set()
    for cell in [*book.value, *book.readings]:
        if cell.slot not in whole or not book.is_scanned(cell):
            continue
        if cell in book.readings:
            book.readings[cell] = _whole(book.readings[cell])
        elif book.value[cell] % 1:
            book.readings[cell] = _whole((book.value.pop(cell),))
            taken_back.add(cell)
    return taken_back


def distrust(book: Book, repairs: Sequence[Repair]) -> set[Cell]:
    """Take back each OCR value that breaks an identity and closes none; it becomes a reading.

    One that is certain by itself stays: then it is the print that does not add up. What
    was repaired together is taken back together.
    """
    broken = {cell for use in book.identities() if book.holds(use) is False for cell in use.cells}
    suspects = {
        cell
        for cell in broken
        if cell in book.value
        and book.is_scanned(cell)
        and book.amount(cell).confidence < CERTAIN
        and not any(book.holds(use) for use in book.uses[cell])
    }
    suspects |= {item.cell for item in repairs if suspects & {item.cell, *item.together}}
    for cell in suspects:
        readings = book.value.pop(cell), *book.amount(cell).candidates
        book.readings[cell] = tuple(dict.fromkeys(readings))
    return suspects


def _whole(readings: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(value - value % 1 for value in readings))
