"""Words into the cells of a grid, as printed lines of text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.grid import Grid
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell, TextLine

CROSSED = 0.15  # line heights: a word that reaches further over a side runs over it


def words_inside(grid: Grid, words: Words) -> NDArray[np.bool_]:
    """Which words have their middle inside the grid."""
    x, y = middles(words)
    box = grid.box
    return (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)


def middles(words: Words) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return words.boxes[:, [0, 2]].mean(axis=1), words.boxes[:, [1, 3]].mean(axis=1)


def fill(grid: Grid, words: Words, page: int, *, is_ruled: bool = True) -> tuple[Cell, ...]:
    """The grid's cells with the words that have their middle in them.

    Where no ruling shows the columns, words with no more than a space between them
    stay together.
    """
    x, y = middles(words)
    inside = np.flatnonzero(words_inside(grid, words))
    rows = np.searchsorted(grid.ys, y[inside], side="right") - 1
    columns = np.searchsorted(grid.xs, x[inside], side="right") - 1
    columns = _overflowing(grid, words, inside, columns, is_ruled=is_ruled)
    owners = grid.owner[rows, columns]
    content: dict[int, list[int]] = {}
    for word, cell in zip(inside.tolist(), owners.tolist(), strict=True):
        content.setdefault(cell, []).append(word)
    cells = []
    for number, (row, column, height, width) in enumerate(grid.spans):
        box = Box(
            float(grid.xs[column]),
            float(grid.ys[row]),
            float(grid.xs[column + width]),
            float(grid.ys[row + height]),
        )
        lines = text_lines(words, content.get(number, []))
        cells.append(Cell(row, column, box, lines, height, width, page))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


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
    sides = grid.xs[columns]
    height = boxes[:, 3] - boxes[:, 1]
    crossing = (boxes[:, 0] < sides - CROSSED * height) & (columns > 0)
    if not is_ruled:
        level = np.abs(boxes[1:, 1] - boxes[:-1, 1]) < 0.3 * height[1:]
        white = boxes[1:, 0] - boxes[:-1, 2]
        follows = level & (np.diff(columns) == 1) & (white > -1) & (white < 0.5 * height[1:])
        crossing[1:] |= follows
    if not crossing.any():
        return columns
    moved = columns.copy()
    for i in np.flatnonzero(crossing).tolist():
        if words.texts[inside[i]][-1:].isdigit() or not _is_word(words.texts[inside[i]]):
            continue
        moved[i] = columns[i] - 1
        for j in range(i + 1, len(inside)):
            tall = height[j]
            next_word = inside[j] == inside[j - 1] + 1 and abs(boxes[j, 1] - boxes[i, 1]) < tall / 2
            near = -1 < boxes[j, 0] - boxes[j - 1, 2] < 0.5 * tall
            if not (next_word and near and _is_word(words.texts[inside[j]])):
                break
            moved[j] = moved[i]
    return moved


def _is_word(text: str) -> bool:
    return any(char.isalpha() for char in text)


def text_lines(words: Words, picked: list[int]) -> tuple[TextLine, ...]:
    """The picked words as lines of text, top to bottom, each left to right.

    A word belongs to the line above when their middles are less than half a
    line height apart.
    """
    if not picked:
        return ()
    boxes = words.boxes[picked].tolist()
    order = sorted(range(len(picked)), key=lambda i: boxes[i][1] + boxes[i][3])
    lines: list[list[int]] = []
    middle = height = 0.0
    for i in order:
        _, y0, _, y1 = boxes[i]
        if lines and (y0 + y1) / 2 - middle < 0.5 * min(height, y1 - y0 or height):
            lines[-1].append(i)
        else:
            lines.append([i])
            middle, height = (y0 + y1) / 2, y1 - y0
    return tuple(_line(words, picked, boxes, line) for line in lines)


def _line(words: Words, picked: list[int], boxes: list[list[float]], line: list[int]) -> TextLine:
    line.sort(key=lambda i: boxes[i][0])
    text = " ".join(words.texts[picked[i]] for i in line)
    sides = list(zip(*(boxes[i] for i in line), strict=True))
    box = Box(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
    bold = all(words.bold[picked[i]] for i in line)
    return TextLine(text, box, bold)
