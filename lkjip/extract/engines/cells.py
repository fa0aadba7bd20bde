"""Cell boxes and words, as other libraries give them, to a `Table` with spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np

from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell, Table

SNAP = 1.0  # points: sides closer than this are one


def lay_out(boxes: Sequence[Box], words: Words, page: int) -> Table:
    """The table made of these cells (not empty), each with the words whose middle is in it."""
    xs = _sides(side for box in boxes for side in (box.x0, box.x1))
    ys = _sides(side for box in boxes for side in (box.y0, box.y1))
    x, y = words.middles
    text_of = words.lines
    cells = []
    for box in boxes:
        inside = (box.x0 <= x) & (x < box.x1) & (box.y0 <= y) & (y < box.y1)
        lines = text_of(np.flatnonzero(inside).tolist())
        column, right = _at(xs, box.x0), _at(xs, box.x1)
        row, bottom = _at(ys, box.y0), _at(ys, box.y1)
        cells.append(Cell(row, column, box, lines, bottom - row, right - column, page))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    outer = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Table((page,), outer, len(ys) - 1, len(xs) - 1, tuple(cells), "ruled")


def _sides(values: Iterable[float]) -> list[float]:
    sides: list[float] = []
    for value in sorted(values):
        if not sides or value - sides[-1] > SNAP:
            sides.append(value)
    return sides


def _at(sides: list[float], value: float) -> int:
    return max(0, bisect_right(sides, value) - 1)
