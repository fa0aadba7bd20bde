"""Tables as camelot's lattice finds them, from the rendered page and its vector rulings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from lkjip.extract.document import open_document
from lkjip.records import Box, Cell, Table, TextLine
from lkjip.settings import Settings


def tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    from camelot.io import read_pdf

    with open_document(path, settings) as (pdf, _):
        heights = {number: pdf.get_page_size(number - 1)[1] for number in pages}
    for number in pages:  # one by one, so that a page that fails is known
        found = read_pdf(
            str(path),
            pages=str(number),
            password=settings.password,
            flavor="lattice",
            suppress_stdout=True,
        )
        yield number, tuple(_table(table, number, heights[number]) for table in found)


def _table(table: Any, page: int, height: float) -> Table:
    """Camelot's smallest cells joined where no ruling parts them."""
    grid = table.cells
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, column in product(range(len(grid)), range(len(grid[0]))):
        if (row, column) in taken:
            continue
        bottom, right = row, column
        while not grid[row][right].right and right + 1 < len(grid[0]):
            right += 1
        while not grid[bottom][column].bottom and bottom + 1 < len(grid):
            bottom += 1
        places = list(product(range(row, bottom + 1), range(column, right + 1)))
        taken.update(places)
        box = _flip(grid[row][column].x1, grid[row][column].y2,
                    grid[bottom][right].x2, grid[bottom][right].y1, height)  # fmt: skip
        texts = (grid[r][c].text.splitlines() for r, c in places)
        lines = tuple(
            TextLine(line.strip(), box) for text in texts for line in text if line.strip()
        )
        cells.append(Cell(row, column, box, lines, bottom - row + 1, right - column + 1, page))
    (x0, _), (_, x1) = table.cols[0], table.cols[-1]
    (top, _), (_, bottom_side) = table.rows[0], table.rows[-1]
    outer = _flip(x0, top, x1, bottom_side, height)
    return Table((page,), outer, len(grid), len(grid[0]), tuple(cells), "ruled")


def _flip(x0: float, top: float, x1: float, bottom: float, height: float) -> Box:
    """A box measured from the page's bottom, measured from its top."""
    return Box(float(x0), float(height - top), float(x1), float(height - bottom))
