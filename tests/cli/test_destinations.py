"""`lkjip run` and `lkjip merge` hand their tables on to a workbook and to databases."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from fixtures.kalianget import one_table
from lkjip.cli.main import call
from lkjip.errors import ExitCode


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "tabel.pdf"
    path.write_bytes(one_table("tabel-4-4", "ruled"))
    return path


def test_a_run_fills_a_workbook_and_a_database(report: Path, tmp_path: Path) -> None:
    output, database = tmp_path / "out", tmp_path / "x.duckdb"
    arguments = ["run", str(report), "-o", str(output), "-q", "--xlsx", "--csv-dialect", "excel-id"]
    assert call([*arguments, "--to", f"duckdb:///{database}"]) == ExitCode.OK
    rows = json.loads((output / "run.json").read_text())["rows"]
    with duckdb.connect(str(database), read_only=True) as loaded:
        assert loaded.execute("SELECT count(*) FROM lines").fetchone() == (rows["lines"],)
    assert (output / "lkjip.xlsx").is_file()
    assert (output / "lines.csv").read_bytes().startswith(b'\xef\xbb\xbf"line_id";')


def test_a_wrong_address_is_told_before_anything_is_read(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    assert call(["run", str(report), "-o", str(output), "--to", "x.duckdb"]) == ExitCode.USAGE
    assert "no destination" in capsys.readouterr().err
    assert not output.exists()


def test_a_part_of_a_run_goes_into_no_database(report: Path, tmp_path: Path) -> None:
    arguments = ["run", str(report), "-o", str(tmp_path / "out"), "--shard", "1/2"]
    assert call([*arguments, "--to", "duckdb:///x.duckdb"]) == ExitCode.USAGE
    assert not (tmp_path / "out").exists()
