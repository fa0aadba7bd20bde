"""A document alone is told by its pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lkjip.batch import kept, telling
from lkjip.batch.kept import KeptPages, read_begun
from lkjip.extract.pages import PageRead
from lkjip.records import Page, PageKind
from lkjip.settings import Settings


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(telling, "time", clock)
    return clock


@pytest.mark.parametrize(("total", "lines"), [(1, 2), (2, 0)])
def test_plain_lines_tell_a_page_now_and_then(
    total: int, lines: int, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = telling.Plain()
    plain.begin(total)
    for page in range(1, 10):
        clock.now += 3
        plain.page("scan.pdf", page, 9)
    said = capsys.readouterr().err.splitlines()
    assert said == ["lkjip: scan.pdf: page 4 of 9", "lkjip: scan.pdf: page 8 of 9"][:lines]


def test_json_tells_each_page_once(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    teller = telling.Json()
    teller.begin(1)
    for page in (1, 1, 2):
        teller.page("scan.pdf", page, 2)
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(e["event"], e.get("page")) for e in events] == [
        ("begin", None), ("page", 1), ("page", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "pages", "counted", "what"),
    [(1, 14, (2, 14), "pages"), (2, 14, (0, 2), "documents"), (1, 1, (0, 1), "documents")],
)
def test_the_bar_of_one_document_counts_its_pages(
    documents: int, pages: int, counted: tuple[int, int], what: str
) -> None:
    bar = telling.Bar()
    bar.begin(documents)
    bar.page("scan.pdf", 3 if pages > 1 else 1, pages)
    (task,) = bar.bar.tasks
    bar.end()
    assert (task.completed, task.total) == counted
    assert task.fields["what"] == what


def test_the_worker_notes_its_page_and_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "alarm", lambda seconds: None)  # it would end pytest
    keep = KeptPages(tmp_path, Settings(), {}, seconds=100)
    seen = []

    def read() -> PageRead:
        begun = read_begun(tmp_path)
        seen.append((begun.page, begun.pages) if begun else None)
        return PageRead(Page(2, 595, 842, PageKind.SCANNED))

    keep(2, read, 14)
    keep.close()
    assert seen == [(2, 14)]
