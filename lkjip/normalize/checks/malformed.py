"""A damaged number that no arithmetic decides stays null; its readings are named, best first."""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, named, percent, title
from lkjip.normalize.numbers import is_blank
from lkjip.normalize.proof.book import MONEY, Book, Cell
from lkjip.normalize.proof.evidence import by_likelihood, needed

MOST_NAMED = 8


def check(book: Book) -> Iterator[Issue]:
    for row, line in enumerate(book.lines):
        for slot, amount in line.amounts.items():
            cell = Cell(row, slot)
            if cell not in book.value and not is_blank(amount.raw):
                yield _malformed(book, cell)


def _malformed(book: Book, cell: Cell) -> Issue:
    readings = by_likelihood(book, cell)
    if (value := needed(book, cell)) is not None:
        readings = tuple(dict.fromkeys((value, *readings)))
    amount = book.amount(cell)
    is_scanned = book.is_scanned(cell)
    verb = "is read as" if is_scanned else "is printed as"
    printed = f"{title(book, cell.line)}: {named(book, cell)} {verb} “{amount.raw}”"
    show = money if cell.slot.measure in MONEY else percent
    likeliest = " or ".join(show(value) for value in readings[:3])
    return issue(
        book,
        cell,
        IssueCode.OCR_DISAGREEMENT if is_scanned else IssueCode.NUMBER_MALFORMED,
        Severity.WARNING,
        f"{printed}; it may be {likeliest}" if likeliest else f"{printed}, which is no number",
        candidates=readings[:MOST_NAMED],
        proposed=readings[0] if readings else None,
        at_stake=readings[0] if readings and cell.slot.measure in MONEY else None,
    )
