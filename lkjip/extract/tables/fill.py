"""Words into the cells of a grid, as printed lines of text."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.grid import Grid
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell, TextLine, boxes_of, in_bulk

SPACE = 0.55  # line heights of white that a space between two words stays under
TIGHT = 0.22  # line heights: no two cells' texts stand this close over a ruling
CROSSED = 0.15  # line heights: a word that reaches further over a side runs over it


class Seats(NamedTuple):
    """The words that have their middle inside a grid, with the row and column of each."""

    inside: NDArray[np.intp]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


@lru_cache(maxsize=1)  # one step after another asks for the same grid and words
def seats(grid: Grid, words: Words) -> Seats:
    """Where in a grid each of the words stands that have their middle there."""
    x, y = words.middles
    box = grid.box
    inside = np.flatnonzero((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1))
    rows, columns = grid.owner.shape
    row = grid.ys.searchsorted(y[inside], side="right") - 1
    column = grid.xs.searchsorted(x[inside], side="right") - 1
    return Seats(inside, np.minimum(row, rows - 1), np.minimum(column, columns - 1))


def fill(grid: Grid, words: Words, page: int, *, is_ruled: bool = True) -> tuple[Cell, ...]:
    """The grid's cells with the words that have their middle in them.

    Where no ruling shows the columns, words with no more than a space between them
    stay together.
    """
    inside, row, column = seats(grid, words)
    column = _overflowing(grid, words, inside, column, is_ruled=is_ruled)
    content: list[tuple[TextLine, ...]] = [()] * len(grid.spans)
    for cell, lines in words.lines_by_group(inside, grid.owner[row, column].astype(np.intp)):
        content[cell] = lines
    rows, columns, heights, widths = zip(*grid.spans, strict=True)
    return tuple(
        in_bulk(
            Cell, len(content), rows, columns, _boxes(grid), content, heights, widths, repeat(page)
        )
    )


def _boxes(grid: Grid) -> list[Box]:
    """The box of each cell."""
    xs, ys = grid.xs.tolist(), grid.ys.tolist()
    return boxes_of(
        [
            (xs[column], ys[row], xs[column + width], ys[row + height])
            for row, column, height, width in grid.spans
        ]
    )


def _overflowing(
    grid: Grid,
    words: Words,
    inside: NDArray[np.intp],
    columns: NDArray[np.intp],
    *,
    is_ruled: bool,
) -> NDArray[np.intp]:
    """Columns with words that run over a ruling put where their text began.

    Words are set from the left and numbers from the right, so a word that crosses a
    side belongs to its left, with the words that follow it on the line.
    """
    boxes = words.boxes[inside]
    height = boxes[:, 3] - boxes[:, 1]
    white = boxes[1:, 0] - boxes[:-1, 2]
    level = np.abs(boxes[1:, 1] - boxes[:-1, 1]) < 0.3 * height[1:]
    follows, runs_on = np.zeros((2, len(inside)), dtype=np.bool_)
    follows[1:] = level & (white > -1) & (inside[1:] - inside[:-1] == 1)
    closest = (TIGHT if is_ruled else SPACE) * height[1:]
    runs_on[1:] = follows[1:] & (columns[1:] - columns[:-1] == 1) & (white < closest)
    crosses = boxes[:, 0] < grid.xs[columns] - CROSSED * height
    if not ((crosses | runs_on) & (columns > 0)).any():
        return columns
    is_text = np.array([_is_word(words.texts[i]) for i in inside.tolist()], dtype=np.bool_)
    follows[1:] &= is_text[:-1]
    moved = columns.copy()
    over = (crosses | (runs_on & follows)) & is_text & (columns > 0)
    for i in np.flatnonzero(over).tolist():
        moved[i] = columns[i] - 1
        for j in range(i + 1, len(inside)):
            if not (follows[j] and is_text[j] and white[j - 1] < SPACE * height[j]):
                break
            moved[j] = moved[i]
    return moved


def _is_word(text: str) -> bool:
    """Whether a word is set from the left: "Darmawan," and "2021)", not "825.000.000"."""
    return not text[-1:].isdigit() and (any(map(str.isalpha, text)) or text.endswith(")"))
