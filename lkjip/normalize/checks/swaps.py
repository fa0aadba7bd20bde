"""Anggaran and realisasi in each other's place.

Both sums above the row break by the same difference, one too much and one too
little, and one row's two amounts differ by just that.
"""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, title
from lkjip.normalize.proof.book import Book, Cell, Share, Sum


def check(book: Book) -> Iterator[Issue]:
    broken = {total.whole: total for total in book.sums if _is_broken(book, total)}
    for whole, total in broken.items():
        line = book.lines[whole.line]
        other = broken.get(Cell(whole.line, line.realisasi)) if line.realisasi else None
        if whole.slot != line.anggaran or other is None:
            continue
        excess = book.excess(total)
        rows = [part.line for part in total.parts if _differ_by(book, part.line, excess)]
        if book.excess(other) == -excess and len(rows) == 1:
            book.explained |= {total, other, *_shares(book, rows[0])}
            yield _swapped(book, rows[0], whole.line)


def _is_broken(book: Book, total: Sum) -> bool:
    return total.of_children and total not in book.explained and book.holds(total) is False


def _cells(book: Book, row: int) -> tuple[Cell, Cell] | None:
    line = book.lines[row]
    if line.anggaran is None or line.realisasi is None:
        return None
    cells = Cell(row, line.anggaran), Cell(row, line.realisasi)
    return cells if book.known(cells) else None


def _differ_by(book: Book, row: int, excess: object) -> bool:
    cells = _cells(book, row)
    return cells is not None and book.value[cells[0]] - book.value[cells[1]] == excess


def _shares(book: Book, row: int) -> Iterator[Share]:
    yield from (share for share in book.shares if share.capaian.line == row)


def _swapped(book: Book, row: int, above: int) -> Issue:
    cells = _cells(book, row)
    assert cells
    anggaran, realisasi = (book.value[cell] for cell in cells)
    return issue(
        book,
        cells[0],
        IssueCode.SUM_MISMATCH,
        Severity.WARNING,
        f"{title(book, row)}: anggaran {money(anggaran)} and realisasi {money(realisasi)} seem to "
        f"stand in each other's place: exchanged, they close both sums of {title(book, above)}",
        evidence={"sum_row": book.lines[above].row, "realisasi": str(realisasi)},
        candidates=(realisasi,),
        proposed=realisasi,
        at_stake=abs(anggaran - realisasi),
    )
