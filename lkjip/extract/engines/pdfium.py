"""The built-in engine: typed pages by their rulings and text, scanned ones by OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lkjip.extract.document import open_document
from lkjip.extract.pages import PageRead, read_pages
from lkjip.records import Table
from lkjip.settings import Settings


def tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    wanted = frozenset(pages)

    def keep(number: int, read: Callable[[], PageRead]) -> PageRead:
        return read() if number in wanted else PageRead(None)

    with open_document(path, settings) as (pdf, _):
        for page in read_pages(pdf, settings, keep)[0]:
            yield page.number, page.tables
