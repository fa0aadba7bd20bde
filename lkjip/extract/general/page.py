"""Every table of a page: grids of rules first, then aligned texts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.general.aligned import aligned_table
from lkjip.extract.general.bands import part_bands
from lkjip.extract.general.blocks import blocks_of
from lkjip.extract.general.zones import zones_of
from lkjip.extract.tables.align import tidy, with_gaps
from lkjip.extract.tables.fill import fill, seats
from lkjip.extract.tables.grid import Grid, find_grids
from lkjip.extract.typed.paths import Paths
from lkjip.extract.typed.words import Words
from lkjip.records import Cell, Table

FILLED = 0.35  # share of a grid's cells that hold text; a chart's and a drawing's hold little
OVERFLOWING = 0.25  # share of the cells with such texts that makes a grid a drawing
FEWEST = 4  # words of a table: two lines of two
TELLING = 12  # cells of several words that a chart does not have


def find_any_tables(words: Words, paths: Paths, number: int, orientation: int) -> tuple[Table, ...]:
    """The tables of a typed page, whatever they hold, top to bottom."""
    tables: list[Table] = []
    free = np.ones(len(words), dtype=np.bool_)
    for found in find_grids(paths.rulings):
        grid = with_gaps(tidy(found, words), words)
        table = _ruled(grid, words, number)
        if table is not None:
            tables.append(table)
            free[seats(grid, words).inside] = False
    picked = np.flatnonzero(free)
    if len(picked) >= FEWEST:
        tables += _aligned(words, picked, paths, number)
    if orientation:
        tables = [replace(table, orientation=orientation) for table in tables]
    return tuple(sorted(tables, key=lambda table: (table.box.y0, table.box.x0)))


def _aligned(words: Words, picked: NDArray[np.intp], paths: Paths, number: int) -> Iterator[Table]:
    """The tables that the picked words are set in without a grid."""
    for lines in zones_of(words, picked, paths):
        for block in blocks_of(lines, paths):
            table = aligned_table(words, lines, block, number)
            if table is not None:
                yield table


def _overflows(cell: Cell) -> bool:
    """Whether a text runs over the sides of its cell, as over the lines of a drawing."""
    x0, _, x1, _ = cell.box
    return bool([t for t in cell.lines if t.box[0] < x0 - 2 or t.box[2] > x1 + 2])


def _tells(filled: list[Cell]) -> bool:
    """Whether the few cells that are filled say as much as those of a form or a plan."""
    telling = [cell for cell in filled if len(cell.text.split()) > 1]
    return len(telling) >= TELLING and len(telling) > 0.4 * len(filled)


def _ruled(grid: Grid, words: Words, number: int) -> Table | None:
    """The table of a grid, or None for a frame, a chart, or an empty form."""
    rows, columns = grid.owner.shape
    cells = fill(grid, words, number)
    filled = [cell for cell in cells if cell.lines]
    if columns < 2 or len({c.column for c in filled}) < 2 or len({c.row for c in filled}) < 2:
        return None
    if len(filled) < FILLED * len(cells) and not _tells(filled):
        return None
    if sum(map(_overflows, filled)) > OVERFLOWING * len(filled):
        return None
    return part_bands(Table((number,), grid.box, rows, columns, cells, "ruled"))
