"""How the checks speak: one sentence that names the line, the numbers and the difference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.numbers import format_money
from lkjip.normalize.proof.book import Book, Cell

LONGEST_NAME = 60


def title(book: Book, row: int) -> str:
    """The line's name in quotes, cut to a readable length."""
    name = book.lines[row].name or "(no name)"
    return f"“{name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + '…'}”"


def column(book: Book, cell: Cell) -> str:
    """The name of the cell's column: its measure, and its period where the line shows another."""
    line = book.lines[cell.line]
    is_shown = cell.slot in (line.anggaran, line.realisasi, line.capaian)
    bare = is_shown or cell.slot.period == "tahun"
    return cell.slot.measure if bare else f"{cell.slot.measure} {cell.slot.period}"


def named(book: Book, cell: Cell) -> str:
    """The cell's column in a sentence: "realisasi triwulan 1"."""
    return column(book, cell).replace("_", " ")


def percent(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def issue(
    book: Book,
    cell: Cell,
    code: IssueCode,
    severity: Severity,
    message: str,
    *,
    evidence: Mapping[str, Any] | None = None,
    candidates: tuple[Decimal, ...] = (),
    proposed: Decimal | None = None,
    at_stake: Decimal | None = None,
) -> Issue:
    """An issue about one cell of the table."""
    line = book.lines[cell.line]
    amount = line.amounts.get(cell.slot)
    return Issue(
        code,
        severity,
        message,
        page=(amount.page if amount else None) or line.page,
        table=book.number,
        row=line.row,
        column=column(book, cell),
        evidence=evidence or {},
        candidates=candidates,
        proposed=proposed,
        rupiah_at_stake=at_stake,
    )


def rows(book: Book, cells: tuple[Cell, ...]) -> list[int]:
    return [book.lines[cell.line].row for cell in cells]


def money(value: Decimal) -> str:
    return format_money(value)
