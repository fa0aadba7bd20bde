"""Realisasi over anggaran must equal the printed capaian, rounded or cut off.

Two rows whose percentages stand in each other's place are one issue. A column in
which most rows disagree is no percentage of money realised, and is said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, percent, title
from lkjip.normalize.proof.book import Book, Share, agrees

FEWEST = 4  # rows before a column as a whole is doubted


def check(book: Book) -> Iterator[Issue]:
    tested = [share for share in book.shares if book.holds(share) is not None]
    broken = [share for share in tested if book.holds(share) is False]
    if len(tested) >= FEWEST and 2 * len(broken) > len(tested):
        yield _other_column(book, broken, len(tested))
        return
    told = {share for share in broken if share in book.explained}
    for share in broken:
        if share in told:
            continue
        twin = next((other for other in broken if _swapped(book, share, other)), None)
        told |= {share} | ({twin} if twin else set())
        yield _mismatch(book, share, twin)


def _values(book: Book, share: Share) -> tuple[Decimal, Decimal, Decimal]:
    anggaran, realisasi, capaian = (book.value[cell] for cell in share.cells)
    return anggaran, realisasi, capaian


def _swapped(book: Book, one: Share, other: Share) -> bool:
    (a, r, p), (b, s, q) = _values(book, one), _values(book, other)
    return one != other and bool(agrees(a, r, q)) and bool(agrees(b, s, p))


def _mismatch(book: Book, share: Share, twin: Share | None) -> Issue:
    anggaran, realisasi, capaian = _values(book, share)
    unit = Decimal(1).scaleb(min(int(capaian.as_tuple().exponent), 0))
    expected = (100 * realisasi / anggaran).quantize(min(unit, Decimal("0.01")))
    message = (
        f"{title(book, share.capaian.line)}: realisasi {money(realisasi)} is "
        f"{percent(expected)} % of anggaran {money(anggaran)}, but {percent(capaian)} is printed"
    )
    if twin:
        message += f"; that of {title(book, twin.capaian.line)} stands in its place"
    return issue(
        book,
        share.capaian,
        IssueCode.CAPAIAN_MISMATCH,
        Severity.WARNING,
        message,
        evidence={
            "anggaran": str(anggaran),
            "realisasi": str(realisasi),
            "printed": str(capaian),
            "expected": str(expected),
            **({"swapped_with_row": book.lines[twin.capaian.line].row} if twin else {}),
        },
        candidates=(expected,),
        proposed=expected if twin or _is_proven(book, share) else None,
        at_stake=abs(realisasi - anggaran * capaian / 100).quantize(Decimal("0.01")),
    )


def _is_proven(book: Book, share: Share) -> bool:
    """Both amounts stand in a sum that holds: then the percentage is what is wrong."""
    return all(
        any(use != share and book.holds(use) for use in book.uses[cell])
        for cell in (share.anggaran, share.realisasi)
    )


def _other_column(book: Book, broken: list[Share], tested: int) -> Issue:
    return issue(
        book,
        broken[0].capaian,
        IssueCode.ROLE_UNCERTAIN,
        Severity.WARNING,
        f"{len(broken)} of {tested} percentages of this table are not realisasi / anggaran: "
        "the column may mean something else",
        evidence={"rows": [book.lines[share.capaian.line].row for share in broken]},
    )
