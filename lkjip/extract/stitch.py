"""One logical table over several pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

import numpy as np

from lkjip.extract.tables.grid import Floats, cluster
from lkjip.records import Cell, Page, Table, TextLine

MARGIN = 0.09  # share of the page's height that running headers and footers keep to
SAME_SIDE = 8.0  # points: a column drawn anew on the next page is off by less
TOUCH = 3.0  # points by which a text may reach over the side of its column
CONTINUED = re.compile(r"lanjutan|sambungan", re.IGNORECASE)


def stitch(pages: Sequence[Page]) -> tuple[Table, ...]:
    """The tables of all pages in reading order; a table that goes on over pages is one."""
    tables: list[Table] = []
    before: Page | None = None
    for page in pages:
        first = 0
        if (
            page.tables
            and before is not None
            and before.tables
            and before.number + 1 == page.number
        ):
            joined = _joined(tables[-1], before, page)
            if joined is not None:
                tables[-1] = joined
                first = 1
        tables += page.tables[first:]
        before = page
    return tuple(tables)


def _joined(above: Table, before: Page, page: Page) -> Table | None:
    """`above` and the first table of `page` as one, or None if that is another table."""
    below = page.tables[0]
    if above.orientation != below.orientation or _is_apart(before, page):
        return None
    has_header_again = _first_texts(above) == _first_texts(below)
    if not has_header_again and _reads_as_header(below):
        return None
    pair = _on_common_sides(above, below)
    if pair is None:
        return None
    upper, lower = pair
    moved = tuple(replace(cell, row=cell.row + above.rows) for cell in lower.cells)
    return replace(
        upper,
        pages=(*above.pages, *below.pages),
        rows=above.rows + below.rows,
        cells=(*upper.cells, *moved),
    )


def _on_common_sides(above: Table, below: Table) -> tuple[Table, Table] | None:
    """Both tables on the same columns, or None where these are of different make."""
    if above.method == below.method == "borderless":
        if _stands_under(above, below):
            return above, below
        return _on_finer_sides(above, below)
    own, theirs = _sides_at_end(above), sides(below)
    xs = _common_sides(own, theirs)
    if xs is None and _are_part(own, theirs):
        return _on_finer_sides(above, below)
    if xs is None:
        return None
    upper = above if xs is own else on_sides(above, xs)
    lower = on_sides(below, xs)
    return None if upper is None or lower is None else (upper, lower)


def _on_finer_sides(above: Table, below: Table) -> tuple[Table, Table] | None:
    """Both tables in the columns of the one with more, where the other's texts stand in them.

    Without rulings a page shows only the columns that it fills.
    """
    xs = max(_sides_at_end(above), sides(below), key=len)
    if np.isnan(xs).any():
        return None
    pair = [t if t.columns == len(xs) - 1 else _among(t, xs) for t in (above, below)]
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


def _are_part(one: Floats, other: Floats) -> bool:
    """Whether the sides of one table are among those of another, which has columns beyond them."""
    fewer, more = sorted((one, other), key=len)
    gaps = np.abs(more[None, :] - fewer[:, None]).min(axis=1)
    return len(fewer) > 3 and bool((gaps <= TOUCH).all())


def _among(table: Table, xs: Floats) -> Table | None:
    """The table in other columns, each of its own where its texts stand; None where two meet."""
    places: list[tuple[int, int]] = []
    for column in range(table.columns):
        boxes = [
            line.box
            for cell in table.cells
            if cell.column == column and cell.column_span == 1
            for line in cell.lines
        ]
        if not boxes:
            return None
        left, right = np.median([box[0::2] for box in boxes], axis=0)
        edge = min(SAME_SIDE, (right - left) / 3)
        first = int(np.searchsorted(xs, left + edge)) - 1
        last = int(np.searchsorted(xs, right - edge)) - 1
        if first < 0 or last >= len(xs) - 1 or (places and first <= places[-1][1]):
            return None
        places.append((first, last))
    cells = []
    for cell in table.cells:
        start, end = places[cell.column][0], places[cell.column + cell.column_span - 1][1] + 1
        cells.append(replace(cell, column=start, column_span=end - start))
    return replace(table, columns=len(xs) - 1, cells=tuple(cells))


def _stands_under(above: Table, below: Table) -> bool:
    """Whether the texts of every column stand within the same column of the table above."""
    xs = _sides_at_end(above)
    return above.columns == below.columns and all(
        xs[cell.column] - SAME_SIDE < (line.box.x0 + line.box.x1) / 2
        and (line.box.x0 + line.box.x1) / 2 < xs[cell.column + cell.column_span] + SAME_SIDE
        for cell in below.cells
        for line in cell.lines
    )


def _sides_at_end(table: Table) -> Floats:
    """The sides by the cells of the last page, so that a table of a thousand pages is not
    measured a thousand times; by all cells where that page lacks a side."""
    last = takewhile(lambda cell: cell.page == table.pages[-1], reversed(table.cells))
    own = sides(replace(table, cells=tuple(last)))
    return sides(table) if np.isnan(own).any() else own


def sides(table: Table) -> Floats:
    """The upright sides of a table's grid columns (columns + 1)."""
    starts: dict[int, list[float]] = {}
    for cell in table.cells:
        starts.setdefault(cell.column, []).append(cell.box.x0)
        starts.setdefault(cell.column + cell.column_span, []).append(cell.box.x1)
    missing = [np.nan] * (table.columns + 1)
    for column, values in starts.items():
        missing[column] = float(np.median(values))
    return np.array(missing)


def on_sides(table: Table, xs: Floats) -> Table | None:
    """The table on other sides that include its own; None where a cell would vanish."""
    own = sides(table)
    if np.isnan(own).any():
        return None
    shift = float(np.mean(own[[0, -1]] - xs[[0, -1]]))
    place = np.abs(xs[None, :] - (own - shift)[:, None]).argmin(axis=1)
    cells = []
    for cell in table.cells:
        start, end = int(place[cell.column]), int(place[cell.column + cell.column_span])
        if end <= start:
            return None
        cells.append(replace(cell, column=start, column_span=end - start))
    return replace(table, columns=len(xs) - 1, cells=tuple(cells))


def _common_sides(above: Floats, below: Floats) -> Floats | None:
    """Sides that hold both tables' columns, or None where they are of different make."""
    if np.isnan(above).any() or np.isnan(below).any():
        return None
    width = above[-1] - above[0]
    if abs(width - (below[-1] - below[0])) > 0.06 * width:
        return None
    moved = below - float(np.mean(below[[0, -1]] - above[[0, -1]]))
    if len(above) == len(below) and np.abs(above - moved).max() <= 3 * SAME_SIDE:
        return above
    centres, labels = cluster(np.concatenate([above, moved]), SAME_SIDE)
    distinct = len(set(labels[: len(above)])) == len(above) and (
        len(set(labels[len(above) :])) == len(below)
    )
    if not distinct or len(centres) > max(len(above), len(below)) + 1:
        return None
    return centres


def _is_apart(before: Page, page: Page) -> bool:
    """Whether running text stands between the last table of one page and the first of the next."""
    last, first = before.tables[-1], page.tables[0]
    common = {_mask(line) for line in before.lines} & {_mask(line) for line in page.lines}
    below = [line for line in before.lines if line.box.y0 > last.box.y1 - 2]
    above = [line for line in page.lines if line.box.y1 < first.box.y0 + 2]
    return any(_is_text(line, before, common) for line in below) or any(
        _is_text(line, page, common) and not CONTINUED.search(line.text) for line in above
    )


def _is_text(line: TextLine, page: Page, common: set[str]) -> bool:
    """Text of the page's own: not in its margins, not a page number, not on the next page too."""
    if line.box.y1 < MARGIN * page.height or line.box.y0 > (1 - MARGIN) * page.height:
        return False
    return len(line.text) > 4 and _mask(line) not in common


def _mask(line: TextLine) -> str:
    return re.sub(r"[\d\s]+", "#", line.text)


def _first_texts(table: Table) -> list[str]:
    first = takewhile(lambda cell: cell.row == 0, table.cells)
    return [_squashed(cell) for cell in first if cell.lines]


def _squashed(cell: Cell) -> str:
    return re.sub(r"\W+", "", cell.text.lower())


def _reads_as_header(table: Table) -> bool:
    """Whether the first row names columns: text in every one of three or more, no digits."""
    first = [cell for cell in table.cells if cell.row == 0]
    return len(first) >= 3 and all(
        cell.lines and not any(char.isdigit() for char in cell.text) for cell in first
    )
