"""The workbook opens with what a person needs, and nothing in it runs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fixtures.outputs import reports
from lkjip.load import xlsx
from lkjip.load.frames import tables_of
from lkjip.records import Report

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks")


def book(path: Path, *made: Report) -> Any:
    tables = {name: [table] for name, table in tables_of(made).items()}
    xlsx.write_xlsx(tables, path)
    return openpyxl.load_workbook(path)


@pytest.fixture
def report() -> Report:
    return next(reports(1, lines=40, doubt=0.3))


def test_sheets_headers_and_formats(tmp_path: Path, report: Report) -> None:
    made = book(tmp_path / "a.xlsx", report)
    assert made.sheetnames == list(xlsx.SHEETS)
    for sheet in made:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    lines = made["lines"]
    head = [cell.value for cell in lines[1]]
    assert lines.max_row == len(report.tables[0].lines) + 1
    cell = lines.cell(3, head.index("anggaran") + 1)
    column = lines.column_dimensions[cell.column_letter]
    assert isinstance(cell.value, int | float)
    assert column.number_format == xlsx.MONEY_FORMAT
    assert made["issues"].max_row == len(report.issues) + 1


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, report: Report) -> None:
    book(tmp_path / "a.xlsx", report)
    book(tmp_path / "b.xlsx", report)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_formulas_and_links_stay_text(tmp_path: Path, report: Report) -> None:
    names = (
        '=HYPERLINK("http://example.org")',
        "+1+1",
        "@SUM(A1)",
        "https://example.org",
        "a\x01b",
    )
    table = report.tables[0]
    lines = tuple(
        replace(line, name=name, name_raw=name)
        for line, name in zip(table.lines, names, strict=False)
    )
    made = book(tmp_path / "a.xlsx", replace(report, tables=(replace(table, lines=lines),)))
    column = [cell.value for cell in made["lines"][1]].index("name_raw") + 1
    cells = [made["lines"].cell(row + 2, column) for row in range(4)]
    assert [cell.value for cell in cells] == list(names[:4])
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_number_that_a_spreadsheet_would_round_is_text(tmp_path: Path, report: Report) -> None:
    line = report.tables[0].lines[0]
    assert line.anggaran is not None
    long = replace(line.amounts[line.anggaran], value=Decimal("1234567890123456.78"))
    line = replace(line, amounts={**line.amounts, line.anggaran: long})
    made = book(
        tmp_path / "a.xlsx", replace(report, tables=(replace(report.tables[0], lines=(line,)),))
    )
    column = [cell.value for cell in made["lines"][1]].index("anggaran") + 1
    assert made["lines"].cell(2, column).value == "1234567890123456.78"


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 25)
    made = book(tmp_path / "a.xlsx", report)
    assert made["lines"].max_row == 26
    sheets = [sheet for sheet in made if sheet.title.startswith("lines")]
    assert sum(sheet.max_row - 1 for sheet in sheets) == len(report.tables[0].lines)
