"""One document in a worker process: read it, and put what came of it into the journal."""

from __future__ import annotations

import errno
import faulthandler
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lkjip import pipeline
from lkjip.batch.journal import Summary, write_entry
from lkjip.batch.kept import KeptPages, out_of_memory
from lkjip.batch.limits import disarm, is_spent
from lkjip.errors import DiskFull, DocumentCrashed, DocumentRejected, LkjipError
from lkjip.issues import IssueCode, Severity
from lkjip.load.frames import tables_of
from lkjip.records import Document, Report, Status
from lkjip.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

Reader = Callable[..., Report]  # called as `pipeline.read` is

TOLD_ISSUES = 5
DOUBT = ["issue_id", "severity", "state", "rupiah_at_stake", "message"]
LOSSES = frozenset({IssueCode.PAGE_UNREADABLE, IssueCode.DOCUMENT_CUT_OFF})


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, in `seconds` at most.

    `entry` is its place in the journal and `folder` its own for the time being.
    `lost` holds the pages that killed earlier workers; `stop` says why no
    further page is to be read.
    """

    file: str
    path: Path
    doc_id: str
    settings: Settings
    entry: Path
    folder: Path
    seconds: float
    lost: Mapping[int, LkjipError] = field(default_factory=dict)
    stop: LkjipError | None = None
    reader: Reader = pipeline.read


class Done(NamedTuple):
    """What came of a document, and whether its worker is to be replaced for the memory it holds."""

    summary: Summary
    is_spent: bool


def work(task: Task) -> Done:
    """Read the document and write its entry.

    Raises `DocumentRejected` for a file that changed since it was listed and
    `DiskFull`; whatever else goes wrong becomes the document's status.
    """
    task.folder.mkdir(parents=True, exist_ok=True)
    try:
        with (task.folder / "fault").open("w") as fault:
            faulthandler.enable(fault)
            try:
                report = _read(task)
                return Done(settle(task, report), is_spent(task.settings))
            finally:
                faulthandler.disable()
                disarm()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"no space left for {task.entry.parent.parent}") from error
        raise


def settle(task: Task, report: Report) -> Summary:
    """Write the entry of a document that was read, or given up."""
    tables = tables_of([report])
    summary = summary_of(report, tables)
    write_entry(task.entry, tables, summary, task.folder)
    return summary


def summary_of(report: Report, tables: Mapping[str, pa.Table]) -> Summary:
    """What a run tells of a document, by the rows that are written of it."""
    (document,) = tables["documents"].select(["status", "pages", "lines", "issues"]).to_pylist()
    stand = [row for row in tables["issues"].select(DOUBT).to_pylist() if row["state"] == "open"]
    return Summary(
        status=Status(document.pop("status")),
        reason=report.document.reason,
        seconds=round(report.document.seconds, 3),
        whole=not any(issue.code in LOSSES for issue in report.issues),
        errors=sum(row["severity"] == Severity.ERROR for row in stand),
        costliest=_costliest(stand),
        **document,
    )


def _costliest(stand: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """(rupiah at stake, issue id, message) of the costliest doubts, each message once."""
    doubts = [
        (row["rupiah_at_stake"], row["issue_id"], row["message"])
        for row in stand
        if row["rupiah_at_stake"] is not None and row["severity"] != Severity.INFO
    ]
    told: dict[str, tuple[str, str, str]] = {}
    for stake, number, message in sorted(doubts, key=lambda item: (-item[0], item[1])):
        told.setdefault(message, (str(stake), number, message))
    return tuple(told.values())[:TOLD_ISSUES]


def given_up(task: Task, error: LkjipError) -> Report:
    """The report of a document that could not be read to any page."""
    return pipeline.rejected(Document(task.doc_id, task.file, Status.OK), error)


def _read(task: Task) -> Report:
    keep = KeptPages(task.folder, task.settings, task.lost, task.seconds, task.stop)
    try:
        report = task.reader(task.path, task.settings, task.file, keep)
    except MemoryError:
        return given_up(task, out_of_memory(task.settings))
    except (LkjipError, OSError):
        raise
    except BaseException as error:  # a bug, or a library that calls exit(): this document only
        return given_up(task, DocumentCrashed(f"ends with {type(error).__name__}: {error}"))
    finally:
        keep.close()
    if report.document.doc_id != task.doc_id:
        raise DocumentRejected("changed while it was read; run again")
    return report
