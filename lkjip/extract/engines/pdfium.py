"""The built-in engine: typed pages by their rulings and text, scanned ones by OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lkjip.errors import LkjipError
from lkjip.extract.document import open_document
from lkjip.extract.general.page import find_any_tables
from lkjip.extract.pages import try_page
from lkjip.extract.typed.page import Find
from lkjip.records import Table
from lkjip.settings import Settings


def tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    """Tables of any kind."""
    return _tables(path, pages, settings, find_any_tables)


def budget_tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    """Tables as `lkjip run` finds them, which looks for numbers."""
    return _tables(path, pages, settings, None)


def _tables(
    path: Path, pages: Sequence[int], settings: Settings, find: Find | None
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    """Each page is closed, and forgotten here, before the next is opened.

    Raises the first page's error where no page can be read.
    """
    failed: LkjipError | None = None
    is_read = False
    with open_document(path, settings) as (pdf, _):
        for number in pages:
            page, _, error = try_page(pdf, number, settings, find)
            if page is not None:
                is_read = True
                yield number, page.tables
            failed = failed or error
    if failed is not None and not is_read:
        raise failed
