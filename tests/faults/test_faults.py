"""A document that breaks its worker costs itself at most, and says how it ended.

The long version, with every fault twenty times and a hundred kills: battery.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lkjip.batch.run import How, Result, run
from lkjip.errors import DiskFull, ExitCode
from lkjip.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))  # also for the workers

import faulty

LIMITS = Settings(document_seconds=6, page_seconds=2, memory_bytes=640 * 2**20)
HOW = How(jobs=2, reader=faulty.read)


def rows(output: Path, table: str = "documents") -> dict[str, dict[str, Any]]:
    return {row["file"]: row for row in pq.read_table(output / f"{table}.parquet").to_pylist()}


def reading(folder: Path, how: How = HOW) -> tuple[Result, dict[str, dict[str, Any]]]:
    result = run([folder / "in"], folder / "out", LIMITS, how)
    return result, rows(folder / "out")


ON_A_PAGE = {
    "segfault": "its worker crashed (SIGSEGV",
    "abort": "its worker crashed (SIGABRT in faulty",
    "exit": "its worker ended by itself with exit code 7",
    "hang": "takes longer than the 2 s of a page",
    "memory": "needs more memory than the limit of 0.625 GiB",
    "memory-in-c": "its worker crashed (SIGSEGV",
    "kill": "its worker was killed (SIGKILL)",
}


def test_a_fault_on_a_page_costs_that_page(tmp_path: Path) -> None:
    for fault in ON_A_PAGE:
        faulty.write(tmp_path / "in", f"{fault}.pdf", 4, f"{fault} 2")
        faulty.write(tmp_path / "in", f"neighbour of {fault}.pdf", 2)
    result, documents = reading(tmp_path)
    assert result.exit_code == ExitCode.OK
    assert {file: (row["status"], row["pages"]) for file, row in documents.items()} == {
        **{f"{fault}.pdf": ("partial", 3) for fault in ON_A_PAGE},
        **{f"neighbour of {fault}.pdf": ("ok", 2) for fault in ON_A_PAGE},
    }
    issues = pq.read_table(tmp_path / "out" / "issues.parquet").to_pylist()
    told = {row["file"]: row["message"] for row in issues if row["code"] == "page-unreadable"}
    for fault, message in ON_A_PAGE.items():
        assert told[f"{fault}.pdf"].startswith(f"page 2 cannot be read: {message}")


BEFORE_ANY_PAGE = {
    "segfault": ("crashed", "its worker crashed (SIGSEGV"),
    "exit": ("crashed", "its worker ended by itself with exit code 7"),
    "sys-exit": ("crashed", "ends with SystemExit: 3"),
    "raise": ("crashed", "ends with KeyError: 'missing'"),
    "hang": ("limit", "takes longer than the 6 s of a document"),
    "memory": ("limit", "needs more memory than the limit of 0.625 GiB"),
    "kill": ("crashed", "its worker was killed (SIGKILL)"),
}


def test_a_fault_before_any_page_is_the_documents_status(tmp_path: Path) -> None:
    for fault in BEFORE_ANY_PAGE:
        faulty.write(tmp_path / "in", f"{fault}.pdf", 4, f"{fault} 0")
    faulty.write(tmp_path / "in", "neighbour.pdf", 2)
    result, documents = reading(tmp_path)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert documents.pop("neighbour.pdf")["status"] == "ok"
    for fault, (status, reason) in BEFORE_ANY_PAGE.items():
        row = documents[f"{fault}.pdf"]
        assert (row["status"], row["reason"][: len(reason)]) == (status, reason)


def test_a_document_that_crashes_on_every_page_is_cut_off(tmp_path: Path) -> None:
    faulty.write(tmp_path / "in", "bad.pdf", 20, *(f"exit {n}" for n in range(3, 21)))
    _, documents = reading(tmp_path)
    assert (documents["bad.pdf"]["status"], documents["bad.pdf"]["pages"]) == ("partial", 2)
    issues = pq.read_table(tmp_path / "out" / "issues.parquet").to_pylist()
    told = [row["message"] for row in issues if row["code"] == "document-cut-off"]
    assert told == ["not read from page 7 on: pages 3, 4, 5, 6 ended their workers"]


def test_a_document_that_takes_too_long_keeps_the_pages_that_were_done(tmp_path: Path) -> None:
    faulty.write(tmp_path / "in", "slow.pdf", 9, *(f"hang {n}" for n in (3, 4, 5, 6, 7)))
    _, documents = reading(tmp_path)
    assert (documents["slow.pdf"]["status"], documents["slow.pdf"]["pages"]) == ("partial", 2)


def test_a_document_leaves_its_neighbour_the_memory_that_it_may_take(tmp_path: Path) -> None:
    for name in "abc":
        faulty.write(tmp_path / "in", f"{name}.pdf", 2, "memory-kept 1")
    _, documents = reading(tmp_path)
    assert [row["status"] for row in documents.values()] == ["ok"] * 3


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    faulty.write(tmp_path / "in", "a.pdf", 2)
    bad = faulty.write(tmp_path / "in", "b.pdf", 2, "disk-full 2")
    with pytest.raises(DiskFull):
        reading(tmp_path)
    assert not list((tmp_path / "out").glob("*.parquet"))
    bad.write_text("pages 3")
    result, documents = reading(tmp_path)
    assert result.exit_code == ExitCode.OK
    assert documents["b.pdf"]["pages"] == 3
