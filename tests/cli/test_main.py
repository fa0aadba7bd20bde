"""The command line as a whole: help, exit codes, and what is said on which stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import lkjip
from lkjip.cli import main
from lkjip.cli.main import COMMANDS, call, cli
from lkjip.errors import ExitCode, LkjipError, MissingPart, OutputLocked

SAMPLES = Path(__file__).parents[2] / "fixtures" / "samples"
HEAVY = ("pandas", "pyarrow", "numpy", "cv2", "pypdfium2", "pikepdf", "camelot", "pdfplumber",
         "rapidocr", "onnxruntime", "duckdb", "starlette", "uvicorn", "pandera", "rapidfuzz",
         "ray", "rich", "pebble", "openpyxl")  # fmt: skip

Capture = pytest.CaptureFixture[str]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from lkjip.cli.main import call; call(['--help']);"
        f"print('heavy:', *set({HEAVY}) & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"
    assert "Begin here" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_examples(name: str, capsys: Capture) -> None:
    assert call([name, "--help"]) == ExitCode.OK
    assert f"  lkjip {name}" in capsys.readouterr().out.partition("Example")[2]


def test_version(capsys: Capture) -> None:
    assert call(["--version"]) == ExitCode.OK
    assert capsys.readouterr().out == f"lkjip {lkjip.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["frob"], ["run"], ["run", "--no-such-option", "x"], ["tables", "x.pdf", "--format", "xml"]],
)
def test_wrong_usage(arguments: list[str], capsys: Capture) -> None:
    assert call(arguments) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Usage:" in captured.err


@pytest.mark.parametrize("arguments", [["tables"], ["explain"], ["inspect", "--page", "1"]])
def test_a_file_that_is_no_pdf_is_named(
    arguments: list[str], tmp_path: Path, capsys: Capture
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear reader")
    assert call([*arguments, str(letter)]) == ExitCode.SOME_FAILED
    assert capsys.readouterr().err.startswith(f"lkjip: {letter}: not a PDF")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (LkjipError("odd"), ExitCode.BUG, "lkjip: odd\n"),
        (MissingPart("needs ray"), ExitCode.MISSING_PART, "lkjip: needs ray\n"),
        (OutputLocked("in use"), ExitCode.LOCKED, f"lkjip: in use; {OutputLocked.help}\n"),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "lkjip: interrupted; "),
        (click.Abort(), ExitCode.INTERRUPTED, "lkjip: interrupted; "),
        (ValueError("a\nb"), ExitCode.BUG, "lkjip: bug: ValueError: a b (set LKJIP_TRACEBACK=1"),
    ],
)
def test_every_error_has_its_exit_code_and_one_line(
    error: BaseException,
    code: ExitCode,
    said: str,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @click.command()
    def fail() -> None:
        raise error

    monkeypatch.delenv(main.TRACEBACK, raising=False)
    monkeypatch.setattr(main.LazyGroup, "get_command", lambda self, ctx, name: fail)
    assert call(["fail"]) == code
    told = capsys.readouterr().err.strip()
    assert told.startswith(said.strip())
    assert len(told.splitlines()) == 1


def test_the_traceback_of_a_bug_is_to_be_had(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(main.TRACEBACK, "1")
    monkeypatch.setattr(cli, "main", lambda *a, **k: 1 // 0)
    assert call([]) == ExitCode.BUG
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m lkjip tables {SAMPLES / 'lkjip2020-kalianget.pdf'}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} --engine pdfplumber --pages 6-8 | head -c 10"],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_tables_as_printed(form: str, capsys: Capture) -> None:
    report = str(SAMPLES / "lkjip2020-kalianget.pdf")
    assert call(["tables", report, "--pages", "6", "--engine", "pdfplumber", "--format", form]) == 0
    out = capsys.readouterr().out
    if form == "json":
        small, budget = json.loads(out)
        assert (small["pages"], small["rows"], small["columns"]) == ([6], 2, 2)
        assert {"row": 0, "column": 1, "row_span": 1, "column_span": 2, "text": "KEGIATAN"} in [
            {key: cell[key] for key in cell if key != "box"} for cell in budget["cells"]
        ]
    else:
        assert out.splitlines()[2] == "2,6,NO,KEGIATAN,KEGIATAN,PAGU ANGGARAN,REALISASI,CAPAIAN (%)"


@pytest.mark.parametrize("pages", ["", "a", "3-", "-3", "1,,2", "1.5", "1-9999999999"])
def test_a_list_of_pages_that_is_none(pages: str, capsys: Capture) -> None:
    assert call(["tables", str(SAMPLES / "lkjip2020-kalianget.pdf"), "--pages", pages]) == 2
    assert "write 3-7,12" in capsys.readouterr().err
