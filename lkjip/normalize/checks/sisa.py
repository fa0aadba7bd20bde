"""Sisa is anggaran − realisasi (some offices print it the other way round)."""

from __future__ import annotations

from collections.abc import Iterator

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, title
from lkjip.normalize.proof.book import Book, Sum


def check(book: Book) -> Iterator[Issue]:
    tested = [
        total for total in book.sums if not total.of_children and book.holds(total) is not None
    ]
    broken = [total for total in tested if not book.holds(total) and not _reversed(book, total)]
    if 2 * len(broken) > len(tested) > 3:
        yield _other_column(book, broken, len(tested))
        return
    for total in broken:
        if total not in book.explained:
            yield _mismatch(book, total)


def _reversed(book: Book, total: Sum) -> bool:
    realisasi, sisa = (book.value[part] for part in total.parts)
    return book.value[total.whole] == realisasi - sisa


def _mismatch(book: Book, total: Sum) -> Issue:
    anggaran = book.value[total.whole]
    realisasi, sisa = (book.value[part] for part in total.parts)
    expected = anggaran - realisasi
    return issue(
        book,
        total.parts[1],
        IssueCode.SISA_MISMATCH,
        Severity.WARNING,
        f"{title(book, total.whole.line)}: anggaran {money(anggaran)} − realisasi "
        f"{money(realisasi)} leaves {money(expected)}, but sisa {money(sisa)} is printed",
        evidence={"anggaran": str(anggaran), "realisasi": str(realisasi), "printed": str(sisa)},
        candidates=(expected,),
        proposed=expected if _is_proven(book, total) else None,
        at_stake=abs(sisa - expected),
    )


def _is_proven(book: Book, total: Sum) -> bool:
    return all(
        any(use != total and book.holds(use) for use in book.uses[cell])
        for cell in (total.whole, total.parts[0])
    )


def _other_column(book: Book, broken: list[Sum], tested: int) -> Issue:
    return issue(
        book,
        broken[0].parts[1],
        IssueCode.ROLE_UNCERTAIN,
        Severity.WARNING,
        f"{len(broken)} of {tested} amounts left over in this table are not anggaran − realisasi: "
        "the column may mean something else",
        evidence={"rows": [book.lines[total.whole.line].row for total in broken]},
    )
