"""The ledger: a budget table is a tree of sums, and every row carries its own percentage.

`prove` finds the tree (`tree.py`), undoes damage that only one reading can
close (`repair.py` states the rule), marks what a sum or percentage confirms,
and names what does not add up (`lkjip.normalize.checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lkjip.issues import Issue
from lkjip.normalize.checks import CHECKS
from lkjip.normalize.checks.repaired import tell
from lkjip.normalize.ledger.book import Book, Cell, open_book
from lkjip.normalize.ledger.closure import Sums
from lkjip.normalize.ledger.repair import Repair, repair
from lkjip.normalize.ledger.traits import read_traits
from lkjip.normalize.ledger.tree import Tree, find_tree
from lkjip.records import Amount, Line, ReadTable, Slot, Source

__all__ = ["prove"]

MOST_MEASURES = 3  # columns of money that the tree is sought in


def prove(table: ReadTable) -> tuple[ReadTable, tuple[Issue, ...]]:
    """Find each line's parent, prove its amounts, repair what only one reading can close.

    Lines come back with `parent`, `level` and `verified` set, and with repaired
    values of source `repaired`. Sound prints are never changed and blanks never
    filled: for these the issues hold proposals. A table without lines comes back
    as it is.
    """
    if not table.lines:
        return table, ()
    traits = read_traits(table.lines)
    tree = find_tree(traits, _sums(table.lines))
    book = open_book(table.number, table.unit, table.lines, tree)
    repairs = repair(book)
    issues = [tell(book, item) for item in repairs]
    for check in CHECKS:
        issues += check(book)
    lines = tuple(_proven_lines(book, {item.cell: item for item in repairs}))
    return replace(table, lines=lines), tuple(issues)


def _sums(lines: tuple[Line, ...]) -> Sums:
    """The money columns that most lines fill, in sen."""
    slots = _slots(lines)[:MOST_MEASURES]
    values, readings = [], []
    for slot in slots:
        amounts = [line.amounts.get(slot) for line in lines]
        values.append(tuple(_sen(amount) for amount in amounts))
        readings.append(
            {
                row: tuple(int(value * 100) for value in amount.candidates)
                for row, amount in enumerate(amounts)
                if amount and amount.candidates
            }
        )
    return Sums(tuple(values), tuple(readings))


def _slots(lines: tuple[Line, ...]) -> list[Slot]:
    """Anggaran and realisasi as shown first, then whatever other money is printed."""
    shown = [slot for line in lines for slot in (line.anggaran, line.realisasi) if slot]
    others = [
        slot
        for line in lines
        for slot in line.amounts
        if slot.measure in ("anggaran", "realisasi") and slot not in shown
    ]
    return list(dict.fromkeys([*shown, *others]))


def _sen(amount: Amount | None) -> int | None:
    return None if amount is None or amount.value is None else int(amount.value * 100)


def _proven_lines(book: Book, repairs: Mapping[Cell, Repair]) -> Iterator[Line]:
    verified: dict[int, set[Slot]] = {}
    for identity in book.identities():
        if book.holds(identity) and any(book.value[cell] for cell in identity.cells):
            for cell in identity.cells:
                verified.setdefault(cell.line, set()).add(cell.slot)
    for row, line in enumerate(book.lines):
        amounts = dict(line.amounts)
        for slot, amount in line.amounts.items():
            if fixed := repairs.get(Cell(row, slot)):
                amounts[slot] = replace(amount, value=fixed.value, source=Source.REPAIRED)
        parent = book.tree.parent[row]
        yield replace(
            line,
            amounts=amounts,
            parent=None if parent is None else book.lines[parent].row,
            level=_level(book.tree, row),
            verified=frozenset(verified.get(row, ())),
        )


def _level(tree: Tree, row: int) -> int:
    level, parent = 0, tree.parent[row]
    while parent is not None:
        level, parent = level + 1, tree.parent[parent]
    return level
