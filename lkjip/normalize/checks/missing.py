"""A blank that a sum determines: proposed, never filled in."""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, title
from lkjip.normalize.ledger.book import Book, Sum


def check(book: Book) -> Iterator[Issue]:
    for total in book.sums:
        if total.blanks and book.known(total.cells) and book.excess(total) < -book.slack(total):
            book.explained.add(total)
            yield _missing(book, total)


def _missing(book: Book, total: Sum) -> Issue:
    blank, lacking = total.blanks[0], -book.excess(total)
    others = len(total.blanks) - 1
    measure = blank.slot.measure
    message = (
        f"{title(book, blank.line)}"
        + (f" and {others} more lines have no {measure}" if others else f": {measure} is blank")
        + f"; {title(book, total.whole.line)} lacks {money(lacking)}"
    )
    return issue(
        book,
        blank,
        IssueCode.AMOUNT_MISSING,
        Severity.WARNING,
        message,
        evidence={"sum_row": book.lines[total.whole.line].row, "lacking": str(lacking)},
        candidates=() if others else (lacking,),
        proposed=None if others else lacking,
        at_stake=lacking,
    )
