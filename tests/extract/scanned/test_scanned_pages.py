"""Whole pages through the real recogniser: tables of the Kalianget report as scans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import pypdfium2 as pdfium
import pytest

from fixtures import truth
from fixtures.scanner import PRESETS, Scan
from lkjip.extract.scanned import read_scanned_page
from lkjip.records import Page, PageKind
from lkjip.settings import Settings

Make = Callable[..., pdfium.PdfDocument]


def texts(page: Page) -> list[str]:
    """Every filled cell of the page's tables, row by row, without spaces."""
    cells = chain.from_iterable(table.cells for table in page.tables)
    return [text for cell in cells if (text := cell.text.replace(" ", ""))]


def printed(name: str) -> list[str]:
    """What the table's body prints, likewise."""
    rows = truth.load(name).cells
    cells = chain.from_iterable(rows)
    return [text for cell in cells if (text := "".join(cell.split())) and cell not in "<^"]


def test_a_scan_at_200_dpi_reads_as_printed(scanned: Make) -> None:
    document = scanned("tabel-3-1", "ruled", PRESETS["grey200"])
    page = read_scanned_page(document[0], 1, Settings())
    assert page.kind is PageKind.SCANNED
    assert len(page.tables) == 1
    assert [line.text for line in page.lines][-1].startswith("Kecamatan")
    numbers = [text for text in texts(page) if text[0].isdigit() and len(text) > 3]
    expected = [text for text in printed("tabel-3-1") if text[0].isdigit() and len(text) > 3]
    assert numbers == expected[: len(numbers)]
    assert len(numbers) > 90


@pytest.mark.parametrize("turn", [180])
def test_a_turned_bilevel_scan_is_read_upright(scanned: Make, turn: int) -> None:
    scan = replace(Scan(dpi=200, bilevel=True, skew=0.6), turn=turn)
    document = scanned("tabel-2-2", "ruled", scan)
    page = read_scanned_page(document[0], 1, Settings())
    assert {table.orientation for table in page.tables} == {turn}
    expected = printed("tabel-2-2")
    assert sum(text in expected for text in texts(page)) >= 0.9 * len(texts(page))
