"""Tables whose rows name the office they belong to, in a column of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lkjip.normalize.identity.offices import find_offices
from lkjip.records import Identity, Line, Page, ReadTable, Table

HEADER = re.compile(
    r"(?:nama)?(?:perangkatdaerah|skpd|opd|unitkerja|penanggungjawab|satuankerja)\w{0,20}"
)
MOST = 6  # offices of one file; with more the rows list all offices of a region
SHARE = 0.05  # of the rows; less is a misprint
HEADER_ROWS = 3
FEWEST = 3  # rows in a table that name one


def offices_of_rows(pages: Sequence[Page]) -> tuple[str, ...]:
    """The offices that the rows of the tables belong to, in reading order; empty if none."""
    named: list[str] = []
    column: tuple[float, float] | None = None
    for table in (table for page in pages for table in page.tables):
        column = _office_column(table) or column
        if column is not None:
            named += _named(table, column)
    counts = Counter(named)
    fewest = max(FEWEST, SHARE * len(named))
    kept = [name for name in dict.fromkeys(named) if counts[name] >= fewest]
    return tuple(kept) if 0 < len(kept) <= MOST else ()


def with_agencies(tables: Sequence[ReadTable], identity: Identity) -> tuple[ReadTable, ...]:
    """The tables with the office of each line, where a file holds several."""
    if identity.agency is None or " + " not in identity.agency:
        return tuple(tables)
    return tuple(replace(table, lines=_lines_with_agency(table)) for table in tables)


def _lines_with_agency(table: ReadTable) -> tuple[Line, ...]:
    keys = [
        " > ".join(column.header)
        for column in table.columns
        if is_office_header("".join(column.header))
    ]
    texts = (
        (line, next((line.other[k] for k in keys if k in line.other), "")) for line in table.lines
    )
    return tuple(replace(line, agency=office_in(text)) if text else line for line, text in texts)


def office_in(text: str) -> str | None:
    """The office that a cell names and nothing else."""
    found = list(find_offices(text))
    return found[0].name if found and len(text) <= len(found[0].name) + 25 else None


def is_office_header(text: str) -> bool:
    """Whether a column's header says that it names offices."""
    return bool(HEADER.fullmatch(re.sub(r"[\W_]+", "", text.casefold())))


def _office_column(table: Table) -> tuple[float, float] | None:
    """Left and right of the column whose header names it; a table that goes on has none."""
    headers = [c for c in table.cells if c.row <= HEADER_ROWS and is_office_header(c.text)]
    columns = [(cell.box.x0, cell.box.x1) for cell in headers]
    return next((column for column in columns if any(_named(table, column))), None)


def _named(table: Table, column: tuple[float, float]) -> Iterator[str]:
    for cell in table.cells:
        if column[0] <= (cell.box.x0 + cell.box.x1) / 2 <= column[1]:
            name = office_in(cell.text)
            if name:
                yield from [name] * cell.row_span
