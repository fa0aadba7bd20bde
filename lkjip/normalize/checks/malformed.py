"""A damaged number that no arithmetic decides stays null; its readings are named, best first."""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, title
from lkjip.normalize.numbers import is_blank
from lkjip.normalize.proof.book import Book, Cell
from lkjip.normalize.proof.repair import by_likelihood
from lkjip.records import Role

MOST_NAMED = 8


def check(book: Book) -> Iterator[Issue]:
    for row, line in enumerate(book.lines):
        for slot, amount in line.amounts.items():
            cell = Cell(row, slot)
            if cell not in book.value and not is_blank(amount.raw):
                yield _malformed(book, cell)


def _malformed(book: Book, cell: Cell) -> Issue:
    readings = by_likelihood(book, cell)
    printed = (
        f"{title(book, cell.line)}: {cell.slot.measure} is printed as “{book.amount(cell).raw}”"
    )
    named = " or ".join(money(value) for value in readings[:3])
    return issue(
        book,
        cell,
        IssueCode.NUMBER_MALFORMED,
        Severity.WARNING,
        f"{printed}; it may be {named}" if named else f"{printed}, which is no number",
        candidates=readings[:MOST_NAMED],
        proposed=readings[0] if readings else None,
        at_stake=max(readings[:3]) if readings and cell.slot.measure != Role.CAPAIAN else None,
    )
