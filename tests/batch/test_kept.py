"""Pages kept one by one: when to stop reading, so that there is time to say what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip.batch import kept
from lkjip.batch.kept import KeptPages
from lkjip.extract.pages import PageRead
from lkjip.issues import IssueCode
from lkjip.records import Page, PageKind
from lkjip.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that pages take, and no alarm: it would end pytest."""
    clock = Clock()
    monkeypatch.setattr(kept, "time", clock)
    monkeypatch.setattr(kept, "alarm", lambda seconds: None)
    return clock


@pytest.mark.parametrize(
    ("kind", "done", "why"),
    [
        (PageKind.TYPED, 17, "what typed pages mean takes longer than to read them"),
        (PageKind.SCANNED, 90, "a scanned page is dear to read and cheap to understand"),
    ],
)
def test_reading_stops_in_time(
    kind: PageKind, done: int, why: str, tmp_path: Path, clock: Clock
) -> None:
    def read(number: int) -> PageRead:
        clock.now += 1
        return PageRead(Page(number, 595, 842, kind))

    keep = KeptPages(tmp_path, Settings(), {}, seconds=100)
    reads = [keep(n, lambda n=n: read(n)) for n in range(1, 201)]  # type: ignore[misc]
    keep.close()
    assert sum(result.page is not None for result in reads) == done, why
    codes = [issue.code for result in reads for issue in result.issues]
    assert codes == [IssueCode.DOCUMENT_CUT_OFF]


def test_the_next_worker_knows_how_long_the_kept_pages_took(tmp_path: Path, clock: Clock) -> None:
    def read(number: int) -> PageRead:
        clock.now += 2
        return PageRead(Page(number, 595, 842, PageKind.TYPED))

    first = KeptPages(tmp_path, Settings(), {}, seconds=100)
    assert first(1, lambda: read(1)).page is not None
    first.close()
    second = KeptPages(tmp_path, Settings(), {}, seconds=100)
    second.close()
    assert (list(second.done), second.typed_seconds) == ([1], 2)
