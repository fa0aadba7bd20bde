"""Ways to find the tables of a typed page, behind one small protocol.

`pdfium` is the built-in one. `pdfplumber` and `camelot` are for comparison; each
is imported only when it is chosen. A further engine is one module with a
function of the same shape and one row in `ENGINES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from lkjip.errors import DocumentRejected, LkjipError, UsageError
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


def find_tables(path: Path, pages: Sequence[int] | None, settings: Settings) -> Iterator[Table]:
    """The tables of the given pages (all, if none are given), in reading order, page by page.

    Raises `DocumentRejected` or `LimitExceeded` when the file cannot be read,
    and `UsageError` for a page that it does not have.
    """
    with open_document(path, settings) as (pdf, _):
        count = len(pdf)
    wanted = range(1, count + 1) if pages is None else sorted(set(pages))
    for number in wanted:
        if not 1 <= number <= count:
            raise UsageError(f"{path.name} has {count} pages, no page {number}")
    for number, tables, error in _each(path, wanted, settings):
        if error is not None:
            raise DocumentRejected(_failure(number, settings.engine, error)) from error
        yield from tables


def read_with(
    path: Path, pages: Sequence[Page], settings: Settings
) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    """The pages with the tables of the chosen engine in place of the built-in one's.

    Scanned pages stay as they are: the other engines see nothing there. A page
    that the engine fails on keeps no tables, and an issue says so.
    """
    if settings.engine == "pdfium":
        return tuple(pages), ()
    typed = [page.number for page in pages if page.kind is PageKind.TYPED]
    found: dict[int, tuple[Table, ...]] = {}
    issues = []
    for number, tables, error in _each(path, typed, settings):
        found[number] = tables
        if error is not None:
            why = _failure(number, settings.engine, error)
            issues.append(Issue(IssueCode.PAGE_UNREADABLE, Severity.ERROR, why, number))
    return tuple(
        replace(page, tables=found.get(page.number, page.tables)) for page in pages
    ), tuple(issues)


def _each(
    path: Path, numbers: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...], Exception | None]]:
    """Each page with its tables, or with what a foreign parser threw; the other pages go on."""
    waiting = list(numbers)
    while waiting:
        try:
            for number, tables in engine(settings.engine)(path, tuple(waiting), settings):
                waiting.remove(number)
                yield number, tables, None
            return
        except LkjipError:
            raise
        except Exception as error:
            yield waiting.pop(0), (), error


def _failure(page: int, name: str, error: Exception) -> str:
    return f"{name} fails on page {page}: {type(error).__name__}: {error}"
