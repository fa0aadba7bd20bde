"""Sides of cells that the scan lost altogether, put back where the print shows them.

A lost side would hand an amount to the column or row next to its own. Putting
one back that was never printed does no harm: the text of a merged cell either
crosses the side, which keeps the cell whole, or stands in the column it starts in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.cells import is_number
from lkjip.extract.scanned.lines import Run
from lkjip.extract.tables.grid import Grid, make_grid

USUAL = 0.5  # share of the rows (or columns) in which a side must be ruled to be put back
NUMBERS = 0.6  # share of a column's runs that make it one of amounts
MONEY = 4  # digits; row numbers, often merged over rows, have fewer
SELDOM = 0.9  # share of the sides of a column of row numbers that are ruled where none is merged


def mended(grid: Grid, runs: Sequence[Run], scale: float) -> Grid:
    """The grid with lost sides put back below its header."""
    if not runs:
        return grid
    boxes = np.array([run.piece for run in runs], dtype=np.float64) * scale
    numeric = np.array([is_number(run.reading.text) for run in runs])
    money = numeric & np.array([_digits(run.reading.text) >= MONEY for run in runs])
    x, y = boxes[:, [0, 2]].mean(axis=1), boxes[:, [1, 3]].mean(axis=1)
    rows = np.searchsorted(grid.ys, y, side="right") - 1
    columns = np.searchsorted(grid.xs, x, side="right") - 1
    body = _body(rows, numeric, len(grid.ys) - 1)
    ruled_x, ruled_y = grid.ruled_x.copy(), grid.ruled_y.copy()
    for side in range(1, len(grid.xs) - 1):
        usual = grid.ruled_x[:, side].mean() >= USUAL
        for row in np.flatnonzero(~grid.ruled_x[:, side] & body & usual).tolist():
            ruled_x[row, side] = not _crosses(boxes[rows == row][:, [0, 2]], grid.xs[side])
    for column in range(len(grid.xs) - 1):
        inside = columns == column
        if not inside.any() or numeric[inside].mean() < NUMBERS:
            continue
        is_money = money[inside].mean() >= NUMBERS
        if not is_money and grid.ruled_y[1:-1, column][body[1:]].mean() < SELDOM:
            continue
        for side in np.flatnonzero(~grid.ruled_y[1:-1, column] & body[1:]).tolist():
            usual = grid.ruled_y[side + 1].mean() >= USUAL
            at, spans = grid.ys[side + 1], boxes[inside][:, [1, 3]]
            kept_whole = (
                _crosses(spans, at) if is_money else _near(spans, at, grid.ys[side : side + 3])
            )
            ruled_y[side + 1, column] = usual and not kept_whole
    return make_grid(grid.xs, grid.ys, ruled_x, ruled_y)


def _body(
    rows: npt.NDArray[np.intp], numeric: npt.NDArray[np.bool_], count: int
) -> npt.NDArray[np.bool_]:
    """Which rows come below the first that holds two numbers."""
    filled = [row for row in range(count) if numeric[rows == row].sum() >= 2]
    return np.arange(count) >= (filled[0] if filled else count)


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _crosses(spans: npt.NDArray[np.float64], side: float) -> bool:
    """Whether print runs over a side (by more than a point, the width of a rule)."""
    return bool(((spans[:, 0] < side - 1) & (spans[:, 1] > side + 1)).any())


def _near(spans: npt.NDArray[np.float64], side: float, ys: npt.NDArray[np.float64]) -> bool:
    """Whether a row number stands nearer to a side than to the middle of its row, as in a merge.

    `ys` are the sides above, at and below it.
    """
    middles = spans.mean(axis=1)
    beside = middles[(middles > ys[0]) & (middles < ys[2])]
    rows = (ys[:-1] + ys[1:]) / 2
    return any(abs(y - side) <= np.abs(rows - y).min() for y in beside.tolist())
