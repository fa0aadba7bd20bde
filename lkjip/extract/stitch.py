"""One logical table over several pages. (Being built.)"""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.records import Page, Table


def stitch(pages: Sequence[Page]) -> tuple[Table, ...]:
    """The tables of all pages in reading order; a table that goes on over pages is one."""
    return tuple(table for page in pages for table in page.tables)
