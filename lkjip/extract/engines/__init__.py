"""Ways to find the tables of a typed page, behind one small protocol.

`pdfium` is the built-in one. `pdfplumber` and `camelot` are for comparison; each
is imported only when it is chosen. A further engine is one module with a
function of the same shape and one row in `ENGINES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from lkjip.errors import UsageError
from lkjip.extract.document import open_document
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Page, PageKind, Table
from lkjip.settings import Settings


class Engine(Protocol):
    def __call__(
        self, path: Path, pages: Sequence[int], settings: Settings
    ) -> Iterable[tuple[int, tuple[Table, ...]]]:
        """Each of the 1-based `pages` with its tables, top to bottom."""


ENGINES = {
    "pdfium": "lkjip.extract.engines.pdfium:tables",
    "pdfplumber": "lkjip.extract.engines.plumber:tables",
    "camelot": "lkjip.extract.engines.lattice:tables",
}


def engine(name: str) -> Engine:
    module, _, function = ENGINES[name].partition(":")
    return cast(Engine, getattr(import_module(module), function))


def find_tables(path: Path, pages: Sequence[int] | None, settings: Settings) -> list[Table]:
    """The tables of the given pages (all, if none are given), in reading order.

    Raises `DocumentRejected` or `LimitExceeded` when the file cannot be read,
    and `UsageError` for a page that it does not have.
    """
    with open_document(path, settings) as (pdf, _):
        count = len(pdf)
    wanted = range(1, count + 1) if pages is None else sorted(set(pages))
    for number in wanted:
        if not 1 <= number <= count:
            raise UsageError(f"{path.name} has {count} pages, no page {number}")
    found = engine(settings.engine)(path, wanted, settings)
    return [table for _, tables in found for table in tables]


def read_with(
    path: Path, pages: Sequence[Page], settings: Settings
) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    """The pages with the tables of the chosen engine in place of the built-in one's.

    Scanned pages stay as they are: the other engines see nothing there. A page
    that the engine fails on keeps no tables, and an issue says so.
    """
    if settings.engine == "pdfium":
        return tuple(pages), ()
    read, issues = [], []
    tables = engine(settings.engine)
    for page in pages:
        try:
            found = (
                {} if page.kind is PageKind.SCANNED else dict(tables(path, [page.number], settings))
            )
            read.append(replace(page, tables=found.get(page.number, page.tables)))
        except Exception as error:  # whatever a foreign parser throws, the other pages go on
            read.append(replace(page, tables=()))
            issues.append(_failed(page.number, settings.engine, error))
    return tuple(read), tuple(issues)


def _failed(page: int, name: str, error: Exception) -> Issue:
    message = f"{name} fails on page {page}: {type(error).__name__}: {error}"
    return Issue(IssueCode.PAGE_UNREADABLE, Severity.ERROR, message, page)
