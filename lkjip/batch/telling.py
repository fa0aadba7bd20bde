"""What a run tells on stderr while it goes on: a bar on a terminal, else plain lines, or JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Protocol

from lkjip.batch.journal import Summary
from lkjip.errors import LkjipError

EVERY_SECONDS = 10.0  # between two plain lines on how far a run has come


class Telling(Protocol):
    def begin(self, total: int) -> None: ...

    def page(self, file: str, page: int, pages: int) -> None:
        """A document is at a page of its pages; called again and again."""

    def done(
        self, file: str, summary: Summary | None, refusal: LkjipError | None, known: bool = False
    ) -> None:
        """A document is done, or was `known` from an earlier run."""

    def end(self) -> None: ...


class Silent:
    def begin(self, total: int) -> None: ...

    def page(self, file: str, page: int, pages: int) -> None: ...

    def done(
        self, file: str, summary: Summary | None, refusal: LkjipError | None, known: bool = False
    ) -> None: ...

    def end(self) -> None: ...


class Plain:
    """A line for each document that failed, and now and then one on how far the run has come.

    Of a document alone the lines tell its pages. `every`: a line for each document that
    was read, too.
    """

    def __init__(self, every: bool = False) -> None:
        self.every = every
        self.total = self.count = self.pages = self.failed = self.known = 0
        self.began = self.told = time.monotonic()

    def begin(self, total: int) -> None:
        self.total = total

    def page(self, file: str, page: int, pages: int) -> None:
        if self.total == 1 and time.monotonic() - self.told >= EVERY_SECONDS:
            self.told = time.monotonic()
            self.say(f"{printable(file)}: page {page} of {pages}")

    def done(
        self, file: str, summary: Summary | None, refusal: LkjipError | None, known: bool = False
    ) -> None:
        self.count += 1
        self.known += known
        self.pages += summary.pages if summary and not known else 0
        why = failure(summary, refusal)
        self.failed += why is not None
        if why and not known:
            self.say(f"{printable(file)}: {why}")
        elif summary and self.every:
            self.say(f"{printable(file)}: {'known' if known else of(summary)}")
        if time.monotonic() - self.told >= EVERY_SECONDS:
            self.told = time.monotonic()
            self.say(self.progress())

    def end(self) -> None:
        self.say(self.progress())

    def progress(self) -> str:
        rate = self.pages / max(time.monotonic() - self.began, 1e-9)
        known = f", {self.known} known" if self.known else ""
        return (
            f"{self.count} of {self.total} documents, {self.failed} failed{known}, "
            f"{rate:.1f} pages/s"
        )

    def say(self, text: str) -> None:
        print(f"lkjip: {text}", file=sys.stderr, flush=True)


class Json:
    """One JSON object a line: `begin`, `document` for each, `end`; `page` of one alone."""

    def begin(self, total: int) -> None:
        self.total, self.at = total, 0
        self._say(event="begin", documents=total)

    def page(self, file: str, page: int, pages: int) -> None:
        if self.total == 1 and page != self.at:
            self.at = page
            self._say(event="page", file=file, page=page, pages=pages)

    def done(
        self, file: str, summary: Summary | None, refusal: LkjipError | None, known: bool = False
    ) -> None:
        told: dict[str, Any] = {"file": file, "known": known}
        if summary is not None:
            told |= {
                "status": summary.status, "reason": summary.reason, "pages": summary.pages,
                "lines": summary.lines, "issues": summary.issues, "seconds": summary.seconds,
            }  # fmt: skip
        elif refusal is not None:
            told |= {"status": "rejected", "reason": str(refusal)}
        self._say(event="document", **told)

    def end(self) -> None:
        self._say(event="end")

    def _say(self, **what: Any) -> None:
        line = {"time": round(time.time(), 3), **what}
        print(json.dumps(line), file=sys.stderr, flush=True)


class Bar(Plain):
    """Progress of a run on a terminal: documents, pages a second, time to go, failures."""

    def __init__(self, every: bool = False) -> None:
        super().__init__(every)
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self.bar = Progress(
            MofNCompleteColumn(), TextColumn("{task.fields[what]}"), BarColumn(),
            TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("to go"),
            TextColumn("{task.fields[failures]}", style="red"),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip

    def begin(self, total: int) -> None:
        super().begin(total)
        self.task = self.bar.add_task("", total=total, what="documents", rate="", failures="")
        self.bar.start()

    def page(self, file: str, page: int, pages: int) -> None:
        """The bar of a document alone counts its pages."""
        if self.total == 1 and pages > 1:
            self.bar.update(self.task, total=pages, completed=page - 1, what="pages")

    def done(
        self, file: str, summary: Summary | None, refusal: LkjipError | None, known: bool = False
    ) -> None:
        super().done(file, summary, refusal, known)
        rate = self.pages / max(time.monotonic() - self.began, 1e-9)
        failures = f"{self.failed} failed" if self.failed else ""
        self.bar.update(self.task, advance=1, rate=f"{rate:.1f} pages/s", failures=failures)

    def end(self) -> None:
        self.bar.stop()
        super().end()

    def say(self, text: str) -> None:
        self.bar.console.print(f"lkjip: {text}", markup=False, highlight=False, soft_wrap=True)


def telling(log_format: str, every: bool = False) -> Telling:
    """The way that fits: JSON if asked for, a bar on a terminal, plain lines elsewhere."""
    if log_format == "json":
        return Json()
    return Bar(every) if sys.stderr.isatty() else Plain(every)


def of(summary: Summary) -> str:
    return (
        f"{summary.status}, {summary.pages} pages, {summary.lines} lines, "
        f"{summary.issues} issues, {summary.seconds:.1f} s"
    )


def failure(summary: Summary | None, refusal: LkjipError | None) -> str | None:
    """Why a document failed, or None."""
    if refusal is not None:
        return str(refusal)
    return (summary.reason or summary.status) if summary is not None and summary.failed else None


def printable(text: str) -> str:
    """A file's name without what could drive a terminal or pass for another line."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
