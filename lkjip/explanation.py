"""A table's tree in words: each line with its amounts, what proves them, what contradicts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lkjip.issues import Issue, Severity
from lkjip.normalize.numbers import format_money
from lkjip.records import Amount, Line, ReadTable, Role, Slot

MONEY = (Role.ANGGARAN, Role.REALISASI, Role.SISA)


class Mark(StrEnum):
    """How an amount stands."""

    PROVEN = "✓"  # a sum or a percentage that holds depends on it
    DOUBTED = "✗"  # an issue speaks of it
    UNPROVEN = "·"  # nothing to test it with
    BLANK = " "


class Figure(NamedTuple):
    text: str
    mark: Mark


class Row(NamedTuple):
    """One line of the table: its depth in the tree, a figure per column, what is said of it."""

    number: int
    depth: int
    name: str
    figures: tuple[Figure, ...]
    issues: tuple[Issue, ...]


def columns(table: ReadTable) -> list[Slot]:
    """The amounts that the table prints, in the order of its columns."""
    return list(dict.fromkeys(slot for line in table.lines for slot in line.amounts))


def headings(slots: Sequence[Slot]) -> list[str]:
    """The measure of each column, with its period where a measure is printed for several."""
    counts = Counter(slot.measure for slot in slots)
    return [slot.measure if counts[slot.measure] == 1 else " ".join(slot) for slot in slots]


def rows(table: ReadTable, issues: Sequence[Issue]) -> Iterator[Row]:
    """Every line, in print order."""
    slots = columns(table)
    for line in table.lines:
        told = tuple(i for i in issues if (i.table, i.row) == (table.number, line.row))
        doubted = {issue.column for issue in told if issue.severity is not Severity.INFO}
        figures = tuple(_figure(line, slot, slot.measure in doubted) for slot in slots)
        name = " ".join(filter(None, (line.no or line.code, line.name)))
        yield Row(line.row, line.level or 0, name, figures, told)


def summary(table: ReadTable, issues: Sequence[Issue]) -> str:
    """One sentence: what the table is and how much of it is proven."""
    amounts = [
        (line, slot)
        for line in table.lines
        for slot, amount in line.amounts.items()
        if amount.value is not None
    ]
    proven = sum(slot in line.verified for line, slot in amounts)
    about = [issue for issue in issues if issue.table == table.number]
    title = f" “{table.table.title}”" if table.table.title else ""
    return (
        f"Table {table.number}{title}, page {table.table.pages[0]}: {len(table.lines)} lines, "
        f"{proven} of {len(amounts)} amounts proven, {len(about)} issues"
    )


def _figure(line: Line, slot: Slot, is_doubted: bool) -> Figure:
    amount = line.amounts.get(slot)
    if amount is None or (amount.value is None and not amount.raw.strip()):
        return Figure("", Mark.DOUBTED if is_doubted else Mark.BLANK)
    mark = Mark.PROVEN if slot in line.verified else Mark.UNPROVEN
    return Figure(_text(amount, slot), Mark.DOUBTED if is_doubted else mark)


def _text(amount: Amount, slot: Slot) -> str:
    if amount.value is None:
        return amount.raw.replace("\n", " ")
    value: Decimal = amount.value
    return format_money(value) if slot.measure in MONEY else f"{value:f}".replace(".", ",")
