"""A run reads what it has to, once, and writes the same bytes however it came about."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lkjip.batch.intake import OWN_FOLDER
from lkjip.batch.journal import key_of, read_summary
from lkjip.batch.lock import locked
from lkjip.batch.run import How, Result, merge, plan, run
from lkjip.batch.shards import Shard
from lkjip.batch.telling import Silent
from lkjip.batch.worker import summary_of
from lkjip.errors import ExitCode, OutputLocked, UsageError
from lkjip.load.files import DRAFT
from lkjip.load.frames import tables_of
from lkjip.records import Document, Mention, Report, Status
from lkjip.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))  # also for the workers

import faulty

SETTINGS = Settings(document_seconds=20, page_seconds=10)
HOW = How(jobs=2, reader=faulty.read)


class Told(Silent):
    """Which documents were read, and which were known."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.known: list[str] = []

    def done(self, file: str, summary: Any, refusal: Any, known: bool = False) -> None:
        (self.known if known else self.read).append(file)


def documents(folder: Path, count: int = 8) -> Path:
    for number in range(count):
        faulty.write(folder, f"{number % 3}/{number}.pdf", number % 4 + 1)
    return folder


def reading(source: Path, output: Path, how: How = HOW) -> tuple[Result, Told]:
    told = Told()
    return run([source], output, SETTINGS, how, told), told


def tables(output: Path) -> dict[str, bytes]:
    files = sorted(path for path in output.iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in files if path.name != "run.json"}


def rows(output: Path, table: str = "documents") -> list[dict[str, Any]]:
    return pq.read_table(output / f"{table}.parquet").to_pylist()


def test_the_bytes_do_not_depend_on_workers_order_or_place(tmp_path: Path) -> None:
    source = documents(tmp_path / "in")
    reading(source, tmp_path / "one", replace(HOW, jobs=1))
    reading(source, tmp_path / "three", replace(HOW, jobs=3))
    shutil.copytree(source, tmp_path / "elsewhere" / "in")
    reading(tmp_path / "elsewhere" / "in", tmp_path / "moved")
    assert tables(tmp_path / "one") == tables(tmp_path / "three") == tables(tmp_path / "moved")
    assert [row["file"] for row in rows(tmp_path / "one")] == sorted(
        path.relative_to(source).as_posix() for path in source.rglob("*.pdf")
    )


def test_a_second_run_reads_only_what_is_new_or_changed(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in"), tmp_path / "out"
    _, told = reading(source, output)
    assert (len(told.read), told.known) == (8, [])
    faulty.write(source, "new.pdf", 1)
    faulty.write(source, "0/0.pdf", 5)
    (source / "1" / "1.pdf").unlink()
    _, told = reading(source, output)
    assert (sorted(told.read), len(told.known)) == (["0/0.pdf", "new.pdf"], 6)
    reading(source, tmp_path / "fresh")
    assert tables(output) == tables(tmp_path / "fresh")
    _, told = reading(source, output, replace(HOW, force=True))
    assert (len(told.read), told.known) == (8 + 1 - 1, [])
    run([source], output, replace(SETTINGS, ocr="never"), HOW, told := Told())
    assert told.known == []


def test_failed_documents_are_known_until_asked_for_again(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in"), tmp_path / "out"
    faulty.write(source, "bad.pdf", 3, "exit 0")
    faulty.write(source, "half.pdf", 3, "exit 2")
    result, _ = reading(source, output)
    assert result.exit_code == ExitCode.SOME_FAILED
    _, told = reading(source, output)
    assert told.read == []
    _, told = reading(source, output, replace(HOW, retry_failed=True))
    assert sorted(told.read) == ["bad.pdf", "half.pdf"]


def test_the_same_bytes_are_read_once_and_listed_twice(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    first = faulty.write(source, "a/LKJIP.pdf", 3)
    (source / "b").mkdir()
    shutil.copy(first, source / "b" / "LKJIP.pdf")
    _, told = reading(source, output)
    assert told.read == ["a/LKJIP.pdf"]
    assert [(row["file"], row["pages"]) for row in rows(output)] == [
        ("a/LKJIP.pdf", 3), ("b/LKJIP.pdf", 3),
    ]  # fmt: skip
    assert {row["file"] for row in rows(output, "mentions")} == {"a/LKJIP.pdf"}
    assert len(rows(output, "mentions")) == 3


def test_every_input_has_a_row_and_every_issue_its_own_id(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in"), tmp_path / "out"
    (source / "dangling.pdf").symlink_to("nowhere.pdf")
    (source / "folder.pdf").mkdir()
    result, told = reading(source, output)
    assert result.counts == {"ok": 8, "rejected": 2}
    assert told.known == []
    ids = [row["issue_id"] for row in rows(output, "issues")]
    assert len(set(ids)) == len(ids) == 10


@pytest.mark.parametrize(
    ("faults", "strict", "code"),
    [
        ([], False, ExitCode.OK),
        (["exit 2"], False, ExitCode.OK),
        (["exit 2"], True, ExitCode.STRICT),
        (["exit 0"], False, ExitCode.NOTHING_USABLE),
    ],
)
def test_exit_codes(tmp_path: Path, faults: list[str], strict: bool, code: ExitCode) -> None:
    faulty.write(tmp_path / "in", "a.pdf", 3, *faults)
    result, _ = reading(tmp_path / "in", tmp_path / "out", replace(HOW, strict=strict))
    assert result.exit_code == code
    assert json.loads((tmp_path / "out" / "run.json").read_text())["exit_code"] == code


def test_shards_together_give_the_bytes_of_one_run(tmp_path: Path) -> None:
    source = documents(tmp_path / "in", 12)
    (source / "folder.pdf").mkdir()
    reading(source, tmp_path / "whole")
    outputs = [tmp_path / "shared", tmp_path / "shared", tmp_path / "apart"]
    for number, output in enumerate(outputs, start=1):
        reading(source, output, replace(HOW, shard=Shard(number, 3)))
        assert not list(output.glob("*.parquet"))
    merge(sorted(set(outputs)), tmp_path / "merged")
    assert tables(tmp_path / "merged") == tables(tmp_path / "whole")


def test_a_merge_waits_for_every_shard(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in"), tmp_path / "out"
    with pytest.raises(UsageError, match="no finished shard"):
        merge([output], output)
    reading(source, output, replace(HOW, shard=Shard(2, 3)))
    with pytest.raises(UsageError, match="shard 1, 3 of 3"):
        merge([output], output)


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "a/b", "1/", "-1/2"])
def test_a_shard_that_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        Shard.parse(text)


def test_a_second_run_on_the_same_output_is_refused(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in", 1), tmp_path / "out"
    with locked(output / OWN_FOLDER), pytest.raises(OutputLocked, match="another run"):
        reading(source, output)
    with locked(output / OWN_FOLDER, "1-of-2"):
        with pytest.raises(OutputLocked):
            reading(source, output)
        with pytest.raises(OutputLocked):
            reading(source, output, replace(HOW, shard=Shard(1, 2)))
        reading(source, output, replace(HOW, shard=Shard(2, 2)))


def test_a_torn_entry_is_read_again(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in"), tmp_path / "out"
    reading(source, output)
    before = tables(output)
    entry = next((output / OWN_FOLDER / "journal").rglob("*.zip"))
    entry.write_bytes(entry.read_bytes()[:-30])
    assert read_summary(entry) is None
    _, told = reading(source, output)
    assert len(told.read) == 1
    assert tables(output) == before


def test_what_a_killed_run_left_half_written_is_gone_after_the_next(tmp_path: Path) -> None:
    source = documents(tmp_path / "in")
    reading(source, tmp_path / "whole")
    reading(source, tmp_path / "out")
    for name in ("mentions.parquet", "run.json"):
        (tmp_path / "out" / f".{name}.x{DRAFT}").write_bytes(b"PAR1")
    reading(source, tmp_path / "out")
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_a_plan_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    source, output = documents(tmp_path / "in", 2), tmp_path / "out"
    reading(source, output)
    shutil.copy(source / "0" / "0.pdf", source / "twin.pdf")
    (source / "folder.pdf").mkdir()
    faulty.write(source, "new.pdf", 1)
    before = tables(output)
    assert dict(plan([source], output, SETTINGS, HOW)) == {
        "0/0.pdf": "known",
        "1/1.pdf": "known",
        "folder.pdf": "refuse: a folder, not a file",
        "new.pdf": "read",
        "twin.pdf": "same bytes as another",
    }
    assert tables(output) == before


def test_the_costliest_issues_come_first(tmp_path: Path) -> None:
    result, _ = reading(documents(tmp_path / "in"), tmp_path / "out")
    stakes = [int(stake) for stake, *_ in result.costliest]
    assert stakes == [4, 4, 3, 3, 2]


def test_a_number_that_its_column_cannot_hold_counts_in_the_end() -> None:
    huge = Mention(1, "Belanja", "anggaran", Decimal(10**40), "Rp 1")
    report = Report(Document("0", "a.pdf", Status.OK), mentions=(huge,))
    summary = summary_of(report, tables_of([report]))
    assert (summary.status, summary.issues, summary.errors) == (Status.PARTIAL, 1, 1)


def test_the_key_goes_by_what_a_file_holds_and_what_it_is_for(tmp_path: Path) -> None:
    for name, text in (("here", "a"), ("there", "a"), ("other", "b")):
        (tmp_path / name).write_text(text)
    here, there, other = (str(tmp_path / name) for name in ("here", "there", "other"))
    keys = [
        key_of("0", "a.pdf", settings)
        for settings in (
            Settings(), Settings(chart=here), Settings(chart=there), Settings(chart=other),
            Settings(aliases=here),
        )
    ]  # fmt: skip
    assert keys[1] == keys[2]
    assert len(set(keys)) == 4
