"""Tables without rulings: blocks of lines whose texts stand in aligned columns.

lines → segments → blocks around lines with numbers (`blocks`) → corridors (`extent`) → rows.
Level rules and stripes of shading part rows where they are printed; where nothing does,
the body is one tall row, which `split` takes apart by its numbers.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.blocks import find_blocks, lines_of
from lkjip.extract.tables.extent import Block, extent_of
from lkjip.extract.tables.fill import fill
from lkjip.extract.tables.grid import Floats, Grid, make_grid
from lkjip.extract.tables.headings import Line, header_cells
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Table


def find_borderless(
    words: Words, free: NDArray[np.bool_], level: NDArray[np.float32], page: int
) -> list[Table]:
    """Tables of the aligned text among the `free` words, top to bottom.

    `level` holds the page's rules and shading as boxes (n, 4); edges that lie level
    part rows.
    """
    picked = np.flatnonzero(free)
    if len(picked) < 6:
        return []
    lines = lines_of(words, picked)
    tables = []
    floor = 0
    for span in find_blocks(lines):
        block = extent_of(words, lines, span, floor, level)
        if block is not None:
            tables.append(_table(words, lines, block, page))
            floor = block.last + 1
    return tables


def _table(words: Words, lines: list[Line], block: Block, page: int) -> Table:
    """The table of a block: its body filled by rows and columns, its header above it."""
    body = lines[block.first : block.last + 1]
    inside = np.array([word for line in body for word in line.words])
    chosen = np.zeros(len(words), dtype=np.bool_)
    chosen[inside] = True
    grid = _body_grid(body, block)
    below = fill(grid, _with_bands(words, body, block).select(chosen), page, is_ruled=False)
    centres = _centres(words.boxes[inside], block.sides)
    header = header_cells(words, lines[block.top : block.first], block.sides, centres, page)
    storeys = max((cell.row + cell.row_span for cell in header), default=0)
    cells = (*header, *(replace(cell, row=cell.row + storeys) for cell in below))
    x0, x1 = float(block.sides[0]), float(block.sides[-1])
    box = Box(x0, min(lines[block.top].top, float(block.edges[0])), x1, float(block.edges[-1]))
    rows, columns = len(block.edges) - 1 + storeys, len(block.sides) - 1
    return Table((page,), box, rows, columns, cells, "borderless")


def _centres(boxes: NDArray[np.float32], sides: Floats) -> Floats:
    """The middle of what each column holds."""
    columns = np.searchsorted(sides, boxes[:, [0, 2]].mean(axis=1)) - 1
    return np.array(
        [
            (boxes[columns == k, 0].min() + boxes[columns == k, 2].max()) / 2
            if (columns == k).any()
            else (sides[k] + sides[k + 1]) / 2
            for k in range(len(sides) - 1)
        ]
    )


def _with_bands(words: Words, body: list[Line], block: Block) -> Words:
    """The words with those of each band drawn together into the column of names."""
    if not block.bands:
        return words
    named = [w for line in body if line not in block.bands for w in line.words]
    letters = [sum(map(str.isalpha, words.texts[w])) for w in named]
    columns = np.searchsorted(block.sides, words.middles[0][named]) - 1
    column = int(np.bincount(columns, letters).argmax())
    left, right = block.sides[column] + 1, block.sides[column + 1] - 1
    boxes = words.boxes.copy()
    for band in block.bands:
        x0, x1, _ = band.segments[-1]
        moved = [w for w in band.words if boxes[w, 0] > x0 - 1]
        boxes[moved, ::2] = left + (boxes[moved, ::2] - x0) * (right - left) / (x1 - x0)
    return replace(words, boxes=boxes)


def _body_grid(body: list[Line], block: Block) -> Grid:
    """Rows between the edges; a run of words that crosses a side makes one cell there."""
    sides, edges = block.sides, block.edges
    ruled_x = np.ones((len(edges) - 1, len(sides)), dtype=np.bool_)
    for line in body:
        row = int(np.searchsorted(edges, (line.top + line.bottom) / 2)) - 1
        for x0, x1 in () if line in block.bands else line.runs:
            ruled_x[row, (sides > x0 + 1) & (sides < x1 - 1)] = False
    if len(edges) == 2:  # one tall row: a run that crosses must not merge all of it
        ruled_x[:] = True
    ruled_y = np.ones((len(edges), len(sides) - 1), dtype=np.bool_)
    return make_grid(sides, edges, ruled_x, ruled_y)
