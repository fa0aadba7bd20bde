"""Realisasi over anggaran: nothing unusual for income, a question to ask for spending.

Where the printed percentage denies it, the percentage is already an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, title
from lkjip.normalize.proof.book import Book, Cell

INCOME = re.compile(r"pendapatan|penerimaan|retribusi|pajak|\bpad\b|lain-lain", re.I)


def check(book: Book) -> Iterator[Issue]:
    denied = {share.realisasi for share in book.shares if book.holds(share) is False}
    for row, line in enumerate(book.lines):
        if line.anggaran is None or line.realisasi is None:
            continue
        cell = Cell(row, line.realisasi)
        anggaran, realisasi = book.value.get(Cell(row, line.anggaran)), book.value.get(cell)
        if anggaran is None or realisasi is None:
            continue
        if realisasi > anggaran and cell not in denied and not _is_income(book, row):
            yield issue(
                book,
                cell,
                IssueCode.REALISASI_OVER_ANGGARAN,
                Severity.WARNING,
                f"{title(book, row)}: realisasi {money(realisasi)} is "
                f"{money(realisasi - anggaran)} over anggaran {money(anggaran)}",
                evidence={"anggaran": str(anggaran), "realisasi": str(realisasi)},
                at_stake=realisasi - anggaran,
            )


def _is_income(book: Book, row: int | None) -> bool:
    """The line, or one that it is part of, speaks of income."""
    while row is not None:
        if INCOME.search(book.lines[row].name):
            return True
        row = book.tree.parent[row]
    return False
