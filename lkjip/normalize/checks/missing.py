"""A blank that a sum determines: proposed, never filled in."""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, named, title
from lkjip.normalize.proof.book import Book, Sum


def check(book: Book) -> Iterator[Issue]:
    for total in book.sums:
        if (
            len(total.blanks) == 1
            and book.known(total.cells)
            and book.excess(total) < -book.slack(total)
        ):
            book.explained.add(total)
            yield _missing(book, total)


def _missing(book: Book, total: Sum) -> Issue:
    blank, lacking = total.blanks[0], -book.excess(total)
    message = (
        f"{title(book, blank.line)}: {named(book, blank)} is blank; "
        f"{title(book, total.whole.line)} lacks {money(lacking)}"
    )
    return issue(
        book,
        blank,
        IssueCode.AMOUNT_MISSING,
        Severity.WARNING,
        message,
        evidence={"sum_row": book.lines[total.whole.line].row, "lacking": str(lacking)},
        candidates=(lacking,),
        proposed=lacking,
        at_stake=lacking,
    )
