"""`import lkjip` as a notebook uses it."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import lkjip
from lkjip.load.schema import SCHEMAS
from lkjip.records import (
    Amount,
    Box,
    Document,
    Line,
    LineKind,
    ReadTable,
    Report,
    Slot,
    Source,
    Status,
    Table,
    TableKind,
)


def test_all_is_what_there_is() -> None:
    assert lkjip.__all__ == sorted(lkjip.__all__)
    assert {name: getattr(lkjip, name) for name in lkjip.__all__}
    assert set(lkjip.__all__) <= set(dir(lkjip))
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = lkjip.reed


def test_import_costs_nothing() -> None:
    code = (
        "import sys, lkjip; print(*{'pandas', 'pyarrow', 'numpy', 'pypdfium2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == ""


@pytest.fixture
def frames() -> lkjip.ReportFrames:
    money, none = Slot("anggaran"), Slot("realisasi")
    lines = tuple(
        Line(row, 1, LineKind.DATA, name, name,
             amounts={money: Amount(str(value), Decimal(value), Source.PARSED),
                      none: Amount("5.0.0", None, candidates=(Decimal(500),))},
             anggaran=money, realisasi=none)
        for row, name, value in [(1, "Gaji", 100), (2, "Gaji", 250), (3, "Listrik", 70)]
    )  # fmt: skip
    grid = Table((1,), Box(0, 0, 1, 1), 3, 3, (), "ruled")
    table = ReadTable(1, grid, TableKind.BUDGET, (), lines=lines)
    return lkjip.ReportFrames(Report(Document("ab" * 32, "a.pdf", Status.OK), (table,)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_frame_for_every_table(frames: lkjip.ReportFrames, name: str) -> None:
    assert list(getattr(frames, name).columns) == SCHEMAS[name].names


def test_money_is_exact_and_missing_is_missing(frames: lkjip.ReportFrames) -> None:
    lines = frames.lines
    assert lines["anggaran"].sum() == Decimal(420)
    assert lines["realisasi"].isna().all()
    assert lines.groupby("name")["anggaran"].sum().to_dict() == {
        "Gaji": Decimal(350),
        "Listrik": Decimal(70),
    }
    assert str(lines["page"].dtype) == "int32[pyarrow]"
    assert frames.lines is lines  # made once


def test_a_report_says_what_it_is(frames: lkjip.ReportFrames) -> None:
    assert repr(frames) == "<a.pdf: ok, 3 lines, 0 issues>"


def test_a_file_that_cannot_be_read_is_told_not_raised(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("Dear reader")
    report = lkjip.read(tmp_path / "letter.pdf")
    assert report.documents.loc[0, ["status", "reason"]].tolist() == [
        "rejected",
        "not a PDF: it does not start with %PDF-",
    ]
    assert len(report.lines) == 0
    assert report.issues["code"].tolist() == ["document-rejected"]


def test_raw_tables_of_any_pdf() -> None:
    path = Path(__file__).parents[1] / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"
    first, *_ = lkjip.tables(path, pages=[6], settings=lkjip.Settings(engine="pdfplumber"))
    assert (first.rows, first.columns, first.cells[0].text) == (2, 2, "Tujuan")


def test_a_run_from_python(tmp_path: Path) -> None:
    sample = (
        Path(__file__).parents[1] / "fixtures" / "samples" / "kalianget-tabel-4-4-landscape.pdf"
    )
    result = lkjip.run([sample, tmp_path / "none.pdf"], tmp_path / "out")
    assert result.exit_code == 3
    assert result.counts == {"ok": 1, "rejected": 1}
    assert result.rows["documents"] == 2
    assert (tmp_path / "out" / "lines.parquet").is_file()
