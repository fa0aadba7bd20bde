"""Ruling lines to grids of cells, for typed and scanned pages alike.

rulings → merged segments → connected groups → rows and columns → cells with
spans. A cell runs on to the right and down for as long as no ruling stops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lkjip.records import Box

Floats = NDArray[np.float64]
SNAP = 3.0  # points: rulings closer than this are one (double rules, borders drawn twice)
REACH = 3.0  # points: how far a ruling may stop short of the one that it meets
LENGTH = 7.0  # points: a merged ruling shorter than this separates nothing
DOT = 3.0  # points: the largest square dot of a dotted ruling, and the white between two
MANY_DOTS = 20  # fewer draw no ruling
SHARED = 0.3  # share of the rulings that must reach as far to show a missing outer rule
COVERED = 0.6  # share of a cell's side that must be ruled


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows and columns of one table.

    `xs` and `ys` are the sides (columns + 1, rows + 1). `ruled_x` (rows, columns + 1)
    tells of each row which upright sides exist; `ruled_y` (rows + 1, columns) of each
    column which level ones. `spans` lists every cell as (row, column, row_span,
    column_span), by row, then column; `owner` (rows, columns) names the cell that covers a place.
    """

    xs: Floats
    ys: Floats
    ruled_x: NDArray[np.bool_]
    ruled_y: NDArray[np.bool_]
    spans: list[tuple[int, int, int, int]]
    owner: NDArray[np.int32]

    @property
    def box(self) -> Box:
        return Box(float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1]))


def find_grids(rulings: NDArray[np.float32]) -> list[Grid]:
    """All grids of at least two cells, top to bottom, from ruling boxes (n, 4)."""
    if len(rulings) < 3:
        return []
    boxes = rulings.astype(np.float64)
    flat, upright = _directions(boxes)
    x0, y0, x1, y1 = boxes[flat].T
    across = _merge((y0 + y1) / 2, x0, x1)
    x0, y0, x1, y1 = boxes[upright].T
    down = _merge((x0 + x1) / 2, y0, y1)
    grids = []
    for rows, columns in _groups(across, down):
        grid = _grid(across[rows], down[columns])
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _directions(boxes: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rulings are level and which upright; a square dot is of the row of dots it stands in.

    (Browsers print a dotted border as filled squares.)
    """
    x0, y0, x1, y1 = boxes.T
    flat = (x1 - x0) >= (y1 - y0)
    dots = np.flatnonzero((np.abs((x1 - x0) - (y1 - y0)) < DOT / 10) & (x1 - x0 < DOT))
    if len(dots) < MANY_DOTS:
        return flat, ~flat
    upright = ~flat
    flat[dots] = _in_a_row(y0[dots], x0[dots], x1[dots])
    upright[dots] = _in_a_row(x0[dots], y0[dots], y1[dots])
    return flat, upright


def _in_a_row(at: Floats, start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Which dots have another right beside them on their line."""
    order = np.lexsort((start, np.round(at, 1)))
    at, start, end = at[order], start[order], end[order]
    follows = (np.abs(np.diff(at)) < DOT / 10) & (start[1:] - end[:-1] < DOT)
    found = np.zeros(len(order), dtype=np.bool_)
    found[order] = np.append(follows, False) | np.insert(follows, 0, False)
    return found


def make_grid(
    xs: Floats, ys: Floats, ruled_x: NDArray[np.bool_], ruled_y: NDArray[np.bool_]
) -> Grid:
    """A grid from its sides and which of them are ruled (see `Grid`)."""
    columns = len(xs) - 1
    owner: list[list[int]] = []
    spans: list[tuple[int, int, int, int]] = []
    above: dict[tuple[int, int], int] = {}
    before: list[bool] = []
    stretches: list[tuple[int, int]] = []
    for row, (sides, tops) in enumerate(zip(ruled_x.tolist(), ruled_y.tolist(), strict=False)):
        if sides != before:  # most rows have the sides of the one above
            starts = [0, *[side for side in range(1, columns) if sides[side]], columns]
            before, stretches = sides, list(pairwise(starts))
        runs: dict[tuple[int, int], int] = {}
        owners: list[int] = []
        for run in stretches:
            start, end = run
            cell = above.get(run)
            if cell is not None and True not in tops[start:end]:
                first, column, height, width = spans[cell]
                spans[cell] = (first, column, height + 1, width)
            else:
                cell = len(spans)
                spans.append((row, start, 1, end - start))
            owners += [cell] * (end - start)
            runs[run] = cell
        owner.append(owners)
        above = runs
    return Grid(xs, ys, ruled_x, ruled_y, spans, np.array(owner, dtype=np.int32))


def without_sides(grid: Grid, xs: dict[int, int], ys: dict[int, int]) -> Grid:
    """The grid without some inner sides, each made one with a neighbour (index → index kept)."""
    if not xs and not ys:
        return grid
    ruled_x, ruled_y = grid.ruled_x.copy(), grid.ruled_y.copy()
    for dropped, kept in xs.items():
        ruled_x[:, kept] |= ruled_x[:, dropped]
    for dropped, kept in ys.items():
        ruled_y[kept] |= ruled_y[dropped]
    for column in sorted(xs, reverse=True):  # the bands on both sides become one
        ruled_y = _fold(ruled_y, column - 1, axis=1)
    for row in sorted(ys, reverse=True):
        ruled_x = _fold(ruled_x, row - 1, axis=0)
    ruled_x, ruled_y = np.delete(ruled_x, list(xs), axis=1), np.delete(ruled_y, list(ys), axis=0)
    return make_grid(np.delete(grid.xs, list(xs)), np.delete(grid.ys, list(ys)), ruled_x, ruled_y)


def _fold(ruled: NDArray[np.bool_], first: int, axis: int) -> NDArray[np.bool_]:
    """Bands `first` and the next as one: ruled where either is."""
    both = np.take(ruled, [first, first + 1], axis=axis).any(axis=axis, keepdims=True)
    kept = np.delete(ruled, first + 1, axis=axis)
    index = [slice(None)] * 2
    index[axis] = slice(first, first + 1)
    kept[tuple(index)] = both
    return kept


def columns_of(grid: Grid, first: int, last: int) -> Grid:
    """The part of a grid from column `first` to `last`."""
    xs, ruled_x = grid.xs[first : last + 2], grid.ruled_x[:, first : last + 2]
    return make_grid(xs, grid.ys, ruled_x, grid.ruled_y[:, first : last + 1])


def with_sides(grid: Grid, added: Floats, ruled: NDArray[np.bool_]) -> Grid:
    """The grid with more upright sides; `ruled` (rows, added) tells in which rows each exists."""
    places = np.searchsorted(grid.xs, added)
    ruled_x = np.insert(grid.ruled_x, places, ruled, axis=1)
    ruled_y = np.repeat(
        grid.ruled_y, 1 + np.bincount(places - 1, minlength=len(grid.xs) - 1), axis=1
    )
    return make_grid(np.insert(grid.xs, places, added), grid.ys, ruled_x, ruled_y)


def cluster(values: Floats, gap: float = SNAP) -> tuple[Floats, NDArray[np.intp]]:
    """Groups of values within `gap` of a neighbour: their sorted centres, each value's group."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    label = np.concatenate([[0], (ranked[1:] - ranked[:-1] > gap).cumsum()])
    centres = np.bincount(label, ranked) / np.bincount(label)
    labels = np.empty(len(values), dtype=np.intp)
    labels[order] = label
    return centres, labels


def median(values: NDArray[np.floating[Any]]) -> np.floating[Any]:
    """The median of a few values, in a tenth of the time that numpy's own takes."""
    ranked = np.sort(values)
    middle: np.floating[Any] = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2
    return middle


def _merge(at: Floats, start: Floats, end: Floats) -> Floats:
    """Segments (n, 3: position, start, end); collinear ones that touch are one, bits go."""
    if not len(at):
        return np.zeros((0, 3))
    centres, labels = cluster(at)
    order = np.lexsort((start, labels))
    far = 2 * float(np.abs(end).max() + np.abs(start).max() + REACH)  # sets the positions apart
    starts, ends = start[order] + far * labels[order], end[order] + far * labels[order]
    reached = np.maximum.accumulate(ends)
    first = np.flatnonzero(np.concatenate([[True], starts[1:] > reached[:-1] + REACH]))
    label = labels[order][first]
    last = np.concatenate([first[1:], [len(order)]]) - 1
    segments = np.stack(
        [centres[label], starts[first] - far * label, reached[last] - far * label], axis=1
    )
    long: Floats = segments[segments[:, 2] - segments[:, 1] >= LENGTH]
    return long


def _groups(across: Floats, down: Floats) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rulings that hang together: indices into `across` and `down` of each group."""
    if not len(across) or not len(down):
        return []
    y, x0, x1 = (across[:, i, None] for i in range(3))
    x, y0, y1 = (down[None, :, i] for i in range(3))
    meets = (x >= x0 - REACH) & (x <= x1 + REACH) & (y >= y0 - REACH) & (y <= y1 + REACH)
    label_y, label_x = np.arange(len(across)), np.full(len(down), len(across))
    while True:  # smallest label spreads along meetings until nothing changes
        spread_x = np.where(meets, label_y[:, None], len(across)).min(axis=0)
        spread_y = np.where(meets, spread_x[None, :], len(across)).min(axis=1)
        spread_y = np.minimum(spread_y, label_y)
        if (spread_y == label_y).all() and (spread_x == label_x).all():
            break
        label_y, label_x = spread_y, spread_x
    kept = [label for label in np.unique(label_x) if label < len(across)]
    return [(np.flatnonzero(label_y == k), np.flatnonzero(label_x == k)) for k in kept]


def _grid(across: Floats, down: Floats) -> Grid | None:
    xs, x_labels = cluster(down[:, 0])
    ys, y_labels = cluster(across[:, 0])
    xs, x_labels = _with_ends(xs, x_labels, across)
    ys, y_labels = _with_ends(ys, y_labels, down)
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    ruled_x = _ruled(down, x_labels, len(xs), ys)
    ruled_y = _ruled(across, y_labels, len(ys), xs)
    return make_grid(xs, ys, ruled_x.T, ruled_y)


def _with_ends(
    sides: Floats, labels: NDArray[np.intp], crossing: Floats
) -> tuple[Floats, NDArray[np.intp]]:
    """Sides with the ends that crossing rulings reach beyond them (outer rule missing).

    One that most of them do not share is no side: a page's own rule touches the table.
    """
    low, high = crossing[:, 1].min(), crossing[:, 2].max()
    if low < sides[0] - LENGTH and (crossing[:, 1] < low + SNAP).mean() >= SHARED:
        sides, labels = np.concatenate([[low], sides]), labels + 1
    if high > sides[-1] + LENGTH and (crossing[:, 2] > high - SNAP).mean() >= SHARED:
        sides = np.concatenate([sides, [high]])
    return sides, labels


def _ruled(
    segments: Floats, labels: NDArray[np.intp], count: int, stops: Floats
) -> NDArray[np.bool_]:
    """(sides, bands): whether each side is ruled along each band between stops."""
    low = np.maximum(segments[:, 1, None], stops[None, :-1])
    high = np.minimum(segments[:, 2, None], stops[None, 1:])
    length = np.maximum(high - low, 0)
    covered = np.zeros((count, len(stops) - 1))
    np.add.at(covered, labels, length)
    return covered >= COVERED * (stops[1:] - stops[:-1])[None, :]
