"""Words into the cells of a grid, as printed lines of text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.grid import Grid
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell, TextLine

SPACE = 0.55  # line heights of white that a space between two words stays under
TIGHT = 0.22  # line heights: no two cells' texts stand this close over a ruling
CROSSED = 0.15  # line heights: a word that reaches further over a side runs over it


def words_inside(grid: Grid, words: Words) -> NDArray[np.bool_]:
    """Which words have their middle inside the grid."""
    x, y = middles(words)
    box = grid.box
    return (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)


def middles(words: Words) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return words.boxes[:, [0, 2]].mean(axis=1), words.boxes[:, [1, 3]].mean(axis=1)


def places(grid: Grid, words: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column under the middle of each word; the nearest ones for words outside."""
    x, y = middles(words)
    rows, columns = grid.owner.shape
    row = np.searchsorted(grid.ys, y, side="right") - 1
    column = np.searchsorted(grid.xs, x, side="right") - 1
    return np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)


def fill(grid: Grid, words: Words, page: int, *, is_ruled: bool = True) -> tuple[Cell, ...]:
    """The grid's cells with the words that have their middle in them.

    Where no ruling shows the columns, words with no more than a space between them
    stay together.
    """
    inside = np.flatnonzero(words_inside(grid, words))
    rows, columns = (place[inside] for place in places(grid, words))
    columns = _overflowing(grid, words, inside, columns, is_ruled=is_ruled)
    owners = grid.owner[rows, columns]
    content: dict[int, list[int]] = {}
    for word, cell in zip(inside.tolist(), owners.tolist(), strict=True):
        content.setdefault(cell, []).append(word)
    text_of = Print.of(words).lines
    xs, ys = grid.xs.tolist(), grid.ys.tolist()
    cells = []
    for number, (row, column, height, width) in enumerate(grid.spans):
        box = Box(xs[column], ys[row], xs[column + width], ys[row + height])
        lines = text_of(content.get(number, []))
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
    boxes, texts = words.boxes[inside], [words.texts[i] for i in inside]
    is_text = np.array([_is_word(text) for text in texts], dtype=np.bool_)
    height = boxes[:, 3] - boxes[:, 1]
    follows = np.zeros(len(inside), dtype=np.bool_)
    level = np.abs(boxes[1:, 1] - boxes[:-1, 1]) < 0.3 * height[1:]
    white = boxes[1:, 0] - boxes[:-1, 2]
    follows[1:] = level & (white > -1) & (np.diff(inside) == 1) & is_text[:-1]
    closest = (TIGHT if is_ruled else SPACE) * height[1:]
    over = boxes[:, 0] < grid.xs[columns] - CROSSED * height
    over[1:] |= follows[1:] & (np.diff(columns) == 1) & (white < closest)
    moved = columns.copy()
    for i in np.flatnonzero(over & is_text & (columns > 0)).tolist():
        moved[i] = columns[i] - 1
        for j in range(i + 1, len(inside)):
            if not (follows[j] and is_text[j] and white[j - 1] < SPACE * height[j]):
                break
            moved[j] = moved[i]
    return moved


def _is_word(text: str) -> bool:
    """Whether a word is set from the left: "Darmawan," and "2021)", not "825.000.000"."""
    return not text[-1:].isdigit() and (any(map(str.isalpha, text)) or text.endswith(")"))


class Print(NamedTuple):
    """The words of a page as plain lists, which are faster to walk than arrays."""

    boxes: list[Box]
    middles: list[float]  # twice the height of each word's middle
    texts: list[str]
    bold: list[bool]

    @classmethod
    def of(cls, words: Words) -> Print:
        boxes = [Box(*sides) for sides in words.boxes.tolist()]
        return cls(boxes, [box[1] + box[3] for box in boxes], words.texts, words.bold.tolist())

    def lines(self, picked: list[int]) -> tuple[TextLine, ...]:
        """The picked words as lines of text, top to bottom, each left to right.

        A word belongs to the line above when their middles are less than half a
        line height apart.
        """
        if len(picked) < 2:
            return (self._word(picked[0]),) if picked else ()
        lines: list[list[int]] = []
        middle, height, middles, boxes = -1e9, 0.0, self.middles, self.boxes
        for i in sorted(picked, key=middles.__getitem__):
            tall = boxes[i][3] - boxes[i][1]
            if middles[i] - middle < (tall if 0 < tall < height else height):
                lines[-1].append(i)
            else:
                lines.append([i])
                middle, height = middles[i], tall
        return tuple([self._line(line) if len(line) > 1 else self._word(line[0]) for line in lines])

    def _word(self, i: int) -> TextLine:
        return TextLine(self.texts[i], self.boxes[i], self.bold[i])

    def _line(self, line: list[int]) -> TextLine:
        boxes = self.boxes
        line.sort(key=boxes.__getitem__)  # by the left side first
        x0s, y0s, x1s, y1s = zip(*[boxes[i] for i in line], strict=True)
        box = Box(x0s[0], min(y0s), max(x1s), max(y1s))
        bold = all(self.bold[i] for i in line)
        return TextLine(" ".join([self.texts[i] for i in line]), box, bold)
