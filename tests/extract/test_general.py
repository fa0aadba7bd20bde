"""Tables of any kind: drawn government reports, cell for cell, by style."""

from __future__ import annotations

from pathlib import Path

import pytest

import lkjip
from benchmarks.adjacency import Score, score
from fixtures.government import REPORTS, Report, make
from lkjip.extract.document import open_document
from lkjip.extract.pages import read_pages
from lkjip.records import Table

LEAST = 0.95  # F1 of each style over three seeds
SETTINGS = lkjip.Settings(ocr="never")


def read(report: Report, folder: Path) -> list[Table]:
    path = folder / "report.pdf"
    path.write_bytes(report.pdf)
    return lkjip.tables(path, settings=SETTINGS)


@pytest.mark.parametrize("name", REPORTS)
def test_each_style_is_read(name: str, tmp_path: Path) -> None:
    total = Score()
    for seed in (1, 2, 3):
        report = make(name, seed)
        total += score([table.cells for table in read(report, tmp_path)], report.tables)
    assert total.f1 >= LEAST, total


@pytest.mark.parametrize("name", ["contents", "lists", "prose in columns"])
def test_pages_without_a_table_have_none(name: str, tmp_path: Path) -> None:
    assert [read(make(name, seed), tmp_path) for seed in range(4)] == [[]] * 4


@pytest.mark.parametrize("name", ["booktabs, spanning headers", "plan, rows only", "matrix"])
def test_cells_tile_the_table(name: str, tmp_path: Path) -> None:
    report = make("grid, merged names" if name == "matrix" else name, 5)
    for table in read(report, tmp_path):
        places = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert sorted(places) == [(r, c) for r in range(table.rows) for c in range(table.columns)]
        for cell in table.cells:
            assert cell.box.x0 < cell.box.x1
            assert cell.box.y0 <= cell.box.y1


def test_prose_with_amounts_is_no_table(shared: Path) -> None:
    path = shared / "corpus" / "lkip2016-jabar-binamarga-bab3.pdf"
    found = lkjip.tables(path, pages=range(33, 39), settings=SETTINGS)
    assert [table.pages for table in found if table.method == "borderless"] == []


def test_a_run_looks_for_budgets_only(tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    path.write_bytes(make("definitions, borderless", 1).pdf)
    with open_document(path, SETTINGS) as (pdf, _):
        pages, _ = read_pages(pdf, SETTINGS)
    assert [table for page in pages for table in page.tables] == []
    assert lkjip.tables(path, settings=SETTINGS)
