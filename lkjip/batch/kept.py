"""The pages of a document, kept on disk as they are read.

When a document kills its worker, the next worker takes up the pages that were done
and leaves out the one that was not. One folder a document, gone when it is done.
"""

from __future__ import annotations

import pickle
import struct
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from lkjip.batch.limits import alarm
from lkjip.errors import LimitExceeded, LkjipError
from lkjip.extract.pages import PageRead, unreadable
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import PageKind
from lkjip.settings import Settings

_BEGUN = struct.Struct("<iid")
PAGES_SHARE = 0.9  # of a document's time is for its pages at the most
# Time to see what typed pages mean, in times of what it takes to read them: 4.4 for one table
# over 3,000 pages, 0.6 for most reports. Of scanned pages the reading is nearly all.
MEANING = 5.0


class KeptPages:
    """The `keep` of `read_pages` for a document that may be cut off at any page.

    `lost` names the pages that killed a worker and why. The document may take `seconds`; once
    what is left of them is needed to make sense of the pages read, or from the start
    where `stop` says why, no further page is read.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        lost: Mapping[int, LkjipError],
        seconds: float,
        stop: LkjipError | None = None,
    ) -> None:
        now = time.monotonic()
        self.until, self.end = now + seconds * PAGES_SHARE, now + seconds
        self.lost, self.settings, self.stop = dict(lost), settings, stop
        self.cut, self._started = False, now
        self.done, self.typed_seconds = read_kept(folder)
        self._pages = (folder / "pages").open("ab")
        self._begun = (folder / "begun").open("wb", buffering=0)
        self._note(0, 0)
        alarm(seconds)

    def __call__(self, number: int, read: Callable[[], PageRead], total: int = 0) -> PageRead:
        if number in self.done:
            return self.done[number]
        if number in self.lost:
            return unreadable(number, self.lost[number])
        began = time.monotonic()
        left = self.until - began
        if self.stop or left <= 0 or self.end - began <= MEANING * self.typed_seconds:
            self.stop = self.stop or slow_document(self.settings)
            return self._cut_off(number)
        self._note(number, total)
        alarm(min(self.settings.page_seconds, left))
        try:
            result = read()
        except MemoryError:
            self.lost[number] = out_of_memory(self.settings)
            result = unreadable(number, self.lost[number])
        seconds = time.monotonic() - began
        self.typed_seconds += seconds * _is_typed(result)
        alarm(self.end - time.monotonic())
        pickle.dump((number, result, seconds), self._pages, protocol=pickle.HIGHEST_PROTOCOL)
        self._pages.flush()
        self._note(0, total)
        return result

    def close(self) -> None:
        self._pages.close()
        self._begun.close()

    def _note(self, number: int, total: int) -> None:
        self._begun.seek(0)
        self._begun.write(_BEGUN.pack(number, total, self._started))

    def _cut_off(self, number: int) -> PageRead:
        """The first page that there was no time for says so; those after it add nothing."""
        if self.cut:
            return PageRead(None)
        self.cut = True
        message = f"not read from page {number} on: {self.stop}"
        return PageRead(None, (Issue(IssueCode.DOCUMENT_CUT_OFF, Severity.ERROR, message, number),))


def _is_typed(result: PageRead) -> bool:
    return result.page is not None and result.page.kind is PageKind.TYPED


def read_kept(folder: Path) -> tuple[dict[int, PageRead], float]:
    """The pages that were done, and how long reading the typed ones took, in seconds.

    A record that was being written when its writer died is none.
    """
    done: dict[int, PageRead] = {}
    typed_seconds = 0.0
    try:
        with (folder / "pages").open("rb") as file:
            whole = 0
            while True:
                try:
                    number, result, seconds = pickle.load(file)
                except (EOFError, pickle.UnpicklingError, ValueError, IndexError):
                    break
                done[number] = result
                typed_seconds += seconds * _is_typed(result)
                whole = file.tell()
        with (folder / "pages").open("r+b") as file:
            file.truncate(whole)
    except FileNotFoundError:
        pass
    return done, typed_seconds


class Begun(NamedTuple):
    """How far a worker had come: the page that it was at, if any, and when it began."""

    page: int | None
    pages: int  # of the document, 0 before the first
    started: float  # time.monotonic, which all processes share


def read_begun(folder: Path) -> Begun | None:
    """The note of the last worker of a document; None where none began."""
    try:
        page, pages, started = _BEGUN.unpack((folder / "begun").read_bytes())
    except (FileNotFoundError, struct.error):
        return None
    return Begun(page or None, pages, started)


def slow_page(settings: Settings) -> LimitExceeded:
    return LimitExceeded(f"takes longer than the {settings.page_seconds:g} s of a page")


def slow_document(settings: Settings) -> LimitExceeded:
    return LimitExceeded(f"takes longer than the {settings.document_seconds:g} s of a document")


def out_of_memory(settings: Settings) -> LimitExceeded:
    return LimitExceeded(
        f"needs more memory than the limit of {settings.memory_bytes / 2**30:g} GiB"
    )
