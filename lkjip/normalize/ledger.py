"""The ledger: a budget table is a tree of sums, and every row carries its own percentage.

`prove` finds the tree (`tree.py`), undoes damage that only one reading can
close (`repair.py` states the rule), marks what a sum or percentage confirms,
and names what does not add up (`lkjip.normalize.checks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode
from lkjip.normalize.checks import capaian, malformed, missing, over, sisa, slips, sums, swaps
from lkjip.normalize.checks.repaired import tell
from lkjip.normalize.checks.repeats import Twins, compare_repeats, find_twins
from lkjip.normalize.numbers import is_dash
from lkjip.normalize.proof.book import Book, Cell, Elsewhere, open_book
from lkjip.normalize.proof.closure import Sums
from lkjip.normalize.proof.ocr import distrust, drop_specks
from lkjip.normalize.proof.repair import Repair, repair
from lkjip.normalize.proof.traits import read_traits
from lkjip.normalize.proof.tree import Tree, find_tree
from lkjip.records import Amount, Line, ReadTable, Slot, Source

__all__ = ["prove", "prove_all"]

# What pins a fault down comes before what only notices it, and marks the
# identities that it explains, so that one cause gives one issue.
CHECKS: tuple[Callable[[Book], Iterator[Issue]], ...] = (
    malformed.check,
    swaps.check,
    slips.check,
    missing.check,
    sums.check,
    capaian.check,
    sisa.check,
    over.check,
)
UNREAD = (IssueCode.NUMBER_MALFORMED, IssueCode.OCR_DISAGREEMENT)
MOST_MEASURES = 3  # columns of money that the tree is sought in


def prove_all(
    tables: Sequence[ReadTable],
) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    """Prove every table of a report, each with what the others print as further evidence."""
    twins = find_twins(tables)
    proofs = {table.number: prove(table, twins.get(table.number)) for table in tables}
    grand = _grand_totals([table for table, _ in proofs.values()])
    for table in tables:
        if any(issue.code in UNREAD for issue in proofs[table.number][1]):
            others = {
                measure: [total for total in totals if total.table != table.number]
                for measure, totals in grand.items()
            }
            proofs[table.number] = prove(table, twins.get(table.number), others)
    proven = tuple(proofs[table.number][0] for table in tables)
    issues = [issue for table in tables for issue in proofs[table.number][1]]
    return proven, (*issues, *compare_repeats(proven))


def prove(
    table: ReadTable,
    twins: Twins | None = None,
    grand: Mapping[str, list[Elsewhere]] | None = None,
) -> tuple[ReadTable, tuple[Issue, ...]]:
    """Find each line's parent, prove its amounts, repair what only one reading can close.

    Lines come back with `parent`, `level` and `verified` set, and with repaired
    values of source `repaired`. Sound prints are never changed and blanks never
    filled: for these the issues hold proposals. A table without lines comes back
    as it is. `twins` are other prints of its damaged amounts, `grand` what other
    tables of the report add up to, by measure.
    """
    if not table.lines:
        return table, ()
    traits = read_traits(table.lines)
    tree = find_tree(traits, _sums(table))
    book = open_book(table.number, table.unit, table.lines, tree)
    at = {line.row: index for index, line in enumerate(table.lines)}
    book.twins = {Cell(at[row], slot): twin for (row, slot), twin in (twins or {}).items()}
    book.grand = dict(grand or {})
    taken_back = drop_specks(book)
    repairs = repair(book)
    taken_back |= distrust(book, repairs)
    repairs = [item for item in repairs if item.cell in book.value]
    issues = [tell(book, item) for item in repairs]
    for check in CHECKS:
        issues += check(book)
    lines = tuple(_proven_lines(book, {item.cell: item for item in repairs}, taken_back))
    return replace(table, lines=lines), tuple(issues)


def _grand_totals(tables: Sequence[ReadTable]) -> dict[str, list[Elsewhere]]:
    """What each table adds up to at the top of its tree."""
    found: dict[str, list[Elsewhere]] = {}
    for table in tables:
        tops = [line for line in table.lines if line.parent is None]
        for measure in ("anggaran", "realisasi"):
            values = [value for line in tops if (value := line.value(getattr(line, measure)))]
            if values and len(values) == len(tops):
                place = Elsewhere(sum(values, Decimal(0)), table.number, table.table.pages[0])
                found.setdefault(measure, []).append(place)
    return found


def _sums(table: ReadTable) -> Sums:
    """The money columns that are shown first, in sen."""
    lines, slots = table.lines, _slots(table.lines)[:MOST_MEASURES]
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
    return Sums(tuple(values), tuple(readings), table.unit)


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
    """What the tree may rest on: of a scan, also its first reading; of a dash, nothing."""
    if amount is None:
        return None
    value = amount.value
    if value is None and amount.confidence < 1 and amount.candidates:
        value = amount.candidates[0]
    if value is None and is_dash(amount.raw):
        value = Decimal(0)
    return None if value is None else int(value * 100)


def _proven_lines(
    book: Book, repairs: Mapping[Cell, Repair], taken_back: set[Cell]
) -> Iterator[Line]:
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
            elif readings := book.readings.get(Cell(row, slot)) if taken_back else None:
                amounts[slot] = replace(amount, value=None, source=None, candidates=readings)
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
