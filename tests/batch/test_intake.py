"""What is given becomes a list of inputs: nothing dropped, nothing opened blindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lkjip.batch.intake import hash_input, read_list, take_in
from lkjip.errors import DocumentRejected, UsageError
from lkjip.settings import Settings

SETTINGS = Settings(max_bytes=1000)


def pdf(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7 " + os.fsencode(path))
    return path


def names(*given: str | Path) -> list[str]:
    return [item.file for item in take_in(given, SETTINGS)]


def refusals(*given: str | Path) -> dict[str, str]:
    return {i.file: str(i.refusal) for i in take_in(given, SETTINGS) if i.refusal is not None}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("2015/LKJIP.pdf", "2016/LKJIP.PDF", "2016/deep/er/.hidden.pdf", "top.pdf"):
        pdf(tmp_path / "archive" / name)
    (tmp_path / "archive" / "notes.txt").write_text("no report")
    pdf(tmp_path / "archive" / ".lkjip" / "own.pdf")
    return tmp_path / "archive"


def test_a_folder_is_walked_and_its_names_mirrored(archive: Path) -> None:
    assert names(archive) == [
        "2015/LKJIP.pdf", "2016/LKJIP.PDF", "2016/deep/er/.hidden.pdf", "top.pdf",
    ]  # fmt: skip


def test_one_file_is_named_by_itself(archive: Path) -> None:
    assert names(archive / "2015" / "LKJIP.pdf") == ["LKJIP.pdf"]
    assert names(archive / "notes.txt") == ["notes.txt"]  # asked for by name: it gets its row


def test_files_of_one_name_in_two_folders_stay_two(archive: Path) -> None:
    given = [archive / "2015" / "LKJIP.pdf", archive / "2016" / "LKJIP.PDF", archive / "2016"]
    assert names(*given) == ["2015/LKJIP.pdf", "2016/LKJIP.PDF", "2016/deep/er/.hidden.pdf"]


def test_a_pattern_names_from_its_fixed_part_on(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(f"{archive}/*/LKJIP.*") == ["2015/LKJIP.pdf", "2016/LKJIP.PDF"]
    monkeypatch.chdir(archive)
    assert names("**/*.pdf")[-1] == "top.pdf"
    with pytest.raises(UsageError, match="nothing matches"):
        names("*/nothing*.pdf")


def test_a_file_that_is_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    assert names(pdf(tmp_path / "in" / "report[1].pdf")) == ["report[1].pdf"]


def test_what_is_no_regular_file_is_refused_unopened(archive: Path) -> None:
    os.mkfifo(archive / "fifo.pdf")
    (archive / "folder.pdf").mkdir()
    (archive / "dangling.pdf").symlink_to("nowhere.pdf")
    (archive / "loop.pdf").symlink_to("loop.pdf")
    (archive / "zero.pdf").symlink_to("/dev/zero")
    (archive / "out.pdf").symlink_to(pdf(archive.parent / "outside.pdf"))
    (archive / "years").symlink_to(archive.parent)
    (archive / "inside.pdf").symlink_to("top.pdf")
    with (archive / "sparse.pdf").open("wb") as file:
        file.truncate(2000)
    assert refusals(archive) == {
        "fifo.pdf": "a pipe, not a file",
        "folder.pdf": "a folder, not a file",
        "dangling.pdf": "cannot be opened: No such file or directory",
        "loop.pdf": "a link that leads to itself",
        "zero.pdf": "a link that leads out of the input folder",
        "out.pdf": "a link that leads out of the input folder",
        "years": "a link that leads out of the input folder",
        "sparse.pdf": "2000 bytes, more than the limit of 1000",
    }
    assert "inside.pdf" in names(archive)


def test_a_missing_file_has_its_row(tmp_path: Path) -> None:
    assert refusals(tmp_path / "x.pdf") == {"x.pdf": "cannot be opened: No such file or directory"}


def test_a_name_that_is_not_utf8_is_shown_as_text(tmp_path: Path) -> None:
    pdf(Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/laporan-\xff.pdf")))
    assert names(tmp_path / "in") == ["laporan-\\xff.pdf"]


def test_twins_of_unicode_stay_apart(tmp_path: Path) -> None:
    pdf(tmp_path / "in" / "caf\u00e9.pdf")
    pdf(tmp_path / "in" / "cafe\u0301.pdf")
    assert len(set(names(tmp_path / "in"))) == 2


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (b"a.pdf\nb c.pdf\n\n", ["a.pdf", "b c.pdf"]),
        (b"\xef\xbb\xbfa.pdf\r\nb.pdf\r\n", ["a.pdf", "b.pdf"]),
        (b"a\nb.pdf\0c.pdf\0", ["a\nb.pdf", "c.pdf"]),
        (b"", []),
    ],
)
def test_a_list_is_read_line_by_line_or_by_nul(text: bytes, paths: list[str]) -> None:
    assert read_list(text) == paths


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "late.pdf")
    with pytest.raises(DocumentRejected, match="not a regular file"):
        hash_input(tmp_path / "late.pdf")
