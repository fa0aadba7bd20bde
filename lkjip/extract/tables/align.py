"""Columns that no ruling shows: corridors of white between aligned texts."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.fill import SPACE, seats
from lkjip.extract.tables.grid import (
    Floats,
    Grid,
    columns_of,
    make_grid,
    median,
    with_sides,
    without_sides,
)  # fmt: skip
from lkjip.extract.typed.words import Words

NARROW = 15.0  # points: an empty column narrower than this is an artefact of doubled borders
TALL = 6  # rows of text from which a column with text in one of them is no column
FLAT = 6.0  # points: an empty row lower than this likewise
CORRIDOR = 4.0  # points: the least white between two columns of numbers
WIDE_CORRIDOR = 6.0  # points: … between two columns of words
WIDE_GAP = 1.5  # line heights of white that part two texts in one merged cell
CROSSING = 0.04  # share of the lines that may cross a corridor (bands, headers)
MANY_LINES = 8  # fewer lines of words show no column
NUMERIC = re.compile(r"[\d.,%()/-]*\d[\d.,%()-]*|rp\.?|[-–]|n/?a", re.I)
AMOUNT = re.compile(r"(\d\D?){3}")
HEADING = 3  # lines: the storeys of a heading and the row of column numbers
ITEM_HEADER = re.compile(r"no\.?|nomor|nourut", re.I)
ITEM = re.compile(r"\(?(\d{1,3}|[a-z]|[ivxl]{1,5})[.)]*|[•*–-]", re.I)


def tidy(grid: Grid, words: Words) -> Grid:
    """The grid without narrow columns and flat rows that hold nothing."""
    _, rows, columns = seats(grid, words)
    first, last = _trimmed(columns, rows, len(grid.xs) - 1)
    if (first, last) != (0, len(grid.xs) - 2):
        return tidy(columns_of(grid, first, last), words)
    xs = _idle(grid.xs, columns, NARROW, grid.ruled_x.mean(axis=0))
    ys = _idle(grid.ys, rows, FLAT, grid.ruled_y.mean(axis=1))
    return without_sides(grid, xs, ys)


def _trimmed(columns: NDArray[np.intp], rows: NDArray[np.intp], count: int) -> tuple[int, int]:
    """The first and last column of the table proper.

    A page number's box that touches the table adds columns with text in one row.
    """
    first, last = 0, count - 1
    if len(set(rows.tolist())) < TALL:
        return first, last
    while last > 1 and len(set(rows[columns == last].tolist())) <= 1:
        last -= 1
    return first, last


def _idle(sides: Floats, filled: NDArray[np.intp], least: float, ruled: Floats) -> dict[int, int]:
    """Inner sides to drop so that no empty band is narrower than `least`, each with its neighbour.

    The side that is ruled less goes.
    """
    used = np.bincount(filled, minlength=len(sides) - 1) > 0
    dropped: dict[int, int] = {}
    for band in np.flatnonzero(~used & (sides[1:] - sides[:-1] < least)).tolist():
        inner = [s for s in (band, band + 1) if 0 < s < len(sides) - 1 and s not in dropped]
        if inner:
            weaker = min(inner, key=lambda side: ruled[side])
            other = band + (band == weaker)
            dropped[weaker] = dropped.get(other, other)
    return dropped


def with_text_columns(grid: Grid, words: Words) -> Grid:
    """The grid with the columns that aligned text shows inside its ruled ones."""
    inside, rows, columns = seats(grid, words)
    widths = np.array([width for _, _, _, width in grid.spans])[grid.owner[rows, columns]]
    own = widths == 1  # a heading over several columns shows none
    added: list[float] = []
    for column, (left, right) in enumerate(pairwise(grid.xs.tolist())):
        if right - left > 30 and len(picked := inside[own & (columns == column)]) >= 6:
            added += _columns_between(left, right, words, picked, float(grid.ys[1]))
    if not added:
        return grid
    sides = np.array(added)
    ruled = np.ones((len(grid.ys) - 1, len(sides)), dtype=np.bool_)
    ends = _run_ends(words.boxes)
    crossing = (words.boxes[:, None, 0] < sides - 1) & (ends[:, None] > sides + 1)
    for seat, side in zip(*np.nonzero(crossing[inside]), strict=True):
        ruled[rows[seat], side] = False
    return with_sides(grid, sides, ruled)


def _run_ends(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Right ends of the words, up to the next word where only a space parts them."""
    ends = boxes[:, 2].copy()
    if len(boxes) > 1:
        height = boxes[:-1, 3] - boxes[:-1, 1]
        white = boxes[1:, 0] - boxes[:-1, 2]
        level = np.abs(boxes[1:, 1] - boxes[:-1, 1]) < 0.3 * height
        joined = level & (white > 0) & (white < SPACE * height)
        ends[:-1][joined] = boxes[1:, 0][joined] + 2
    return ends


def with_gaps(grid: Grid, words: Words) -> Grid:
    """The grid with sides inside merged cells where a wide gap parts their words.

    Two headings, or a name and its amounts, between which the ruling is missing.
    """
    merged = [cell for cell, (_, _, _, width) in enumerate(grid.spans) if width > 1]
    if not merged:
        return grid
    inside, rows, columns = seats(grid, words)
    owners = grid.owner[rows, columns]
    ruled_x = grid.ruled_x.copy()
    for cell in merged:
        row, column, height, width = grid.spans[cell]
        for low, high in _gaps(words.boxes[inside[owners == cell]]):
            sides = np.arange(column + 1, column + width)
            within = sides[(grid.xs[sides] > low - 1) & (grid.xs[sides] < high + 1)]
            if len(within):
                nearest = within[np.abs(grid.xs[within] - (low + high) / 2).argmin()]
                ruled_x[row : row + height, nearest] = True
    if (ruled_x == grid.ruled_x).all():
        return grid
    return make_grid(grid.xs, grid.ys, ruled_x, grid.ruled_y)


def _gaps(boxes: NDArray[np.float32]) -> list[tuple[float, float]]:
    """Strips of white (x0, x1) that part the words of a cell, wider than its usual spaces."""
    if len(boxes) < 2:
        return []
    order = np.argsort(boxes[:, 0])
    reached = np.maximum.accumulate(boxes[order, 2])
    starts = boxes[order, 0]
    white = starts[1:] - reached[:-1]
    height = float(median(boxes[:, 3] - boxes[:, 1]))
    usual = float(median(white)) if len(white) > 2 else 0.0
    cuts = np.flatnonzero(white > max(WIDE_GAP * height, 3 * usual))
    return [(float(reached[i]), float(starts[i + 1])) for i in cuts]


def _columns_between(
    left: float, right: float, words: Words, picked: NDArray[np.intp], header_end: float
) -> list[float]:
    """Sides inside one ruled column, in the middle of its corridors.

    A part that has its own word in the first row (above `header_end`) needs fewer lines.
    """
    picked = picked[np.argsort(words.boxes[picked, 1], kind="stable")]  # top to bottom
    boxes = words.boxes[picked]
    lines = line_numbers(boxes)
    corridors = find_corridors(boxes, lines, left, right)
    if not corridors:
        return []
    edges = [left, *((a + b) / 2 for a, b in corridors), right]
    x = boxes[:, [0, 2]].mean(axis=1)
    part = np.searchsorted(edges, x, side="right") - 1
    texts = [words.texts[i] for i in picked]
    heads = set(part[boxes[:, 3] < header_end + 2].tolist())
    kinds = [
        _kind(
            [t for t, p in zip(texts, part, strict=True) if p == k],
            lines[part == k],
            2 if k in heads else MANY_LINES,
        )
        for k in range(len(edges) - 1)
    ]
    on = [set(lines[part == k].tolist()) for k in range(len(edges) - 1)]
    kept = []
    for k, (a, b) in enumerate(corridors):
        before, after = kinds[k], kinds[k + 1]
        if "item" in (before, after) or "" in (before, after):
            continue
        is_over = max(on[k]) < min(on[k + 1]) or max(on[k + 1]) < min(on[k])
        if is_over and len(corridors) == 1:  # of many, the sides of columns may be the next
            continue  # a heading and its column number over short numbers
        if "number" in (before, after) or (b - a >= WIDE_CORRIDOR and before == after == "words"):
            kept.append((a + b) / 2)
    return kept


def _kind(texts: list[str], lines: NDArray[np.intp], many: int) -> str:
    """What a part of a column holds: numbers, item marks, many lines of words, or too little."""
    count = len(set(lines.tolist()))
    if count < 2:
        return ""
    if any(ITEM_HEADER.fullmatch(t) for t in texts[:3]) and count > 2:
        return "number"
    if sum(bool(ITEM.fullmatch(t)) for t in texts) > 0.8 * len(texts):
        return "item"  # a hanging number belongs to the text at its right
    if sum(bool(NUMERIC.fullmatch(t)) for t in texts) > 0.6 * len(texts):
        # "Rp" over a column number "8", left of the amounts, is a heading
        return "number" if count > HEADING or any(map(AMOUNT.search, texts)) else ""
    return "words" if count >= many else ""


def line_numbers(boxes: NDArray[np.float32]) -> NDArray[np.intp]:
    """The printed line of each word, by the middles' distance against the line height."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    order = middle.argsort(kind="stable")
    ranked = middle[order]
    step = ranked[1:] - ranked[:-1] > 0.4 * median(boxes[:, 3] - boxes[:, 1])
    lines = np.empty(len(boxes), dtype=np.intp)
    lines[order] = np.concatenate([[0], step.cumsum()])
    return lines


def find_corridors(
    boxes: NDArray[np.float32], lines: NDArray[np.intp], left: float, right: float
) -> list[tuple[float, float]]:
    """White strips (x0, x1) that nearly no line crosses, between text on both sides."""
    width = int(right - left) + 2
    starts = np.floor(boxes[:, 0] - left)
    ends = np.ceil(boxes[:, 2] - left)
    at = np.minimum(np.maximum(np.concatenate([starts, ends]), 0), width)
    order = at.argsort(kind="stable")
    places = at[order]
    covered = np.where(order < len(starts), 1, -1).cumsum()  # words of one line do not overlap
    last = np.flatnonzero(places[1:] != places[:-1])  # of several that start or end at one place
    most = CROSSING * (int(lines.max()) + 1)
    strips: list[tuple[float, float]] = []
    start: float | None = None
    is_right = False  # of the first text
    for place, count in zip(places[last].tolist(), covered[last].tolist(), strict=True):
        if count > most:
            if start is not None:
                strips.append((left + start, left + place))
            start, is_right = None, True
        elif is_right and start is None:
            start = place
    return [(a, b) for a, b in strips if b - a >= CORRIDOR and a > left and b < left + width]
