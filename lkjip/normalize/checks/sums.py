"""A line is the sum of its children, in every column of money; a total that of its items.

One issue per line, at the line itself. Where the line's own number is what is
wrong, its parent's sum breaks by the same difference the other way round: that
is the same cause, and the number that closes both is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import OSA

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import column, issue, money, named, rows, title
from lkjip.normalize.proof.book import Book, Cell, Sum

OTHER_MATTER = Decimal(4)  # whole and parts this many times apart are no sum of each other


def check(book: Book) -> Iterator[Issue]:
    broken = {
        total.whole: total
        for total in book.sums
        if total.of_children
        and total not in book.explained
        and book.holds(total) is False
        and 2 * len(total.blanks) <= len(total.parts)
        and _is_credible(book, total)
    }
    echoes = {above for total in broken.values() if (above := _echo(book, total, broken))}
    for row in sorted({cell.line for cell in broken}):
        totals = [total for cell, total in broken.items() if cell.line == row]
        totals = [total for total in totals if total.whole not in echoes]
        if totals:
            yield _mismatch(book, totals, broken)


def _is_credible(book: Book, total: Sum) -> bool:
    """Lines that are an order of magnitude apart were never meant to add up."""
    whole, parts = abs(book.value[total.whole]), abs(book.excess(total) + book.value[total.whole])
    return whole <= OTHER_MATTER * parts and parts <= OTHER_MATTER * whole


def _echo(book: Book, total: Sum, broken: dict[Cell, Sum]) -> Cell | None:
    """The parent's cell, if its sum breaks by the same difference the other way round."""
    parent = book.tree.parent[total.whole.line]
    above = broken.get(Cell(parent, total.whole.slot)) if parent is not None else None
    if above is None or total.whole not in above.parts:
        return None
    return above.whole if book.excess(above) == -book.excess(total) else None


def _one_key(book: Book, total: Sum) -> tuple[Cell, Decimal] | None:
    """The only cell of the sum where one digit, or two neighbours swapped, would close it."""
    excess = book.excess(total)
    closing = [(total.whole, book.value[total.whole] + excess)]
    closing += [(part, book.value[part] - excess) for part in total.parts]
    near = [
        (cell, value)
        for cell, value in closing
        if value > 0
        and OSA.distance(f"{value:.0f}", f"{book.value[cell]:.0f}") == 1
        and not any(book.holds(use) for use in book.uses[cell])
    ]
    return near[0] if len(near) == 1 else None


def _mismatch(book: Book, totals: list[Sum], broken: dict[Cell, Sum]) -> Issue:
    totals.sort(key=lambda total: total.whole.slot)
    first = totals[0]
    closes_both = _echo(book, first, broken) is not None
    excess, whole = book.excess(first), book.value[first.whole]
    measure, count = named(book, first.whole), len(first.parts)
    message = (
        f"{title(book, first.whole.line)}: {measure} {money(whole)} is printed, but its "
        + ("only amount below is" if count == 1 else f"{count} lines add up to")
        + f" {money(whole + excess)}: {money(abs(excess))} "
        + ("too much" if excess > 0 else "too little")
    )
    if first.blanks:
        message += f"; {len(first.blanks)} lines are blank"
    stranger = [part for part in first.parts if book.value[part] == excess]
    if len(stranger) == 1 and count > 2:
        message += f"; exactly {title(book, stranger[0].line)} is too much"
    closing = _one_key(book, first)
    if closing and not closes_both:
        cell, value = closing
        message += f"; {money(value)} at {title(book, cell.line)} would close it"
    evidence = {
        column(book, total.whole): {
            "printed": str(book.value[total.whole]),
            "sum": str(book.value[total.whole] + book.excess(total)),
            "difference": str(book.excess(total)),
            "rows": rows(book, total.parts),
        }
        for total in totals
    }
    return issue(
        book,
        first.whole,
        IssueCode.SUM_MISMATCH,
        Severity.WARNING,
        message + ("; the sum above it lacks the same" if closes_both else ""),
        evidence=evidence,
        candidates=(whole + excess,),
        proposed=whole + excess if closes_both or (closing and closing[0] == first.whole) else None,
        at_stake=max(abs(book.excess(total)) for total in totals),
    )
