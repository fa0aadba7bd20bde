"""Year and office of scanned reports: written where a reading is sure or several places agree."""

from __future__ import annotations

import pytest

from lkjip.issues import IssueCode
from lkjip.normalize.identity.identify import identify
from lkjip.records import Box, Page, PageKind, TextLine

SURE, CLEAR, FAINT = 0.995, 0.98, 0.6
OFFICE = "DINAS KESEHATAN"


def page(number: int, *texts: tuple[str, float]) -> Page:
    lines = tuple(
        TextLine(text, Box(72, 150 + 30 * i, 72 + 6 * len(text), 161 + 30 * i), True, sure, (text,))
        for i, (text, sure) in enumerate(texts)
    )
    return Page(number, 595, 842, PageKind.SCANNED, lines)


def prose(number: int, year: int, sure: float) -> Page:
    return page(number, (f"Laporan Kinerja Tahun {year} disusun sebagai laporan.", sure))


@pytest.mark.parametrize(
    ("cover", "sure", "others", "expected", "why"),
    [
        (2016, SURE, [], 2016, "read alike twice from fine print"),
        (2018, CLEAR, [], None, "agreement on coarse print is no proof"),
        (2018, CLEAR, [(2016, SURE)], None, "a sure place says another year"),
        (2016, CLEAR, [(2016, SURE)], 2016, "a sure place says the same"),
        (2016, FAINT, [(2016, FAINT), (2016, CLEAR), (2016, FAINT)], 2016, "three pages agree"),
        (2018, FAINT, [(2016, SURE), (2018, FAINT), (2018, FAINT)], None, "but a sure one"),
    ],
)
def test_year(
    cover: int, sure: float, others: list[tuple[int, float]], expected: int | None, why: str
) -> None:
    pages = [page(1, ("LAPORAN KINERJA", CLEAR), (OFFICE, CLEAR), (f"TAHUN {cover}", sure))]
    pages += [prose(number, *other) for number, other in enumerate(others, start=3)]
    identity, issues = identify(pages, "scan.pdf")
    assert identity.year == expected, why
    told = [issue for issue in issues if issue.code is IssueCode.OCR_DISAGREEMENT]
    assert [(issue.column, issue.proposed) for issue in told] == (
        [] if expected else [("year", str(cover))]
    )


def test_an_office_of_blurred_letters_needs_a_second_place() -> None:
    first = page(1, ("LAPORAN KINERJA", CLEAR), ("DINAS KESEHALAN", FAINT), ("TAHUN 2016", SURE))
    identity, issues = identify([first], "scan.pdf")
    assert identity.agency is None
    assert [issue.proposed for issue in issues] == ["Dinas Kesehalan"]
    for sure in (CLEAR, FAINT):
        cover = page(1, ("LAPORAN KINERJA", CLEAR), (OFFICE, sure), ("TAHUN 2016", SURE))
        again = page(2, ("Kepala Dinas Kesehatan", FAINT))
        pages = [cover] if sure is CLEAR else [cover, again]
        assert identify(pages, "scan.pdf")[0].agency == "Dinas Kesehatan"
