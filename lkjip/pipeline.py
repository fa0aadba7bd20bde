"""One document through every stage."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from lkjip.errors import DocumentCrashed, LimitExceeded, LkjipError
from lkjip.extract.document import hash_file, open_document
from lkjip.extract.engines import read_with
from lkjip.extract.pages import Keep, read_afresh, read_pages
from lkjip.extract.stitch import stitch
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.accounts.match import match_accounts
from lkjip.normalize.accounts.places import with_places
from lkjip.normalize.confirm import confirm
from lkjip.normalize.displayed import displayed
from lkjip.normalize.identity.identify import identify
from lkjip.normalize.identity.office_columns import with_agencies
from lkjip.normalize.ledger import prove_all
from lkjip.normalize.mentions.find import find_mentions
from lkjip.normalize.tables import read_tables
from lkjip.records import Document, Identity, Page, PageKind, ReadTable, Report, Status
from lkjip.review.corrections import corrections_of
from lkjip.review.replay import Replay, replay, settle, with_accounts, with_identity
from lkjip.settings import Settings

FAILURES: dict[type[LkjipError], Status] = {
    LimitExceeded: Status.LIMIT,
    DocumentCrashed: Status.CRASHED,
}


def read(
    path: Path, settings: Settings, file: str | None = None, keep: Keep = read_afresh
) -> Report:
    """Read one report; never raises for what the document did.

    `file` is the name that the output shows (the path relative to the input
    root). A document that cannot be read comes back with status `rejected` or
    `limit` and the reason. `keep` may keep pages as they are read (see `read_pages`).
    """
    started = time.process_time()
    document = Document(hash_file(path), file or path.name, Status.OK)
    try:
        pages, issues = _extract(path, settings, keep)
    except LkjipError as error:
        return rejected(document, error)
    done, doubts = _understand(pages, document, settings)
    identity, contradictions = identify(pages, document.file)
    identity = with_identity(identity, done)
    tables, unproven = _prove(done.tables, identity, settings)
    tables = with_accounts(tables, done)
    mentions, mismatches = find_mentions(pages, tables)
    document = replace(
        document,
        pages=len(pages),
        pages_typed=sum(page.kind is PageKind.TYPED for page in pages),
        pages_scanned=sum(page.kind is PageKind.SCANNED for page in pages),
        identity=identity,
        seconds=time.process_time() - started,
    )
    found = (*issues, *doubts, *unproven, *contradictions, *mismatches)
    return Report(document, tables, mentions, settle(found, done))


def _prove(
    tables: tuple[ReadTable, ...], identity: Identity, settings: Settings
) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    """Every table proven and matched; anew where the chart knows the place of lines better."""
    proven, issues = _matched(tables, identity, settings)
    placed = with_places(tables, proven)
    if placed is None:
        return proven, issues
    again, others = _matched(placed, identity, settings)
    return (again, others) if _confirmed(again) >= _confirmed(proven) else (proven, issues)


def _matched(
    tables: tuple[ReadTable, ...], identity: Identity, settings: Settings
) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    proven, unproven = confirm(*prove_all(tables))
    matched, ambiguous = match_accounts(with_agencies(proven, identity), identity, settings)
    return matched, (*unproven, *ambiguous)


def _confirmed(tables: tuple[ReadTable, ...]) -> int:
    return sum(len(line.verified) for table in tables for line in table.lines)


def rejected(document: Document, error: LkjipError) -> Report:
    """The report of a document that could not be read: its row and one issue, nothing else."""
    issue = Issue(IssueCode.DOCUMENT_REJECTED, Severity.ERROR, str(error))
    failed = replace(document, status=status_for(error), reason=str(error))
    return Report(failed, issues=(issue,))


def status_for(error: LkjipError) -> Status:
    """The status of a document that ended with `error`."""
    return FAILURES.get(type(error), Status.REJECTED)


def _extract(
    path: Path, settings: Settings, keep: Keep
) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    with open_document(path, settings) as (pdf, damage):
        pages, issues = read_pages(pdf, settings, keep)
    pages, failures = read_with(path, pages, settings)
    return pages, (*damage, *issues, *failures)


def _understand(
    pages: tuple[Page, ...], document: Document, settings: Settings
) -> tuple[Replay, tuple[Issue, ...]]:
    """Every logical table with its meaning, and a person's corrections in place."""
    reads = read_tables(stitch(pages))
    made = corrections_of(document, settings)
    tables = tuple(displayed(table, pages) for table, _ in reads)
    doubts = tuple(issue for _, issues in reads for issue in issues)
    return replay(tables, document.doc_id, made), doubts
