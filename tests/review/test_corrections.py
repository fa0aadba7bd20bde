"""The log of corrections: append-only, undoable, loud about a line it cannot read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lkjip.errors import UsageError
from lkjip.records import Box
from lkjip.review import corrections
from lkjip.review.corrections import Action, Correction

CELL = Correction(
    "ab" * 32, "kalianget.pdf", Action.SET, code="number-malformed", page=7,
    box=Box(10, 20, 30, 40), column="realisasi", raw="50.0000.000", name="Belanja alat tulis",
    row=2, old=None, new="50000000",
)  # fmt: skip


def add(path: Path, correction: Correction) -> Correction:
    stamped = corrections.stamped(correction, "sari")
    corrections.append(path, stamped)
    return stamped


def test_what_is_appended_is_loaded(tmp_path: Path) -> None:
    log = tmp_path / corrections.FILE
    assert corrections.load(log) == ()
    first = add(log, CELL)
    second = add(log, replace(CELL, row=3, name="Belanja makan", raw="1,,2"))
    assert corrections.load(log) == (first, second)
    assert first.reviewer == "sari"
    assert first.time.endswith("+00:00")


def test_the_log_only_grows(tmp_path: Path) -> None:
    log = tmp_path / corrections.FILE
    first = add(log, CELL)
    before = log.read_bytes()
    add(log, replace(CELL, action=Action.UNDO, undoes=first.id))
    assert log.read_bytes().startswith(before)
    assert corrections.load(log) == ()


def test_the_last_word_counts_and_an_undo_brings_back_the_one_before(tmp_path: Path) -> None:
    log = tmp_path / corrections.FILE
    first = add(log, CELL)
    second = add(log, replace(CELL, new="500000000"))
    assert corrections.load(log) == (second,)
    add(log, replace(CELL, action=Action.UNDO, undoes=second.id))
    assert corrections.load(log) == (first,)


def test_accepting_a_sum_keeps_the_value_that_was_set_before(tmp_path: Path) -> None:
    log = tmp_path / corrections.FILE
    value = add(log, replace(CELL, code="sum-mismatch"))
    kept = add(log, replace(CELL, action=Action.ACCEPT, code="sum-mismatch", new=None))
    assert set(corrections.load(log)) == {value, kept}


def test_a_line_cut_off_by_a_crash_swallows_no_other(tmp_path: Path) -> None:
    log = tmp_path / corrections.FILE
    add(log, CELL)
    whole = log.read_bytes()
    log.write_bytes(whole + whole[:40])
    with pytest.raises(UsageError, match="line 2"):
        corrections.load(log)
    third = add(log, replace(CELL, row=9))
    kept = [line for line in log.read_text().splitlines() if line.endswith("}")]
    log.write_text("\n".join(kept))
    assert third in corrections.load(log)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"doc_id": "a"}',
        '{"doc_id":"a","file":"f","action":"delete-everything"}',
        '{"doc_id":"a","file":"f","action":"set","new":"lima puluh"}',
        '{"doc_id":"a","file":"f","action":"set","new":"NaN"}',
        '{"doc_id":"a","file":"f","action":"set","new":"1","box":[1,2]}',
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path: Path, line: str) -> None:
    log = tmp_path / corrections.FILE
    log.write_text(line + "\n")
    with pytest.raises(UsageError, match="line 1"):
        corrections.load(log)


def test_only_a_documents_own_corrections_change_its_fingerprint() -> None:
    other = replace(CELL, doc_id="cd" * 32, file="other.pdf")
    mine = corrections.relevant((CELL, other), CELL.doc_id, CELL.file)
    assert mine == (CELL,)
    assert corrections.fingerprint(()) == ""
    assert corrections.fingerprint(mine) != corrections.fingerprint((replace(CELL, new="1"),))


def test_a_correction_of_an_earlier_content_of_the_file_is_not_forgotten() -> None:
    assert corrections.relevant((CELL,), "ef" * 32, "kalianget.pdf") == (CELL,)
