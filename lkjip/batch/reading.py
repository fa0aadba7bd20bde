"""What is known of the documents of a run, while it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from heapq import nlargest
from pathlib import Path
from typing import Any

from lkjip.batch.assemble import Listed
from lkjip.batch.intake import Input, hash_input
from lkjip.batch.journal import FAILED, Summary, entry_path, key_of, read_summary
from lkjip.batch.pool import Crew, Outcome, default_jobs, main_left_alone
from lkjip.batch.remote import push
from lkjip.batch.shards import Shard, journal_of
from lkjip.batch.telling import Telling
from lkjip.batch.worker import Reader, Task
from lkjip.errors import DiskFull, DocumentCrashed, ExitCode, LkjipError
from lkjip.pipeline import read, status_for
from lkjip.records import Status
from lkjip.review import corrections
from lkjip.settings import Settings

TOLD_ISSUES = 5


@dataclass(frozen=True, slots=True)
class How:
    """How a run goes about its work; none of it changes what comes out."""

    jobs: int = field(default_factory=default_jobs)
    force: bool = False  # read known documents anew
    retry_failed: bool = False  # read those anew that failed or lost pages
    shard: Shard | None = None
    strict: bool = False
    on: str | None = None  # the address of a Ray cluster
    mirror: str | None = None  # the URL that new entries go to as well
    writing: dict[str, Any] = field(default_factory=dict)  # for `write_output`
    reader: Reader = read


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the run. `costliest` holds (rupiah at stake, file, issue id, message)."""

    exit_code: ExitCode
    counts: dict[str, int]
    rows: dict[str, int]
    costliest: tuple[tuple[Decimal, str, str, str], ...] = ()


class Reading:
    """What is known of the documents of a run, while it goes on."""

    def __init__(self, output: Path, settings: Settings, how: How, scratch: Path) -> None:
        self.output, self.journal = output, journal_of(output)
        self.settings, self.how, self.scratch = _with_corrections(settings, output), how, scratch
        self.listing: dict[str, Listed] = {}
        self.twins: set[str] = set()  # files whose bytes another one has
        self.costly: list[tuple[Decimal, str, str, str]] = []
        self._status: dict[Path, tuple[Status, int]] = {}  # of entries: status, errors that stand
        self._lost: dict[Path, LkjipError] = {}  # entries that came to nothing

    def go(self, inputs: Iterable[Input], telling: Telling) -> None:
        """Have everything read that has to be; `listing` is complete afterwards."""
        with main_left_alone(), Crew(self.how.jobs, self.settings) as crew:

            def tell_pages() -> None:
                for file, begun in crew.at_work():
                    if begun.page is not None:
                        telling.page(file, begun.page, begun.pages)

            for outcome in crew.run(self._tasks(inputs, telling), tell_pages):
                listed = self._settled(outcome)
                self.list(listed, outcome.summary)
                if listed.entry is not None:
                    self.mirror(listed.entry)
                telling.done(listed.file, outcome.summary, listed.refusal)
        for file in self.twins:  # a file whose bytes another one has shares its fate
            entry = self.listing[file].entry
            if entry in self._lost:
                self.listing[file] = Listed(file, None, self._lost[entry])

    def sort_in(self, item: Input) -> Task | Summary | None:
        """The task of an input that has to be read, or what is known of it.

        None for one that is refused, or whose bytes were met before.
        """
        refusal, key = item.refusal, ""
        if refusal is None:
            try:
                doc_id = hash_input(item.path)
                key = key_of(doc_id, item.file, self.settings)
            except LkjipError as error:
                refusal = error
        if refusal is not None:
            self.list(Listed(item.file, None, refusal))
            return None
        entry = entry_path(self.journal, key)
        if entry in self._status:
            self.twins.add(item.file)
            self.listing[item.file] = Listed(item.file, entry)
            return None
        known = None if self.how.force else read_summary(entry)
        if known is not None and not (self.how.retry_failed and known.failed):
            self.list(Listed(item.file, entry), known)
            return known
        self._status[entry] = (Status.CRASHED, 0)  # until it is done
        self.listing[item.file] = Listed(item.file, entry)
        folder = self.scratch / doc_id[:16]
        seconds = self.settings.document_seconds
        return Task(
            item.file, item.path, doc_id, self.settings, entry, folder, seconds,
            reader=self.how.reader,
        )  # fmt: skip

    def known(self) -> frozenset[str]:
        """The keys of the entries that need no reading."""
        if self.how.force:
            return frozenset()
        return frozenset(
            path.stem
            for path in self.journal.rglob("*.zip")
            if (summary := read_summary(path)) is not None
            and not (self.how.retry_failed and summary.failed)
        )

    def mirror(self, entry: Path) -> None:
        """Put a new entry where the run's mirror is, if it has one."""
        if self.how.mirror is not None:
            push(entry, f"{self.how.mirror}/{entry.relative_to(self.output).as_posix()}")

    def list(self, listed: Listed, summary: Summary | None = None) -> None:
        self.listing[listed.file] = listed
        if summary is None or listed.entry is None:
            return
        self._status[listed.entry] = (summary.status, summary.errors)
        self.costly += [(Decimal(r), listed.file, i, text) for r, i, text in summary.costliest]
        self.costly = nlargest(TOLD_ISSUES, self.costly)

    def counts(self) -> dict[str, int]:
        count = Counter(self._status_of(listed) for listed in self.listing.values())
        return {str(status): count[status] for status in Status if count[status]}

    def result(self, rows: dict[str, int], how: How) -> Result:
        counts = self.counts()
        errors = any(errors for _, errors in self._status.values())
        code = _exit_code(counts, how.strict and errors)
        return Result(code, counts, rows, tuple(self.costly))

    def _tasks(self, inputs: Iterable[Input], telling: Telling) -> Iterator[Task]:
        for item in inputs:
            found = self.sort_in(item)
            if isinstance(found, Task):
                yield found
            else:
                refusal = self.listing[item.file].refusal
                telling.done(item.file, found, refusal, known=refusal is None)

    def _settled(self, outcome: Outcome) -> Listed:
        task, error = outcome.task, outcome.error
        if error is None:
            return Listed(task.file, task.entry)
        if isinstance(error, DiskFull):
            raise error
        self._lost[task.entry] = as_crash(error)
        return Listed(task.file, None, self._lost[task.entry])

    def _status_of(self, listed: Listed) -> Status:
        if listed.entry is not None:
            return self._status[listed.entry][0]
        return Status.REJECTED if listed.refusal is None else status_for(listed.refusal)


def as_crash(error: Exception) -> LkjipError:
    """An error that nobody raised on purpose, as the end of its document."""
    if isinstance(error, LkjipError):
        return error
    return DocumentCrashed(f"ends with {type(error).__name__}: {error}")


def _exit_code(counts: dict[str, int], strict: bool) -> ExitCode:
    failed = sum(counts.get(status, 0) for status in FAILED)
    if failed == sum(counts.values()):
        return ExitCode.NOTHING_USABLE
    if failed:
        return ExitCode.SOME_FAILED
    return ExitCode.STRICT if strict else ExitCode.OK


def _with_corrections(settings: Settings, output: Path) -> Settings:
    """The settings with what a person corrected in this output, unless they name another log."""
    log = output / corrections.FILE
    if settings.corrections is not None or not log.is_file():
        return settings
    return replace(settings, corrections=str(log))
