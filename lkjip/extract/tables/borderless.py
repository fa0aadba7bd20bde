"""Tables without rulings: blocks of lines whose texts stand in aligned columns.

lines → segments → blocks around lines with numbers → corridors → rows. Level rules
and stripes of shading part rows where they are printed; where nothing does, the body
is one tall row, which `split.py` takes apart by its numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.align import NUMERIC, line_numbers
from lkjip.extract.tables.extent import REACH, Block, extent_of
from lkjip.extract.tables.fill import SPACE, fill
from lkjip.extract.tables.grid import Floats, Grid, make_grid, median
from lkjip.extract.tables.headings import Line, header_cells
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Table

GAP = 1.2  # line heights of white between two segments of a line
FEW = 3  # tabular lines that make a table
WRAPS = 10  # lines from one number to the next in a block whose names wrap
AMOUNT = re.compile(r"\(?-?\d{1,3}([.,]\d{3})+.*|\d{1,3}[.,]\d{1,2}\s*%?|\d{4,}|\d+%", re.A)


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
    lines = _lines(words, picked)
    tables = []
    floor = 0
    for span in _blocks(lines):
        block = extent_of(words, lines, span, floor, level)
        if block is not None:
            tables.append(_table(words, lines, block, page))
            floor = block.last + 1
    return tables


def _lines(words: Words, picked: NDArray[np.intp]) -> list[Line]:
    boxes = words.boxes[picked]
    numbers = line_numbers(boxes)
    lines = []
    for number in range(int(numbers.max()) + 1):
        inside = np.flatnonzero(numbers == number)
        inside = inside[np.argsort(boxes[inside, 0], kind="stable")]
        lines.append(_line(words, picked[inside], boxes[inside]))
    return lines


def _line(words: Words, picked: NDArray[np.intp], boxes: NDArray[np.float32]) -> Line:
    height = float(median(boxes[:, 3] - boxes[:, 1]))
    reached = np.maximum.accumulate(boxes[:, 2])
    white = boxes[1:, 0] - reached[:-1]
    segments = []
    for start, end in _cut(white > GAP * height):
        texts = [words.texts[i] for i in picked[start:end]]
        number = all(NUMERIC.fullmatch(t) for t in texts) and bool(AMOUNT.fullmatch(texts[-1]))
        segments.append((float(boxes[start, 0]), float(reached[end - 1]), number))
    runs = [
        (float(boxes[start, 0]), float(reached[end - 1]))
        for start, end in _cut(white > SPACE * height)
    ]
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    return Line(picked.tolist(), segments, runs, top, bottom)


def _cut(apart: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(start, end) of the parts of a line between places that stand apart."""
    return list(pairwise([0, *(np.flatnonzero(apart) + 1).tolist(), len(apart) + 1]))


def _blocks(lines: list[Line]) -> list[tuple[int, int]]:
    """(first, last) lines of each run of tabular lines with at most a few others in between."""
    blocks: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.is_tabular:
            continue
        if blocks and _go_on(lines[blocks[-1][1] : number + 1]):
            blocks[-1] = (blocks[-1][0], number)
        else:
            blocks.append((number, number))
    return [(first, last) for first, last in blocks if _is_enough(lines[first : last + 1])]


def _go_on(lines: list[Line]) -> bool:
    """Whether the first and last of some lines are of one block: close, or joined by wraps."""
    height = lines[-1].bottom - lines[-1].top
    if lines[-1].top - lines[0].bottom < REACH * height:
        return True
    return len(lines) <= WRAPS and all(b.top - a.bottom < 2 * height for a, b in pairwise(lines))


def _is_enough(lines: list[Line]) -> bool:
    """A few lines with a number each, or one with two: no prose sets two numbers apart."""
    numbers = [sum(number for _, _, number in line.segments) for line in lines if line.is_tabular]
    return len(numbers) >= FEW or max(numbers) >= 2


def _table(words: Words, lines: list[Line], block: Block, page: int) -> Table:
    """The table of a block: its body filled by rows and columns, its header above it."""
    body = lines[block.first : block.last + 1]
    inside = np.array([word for line in body for word in line.words])
    chosen = np.zeros(len(words), dtype=np.bool_)
    chosen[inside] = True
    below = fill(
        _body_grid(body, block.sides, block.edges), words.select(chosen), page, is_ruled=False
    )
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


def _body_grid(body: list[Line], sides: Floats, edges: Floats) -> Grid:
    """Rows between the edges; a run of words that crosses a side makes one cell there."""
    ruled_x = np.ones((len(edges) - 1, len(sides)), dtype=np.bool_)
    for line in body:
        row = int(np.searchsorted(edges, (line.top + line.bottom) / 2)) - 1
        for x0, x1 in line.runs:
            ruled_x[row, (sides > x0 + 1) & (sides < x1 - 1)] = False
    if len(edges) == 2:  # one tall row: a band that crosses must not merge all of it
        ruled_x[:] = True
    ruled_y = np.ones((len(edges), len(sides) - 1), dtype=np.bool_)
    return make_grid(sides, edges, ruled_x, ruled_y)
