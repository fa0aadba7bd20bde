"""`lkjip explain` on the sample report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lkjip.cli.main import call
from lkjip.errors import ExitCode

SAMPLE = Path(__file__).parents[2] / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"


def test_tables_are_listed_and_one_is_shown_as_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["explain", str(SAMPLE)]) == ExitCode.OK
    listed = re.search(r"Table (\d+) “Tabel 3\.1", capsys.readouterr().out)
    assert listed
    assert call(["explain", str(SAMPLE), "--table", listed[1]]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert "\x1b" not in shown  # no colour where it is not a terminal
    lines = shown.splitlines()
    at = next(i for i, line in enumerate(lines) if "Fasilitasi Dan Monitoring" in line)
    assert "25.000.000 ✗" in lines[at]
    assert "3.000.000 too little" in lines[at + 1]
    surat = next(line for line in lines if "Penyediaan Jasa Surat" in line)
    assert surat.count("✓") == 3


def test_a_table_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["explain", str(SAMPLE), "--table", "99"]) == ExitCode.USAGE
    assert "there is no budget table 99" in capsys.readouterr().err


def test_a_file_that_is_no_pdf_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_text("no pdf")
    assert call(["explain", str(tmp_path / "a.pdf")]) != ExitCode.OK
    assert capsys.readouterr().err.count("\n") <= 2
