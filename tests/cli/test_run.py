"""`lkjip run` as a person uses it: what is said where, what is written, which code it leaves."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pyarrow.parquet as pq
import pytest

from lkjip.cli.main import call
from lkjip.cli.summary import rupiah
from lkjip.errors import ExitCode
from lkjip.load.schema import SCHEMAS
from lkjip.records import Box
from lkjip.review.corrections import FILE, Action, Correction, append, stamped

SAMPLES = Path(__file__).parents[2] / "fixtures" / "samples"
GOOD = SAMPLES / "kalianget-tabel-4-4-landscape.pdf"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, so that no lkjip.toml of the checkout counts."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / "output" / f"{table}.parquet").to_pylist()
    return found


def documents(folder: Path) -> dict[str, tuple[str, str]]:
    return {row["file"]: (row["status"], row["reason"]) for row in rows(folder, "documents")}


def test_one_report_into_the_default_folder(folder: Path, capsys: Capture) -> None:
    assert call(["run", str(GOOD)]) == ExitCode.OK
    out = folder / "output"
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {
        "datapackage.json",
        "run.json",
        *(f"{name}.{kind}" for name in SCHEMAS for kind in ("csv", "parquet")),
    }
    captured = capsys.readouterr()
    assert "1 document: 1 ok" in captured.out
    assert "1 of 1 documents" in captured.err
    assert json.loads((out / "run.json").read_text())["documents"] == {"ok": 1}


def encrypted(path: Path) -> None:
    with pikepdf.open(GOOD) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="rahasia", owner="x"))


def no_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


BAD = {
    "empty.pdf": (lambda path: path.write_bytes(b""), "empty"),
    "letter.pdf": (lambda path: path.write_text("Dear reader"), "not a PDF"),
    "locked.pdf": (encrypted, "password"),
    "damaged.pdf": (lambda path: path.write_bytes(GOOD.read_bytes()[:300]), "damaged"),
    "no-pages.pdf": (no_pages, "no page"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_has_its_row_and_one_line_and_the_run_goes_on(
    name: str, folder: Path, capsys: Capture
) -> None:
    make, why = BAD[name]
    (folder / "in").mkdir()
    make(folder / "in" / name)
    shutil.copy(GOOD, folder / "in" / "good.pdf")
    assert call(["run", "in", "--jobs", "1"]) == ExitCode.SOME_FAILED
    found = documents(folder)
    assert found["good.pdf"] == ("ok", None)
    status, reason = found[name]
    assert status == "rejected"
    assert why in reason
    told = [line for line in capsys.readouterr().err.splitlines() if name in line]
    assert told == [f"lkjip: {name}: {reason}"]


def test_a_path_that_is_not_there_has_its_row_too(folder: Path) -> None:
    assert call(["run", "none.pdf", "-q"]) == ExitCode.NOTHING_USABLE
    ((status, reason),) = documents(folder).values()
    assert status == "rejected"
    assert "No such file" in reason


def test_a_password_opens_what_is_locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted(folder / "locked.pdf")
    assert call(["run", "locked.pdf", "-q", "--password", "rahasia"]) == ExitCode.OK
    monkeypatch.setenv("LKJIP_PASSWORD", "rahasia")
    assert call(["run", "locked.pdf", "-q", "-o", "again"]) == ExitCode.OK
    assert "rahasia" not in (folder / "output" / "run.json").read_text()


@pytest.mark.parametrize("separator", ["\n", "\0"])
def test_a_list_of_files(folder: Path, separator: str) -> None:
    shutil.copy(GOOD, folder / "a b.pdf")
    (folder / "list").write_text(f"a b.pdf{separator}none.pdf{separator}")
    assert call(["run", "--files-from", "list", "-q"]) == ExitCode.SOME_FAILED
    assert set(documents(folder)) == {"a b.pdf", "none.pdf"}


def test_nothing_to_read_is_wrong_usage(folder: Path, capsys: Capture) -> None:
    assert call(["run"]) == ExitCode.USAGE
    assert "nothing to read" in capsys.readouterr().err
    assert not (folder / "output").exists()


def test_every_document_is_told_when_asked(folder: Path, capsys: Capture) -> None:
    for told in ("good.pdf: ok, 3 pages, ", "good.pdf: known\n"):
        shutil.copy(GOOD, folder / "good.pdf")
        assert call(["run", "good.pdf", "-v"]) == ExitCode.OK
        assert f"lkjip: {told}" in capsys.readouterr().err


def test_a_dry_run_does_nothing(folder: Path, capsys: Capture) -> None:
    shutil.copy(GOOD, folder / "a.pdf")
    assert call(["run", "a.pdf", "--dry-run"]) == ExitCode.OK
    assert capsys.readouterr().out == "read\ta.pdf\n"
    assert not (folder / "output" / "documents.parquet").exists()


def test_settings_come_from_the_file_and_options_go_over_it(folder: Path) -> None:
    (folder / "lkjip.toml").write_text('ocr = "never"\nengine = "camelot"\nmax_pages = 2\n')
    assert call(["run", str(GOOD), "-q", "--engine", "pdfplumber"]) == ExitCode.NOTHING_USABLE
    settings = json.loads((folder / "output" / "run.json").read_text())["settings"]
    assert (settings["ocr"], settings["engine"], settings["max_pages"]) == (
        "never",
        "pdfplumber",
        2,
    )
    ((status, reason),) = documents(folder).values()
    assert (status, reason) == ("limit", "more pages than the limit of 2")


def test_corrections_beside_the_output_count(folder: Path) -> None:
    assert call(["run", str(GOOD), "-q"]) == ExitCode.OK
    fact = next(row for row in rows(folder, "facts") if row["measure"] == "anggaran")
    line = next(row for row in rows(folder, "lines") if row["line_id"] == fact["line_id"])
    box = Box(*(fact[side] for side in ("x0", "y0", "x1", "y1")))
    made = Correction(
        fact["doc_id"], fact["file"], Action.SET, page=fact["page"], box=box, column="anggaran",
        raw=fact["raw"], name=line["name_raw"], row=line["row"], new="123",
    )  # fmt: skip
    append(folder / "output" / FILE, stamped(made, "tester"))
    assert call(["run", str(GOOD), "-q"]) == ExitCode.OK
    (line,) = (row for row in rows(folder, "lines") if row["line_id"] == fact["line_id"])
    assert (line["anggaran"], line["anggaran_source"]) == (Decimal(123), "reviewed")


def test_csv_for_indonesian_excel(folder: Path) -> None:
    assert call(["run", str(GOOD), "-q", "--csv-dialect", "excel-id"]) == ExitCode.OK
    assert (folder / "output" / "lines.csv").read_bytes().startswith(b'\xef\xbb\xbf"line_id";')


def test_rupiah_as_indonesians_write_it() -> None:
    assert rupiah(Decimal("2671018687.00")) == "Rp 2.671.018.687"
