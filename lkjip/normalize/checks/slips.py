"""A sound-looking number that two broken identities point at.

If one other value of a cell closes a broken sum and also another sum, sisa or
percentage that is broken, breaks none that holds, and is a likely slip (a digit
or two) or far from what the percentage allows, it is proposed, never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import OSA

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, named, title
from lkjip.normalize.proof.book import Book, Cell, Share, Sum, agrees

KEYS = 2  # digits changed, or neighbours swapped
FAR = Decimal("0.002")  # of the printed value: forty times the window of two decimals at 100 %


def check(book: Book) -> Iterator[Issue]:
    for total in book.sums:
        if book.holds(total) is not False or total in book.explained or total.blanks:
            continue
        slips = [
            (cell, value, others)
            for cell, value in _closing(book, total)
            if (others := _also_closed(book, total, cell, value))
        ]
        if len(slips) == 1:
            cell, value, others = slips[0]
            book.explained |= {total, *others}
            yield _slip(book, total, cell, value, others)


def _closing(book: Book, total: Sum) -> Iterator[tuple[Cell, Decimal]]:
    """Each cell of the sum with the value that would close it."""
    excess = book.excess(total)
    yield total.whole, book.value[total.whole] + excess
    for part in total.parts:
        yield part, book.value[part] - excess


def _also_closed(book: Book, total: Sum, cell: Cell, value: Decimal) -> list[Sum | Share]:
    """The cell's other broken identities that the value closes; none if it breaks one."""
    others = [use for use in book.uses[cell] if use != total and book.holds(use) is not None]
    if value < 0 or any(book.holds(use) and not _closes(book, use, cell, value) for use in others):
        return []
    closed = [use for use in others if not book.holds(use) and _closes(book, use, cell, value)]
    return closed if _is_likely(book.value[cell], value) else []


def _is_likely(printed: Decimal, value: Decimal) -> bool:
    """A slip of one or two keys, or so far off that the percentage cannot agree by chance."""
    if abs(value - printed) > FAR * printed:
        return True
    return OSA.distance(f"{printed:.0f}", f"{value:.0f}") <= KEYS


def _closes(book: Book, use: Sum | Share, cell: Cell, value: Decimal) -> bool:
    values = [value if item == cell else book.value[item] for item in use.cells]
    if isinstance(use, Share):
        return agrees(*values) is True
    return values[0] == sum(values[1:])


def _named(use: Sum | Share) -> str:
    if isinstance(use, Share):
        return "the percentage of the row"
    return "the sum" if use.of_children else "anggaran − realisasi = sisa"


def _slip(book: Book, total: Sum, cell: Cell, value: Decimal, others: list[Sum | Share]) -> Issue:
    printed = book.value[cell]
    proof = " and ".join(dict.fromkeys(map(_named, others)))
    message = (
        f"{title(book, cell.line)}: {named(book, cell)} {money(printed)} is printed, but "
        f"{money(value)} would close {_named(total)} of {title(book, total.whole.line)} and {proof}"
    )
    return issue(
        book,
        cell,
        IssueCode.SUM_MISMATCH,
        Severity.WARNING,
        message,
        evidence={"printed": str(printed), "sum_row": book.lines[total.whole.line].row},
        candidates=(value,),
        proposed=value,
        at_stake=abs(value - printed),
    )
