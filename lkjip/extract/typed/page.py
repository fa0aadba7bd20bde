"""One typed page: words and rulings to text and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.leaf import Leaf
from lkjip.extract.tables.align import tidy, with_gaps, with_text_columns
from lkjip.extract.tables.borderless import find_borderless
from lkjip.extract.tables.fill import fill, seats
from lkjip.extract.tables.grid import Grid, find_grids, median
from lkjip.extract.tables.shaded import with_shaded_cells
from lkjip.extract.tables.split import split_rows
from lkjip.extract.typed.geometry import frame_of
from lkjip.extract.typed.paths import Paths, read_paths
from lkjip.extract.typed.words import Words, read_words
from lkjip.records import Box, Cell, Page, PageKind, Table, boxes_of, replace_in_bulk
from lkjip.view import quarter_turn, view_of

TINY = 6.5  # points: a lower line height is enlarged (half-size sheets: 3 to 6)
HUGE = 24.0  # points: a higher one is reduced (posters: 30 and more)
INTO = 10.0  # points: a title reaches less far into its table
NORMAL = 10.0  # points: line height of most reports

# Words and paths of a page, its number, degrees that the text is turned → tables, top to bottom.
Find = Callable[[Words, Paths, int, int], tuple[Table, ...]]


def read_typed_page(leaf: Leaf, number: int, find: Find | None = None) -> Page:
    """Text and tables of a page that has a text layer.

    `find` looks for tables in place of the finder of budget tables; of the text the page
    then holds what stands above a table, in which its title is.
    """
    frame = frame_of(leaf.page.raw)
    words = read_words(leaf, frame)
    quarters = _main_turn(words)
    words = words.select(words.turns >= 0)  # oblique text is a watermark
    if quarters:  # content turned on an upright page is read upright
        words = words.turned(frame.size, -quarters)
        frame = frame.turned(-quarters)
    factor = _enlargement(words)
    paths = read_paths(leaf, frame, factor)
    tables = (find or find_tables)(words.scaled(factor), paths, number, quarters * 90)
    if factor != 1:
        tables = tuple(_scaled(table, 1 / factor) for table in tables)
    width, height = frame.size
    lines = words.lines(range(len(words)) if find is None else _above(words, tables))
    view = view_of(quarter_turn(quarters, width, height))
    return Page(number, width, height, PageKind.TYPED, lines, tables, view)


def _above(words: Words, tables: tuple[Table, ...]) -> list[int]:
    """The words that are not below the top of every table."""
    lowest = max((table.box.y0 for table in tables), default=0.0)
    _, y = words.middles
    picked: list[int] = np.flatnonzero(y < lowest + INTO).tolist()
    return picked


def _enlargement(words: Words) -> float:
    """By how much a page in tiny or huge print is resized to be read, so that distances hold.

    (Two sheets printed on one, a poster shrunk to a page, a page blown up to a poster.)
    """
    if not len(words):
        return 1.0
    height = float(median(words.boxes[:, 3] - words.boxes[:, 1]))
    return 1.0 if height <= 0 or TINY <= height <= HUGE else NORMAL / height


def _scaled(table: Table, factor: float) -> Table:
    """The table in another size."""
    lines = [line for cell in table.cells for line in cell.lines]
    scaled = iter(replace_in_bulk(lines, box=_boxes([line.box for line in lines], factor)))
    cells = replace_in_bulk(
        table.cells,
        box=_boxes([cell.box for cell in table.cells], factor),
        lines=[tuple(islice(scaled, len(cell.lines))) for cell in table.cells],
    )
    return replace(table, box=_boxes([table.box], factor)[0], cells=tuple(cells))


def _boxes(boxes: list[Box], factor: float) -> list[Box]:
    return boxes_of((np.array(boxes).reshape(-1, 4) * factor).tolist())


def find_tables(words: Words, paths: Paths, number: int, orientation: int) -> tuple[Table, ...]:
    """The tables of a page, top to bottom: ruled ones first, then aligned text beside them."""
    tables = []
    free = np.ones(len(words), dtype=np.bool_)
    for found in find_grids(with_shaded_cells(paths.rulings, paths.shading)):
        grid = with_gaps(with_text_columns(tidy(found, words), words), words)
        table = _table(grid, words, number, "ruled", orientation)
        if table is not None:
            tables.append(table)
            free[seats(grid, words).inside] = False
    level = np.concatenate([paths.rulings, paths.shading])
    for table in find_borderless(words, free, level, number):
        tables.append(split_rows(replace(table, orientation=orientation)))
    return tuple(sorted(tables, key=lambda table: (table.box.y0, table.box.x0)))


def _table(grid: Grid, words: Words, number: int, method: str, orientation: int) -> Table | None:
    cells = fill(grid, words, number)
    if not _is_table(cells):
        return None
    rows, columns = grid.owner.shape
    table = Table((number,), grid.box, rows, columns, cells, method, orientation)
    return split_rows(table)


def _is_table(cells: tuple[Cell, ...]) -> bool:
    """Whether a grid is more than a frame, a rule with a page number, or an empty form."""
    filled = [cell for cell in cells if cell.lines]
    return len(filled) >= 2 and len({cell.row for cell in filled}) + len(
        {cell.column for cell in filled}
    ) >= 4 - (len(filled) >= 3)


def _main_turn(words: Words) -> int:
    """The quarter turns that most of the text stands in, long words counting more."""
    if not words.turns.any():
        return 0
    weights: NDArray[np.int64] = np.array([len(text) for text in words.texts])
    votes = np.bincount(np.maximum(words.turns, 0), weights * (words.turns >= 0), minlength=4)
    return int(votes.argmax())
