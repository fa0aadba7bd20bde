"""Every page of a document, typed or scanned, to a `Page` with its text and tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pypdfium2 as pdfium

from lkjip.errors import DocumentRejected, LkjipError
from lkjip.extract.bounds import check_images, check_page
from lkjip.extract.leaf import Leaf
from lkjip.extract.tables.titles import with_titles
from lkjip.extract.triage import has_pictures, kind_of
from lkjip.extract.typed.page import Find, read_typed_page
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Page, PageKind
from lkjip.settings import Settings

NO_MEMORY = re.compile(r"Insufficient memory|bad_alloc")  # OpenCV's and C++'s MemoryError


class PageRead(NamedTuple):
    """What came of one page; `page` is None where it could not be read, and `error` says why."""

    page: Page | None
    issues: tuple[Issue, ...] = ()
    error: LkjipError | None = None


Keep = Callable[[int, Callable[[], PageRead], int], PageRead]


def read_afresh(number: int, read: Callable[[], PageRead], total: int) -> PageRead:
    """The keeper that keeps nothing: every page is read."""
    return read()


def read_pages(
    document: pdfium.PdfDocument, settings: Settings, keep: Keep = read_afresh
) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    """The pages that can be read, and the issues of all of them.

    `keep(number, read, total)` gives back what is kept of a page or calls `read`: the
    bulk run uses it to save each page as it is done and to leave out the page that
    killed its worker. Raises the first page's error where no page can be read.
    """
    total = len(document)
    reads = [
        keep(number, lambda number=number: try_page(document, number, settings), total)  # type: ignore[misc]
        for number in range(1, total + 1)
    ]
    pages = tuple(read.page for read in reads if read.page is not None)
    error = next((read.error for read in reads if read.error is not None), None)
    if not pages and error is not None:
        raise error
    return pages, tuple(issue for read in reads for issue in read.issues)


def unreadable(number: int, error: Exception) -> PageRead:
    """A page lost to `error`: one issue in its place."""
    if not isinstance(error, LkjipError):
        error = DocumentRejected(f"{type(error).__name__}: {error}")
    message = f"page {number} cannot be read: {error}"
    issue = Issue(IssueCode.PAGE_UNREADABLE, Severity.ERROR, message, number)
    return PageRead(None, (issue,), type(error)(message))


def read_page(
    document: pdfium.PdfDocument, number: int, settings: Settings, find: Find | None = None
) -> Page:
    """One page (1-based). The pdfium page is closed before the next is opened.

    `find` looks for the tables of a typed page in place of the finder of budget tables.
    """
    return _read(document, number, settings, find)[0]


def _read(
    document: pdfium.PdfDocument, number: int, settings: Settings, find: Find | None
) -> tuple[Page, tuple[Issue, ...]]:
    """The page, and what of it is lost."""
    with Leaf(document[number - 1]) as leaf:
        check_page(leaf.page)
        if kind_of(leaf, settings) is not PageKind.SCANNED:
            page = read_typed_page(leaf, number, find)
            if find is None and settings.ocr != "never" and has_pictures(leaf):
                page = _with_pasted(page, leaf, settings)
            return with_titles(page), ()
        from lkjip.extract.scanned import cut_pictures, read_scanned_page

        check_images(leaf.page, settings)
        page = with_titles(read_scanned_page(leaf.page, number, settings))
        return page, (_cut(number),) if cut_pictures(leaf.page) else ()


def _with_pasted(page: Page, leaf: Leaf, settings: Settings) -> Page:
    """A typed page with the tables that are pasted into it as pictures."""
    from lkjip.extract.scanned.pasted import pasted_tables

    check_images(leaf.page, settings)
    pasted = pasted_tables(leaf.page, page, settings)
    tables = sorted((*page.tables, *pasted), key=lambda table: (table.box.y0, table.box.x0))
    return replace(page, tables=tuple(tables))


def _cut(number: int) -> Issue:
    message = f"page {number} is a picture whose file ends too early: what is below is lost"
    return Issue(IssueCode.PAGE_UNREADABLE, Severity.ERROR, message, number)


def try_page(
    document: pdfium.PdfDocument, number: int, settings: Settings, find: Find | None = None
) -> PageRead:
    """One page; whatever goes wrong with it costs this page only."""
    try:
        return PageRead(*_read(document, number, settings, find))
    except MemoryError:
        raise
    except Exception as error:  # a page may break any library that reads it
        if NO_MEMORY.search(str(error)):
            raise MemoryError from error
        return unreadable(number, error)
