"""Cell boxes and words, as other libraries give them, to a `Table` with spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from lkjip.records import Box, Cell, Table, TextLine

SNAP = 1.0  # points: sides closer than this are one


class Word(NamedTuple):
    text: str
    box: Box
    bold: bool = False


def lay_out(boxes: Sequence[Box], words: Iterable[Word], page: int) -> Table:
    """The table made of these cells (not empty), each with the words whose middle is in it."""
    xs = _sides(side for box in boxes for side in (box.x0, box.x1))
    ys = _sides(side for box in boxes for side in (box.y0, box.y1))
    words = list(words)
    cells = []
    for box in boxes:
        column, right = _nearest(xs, box.x0), _nearest(xs, box.x1)
        row, bottom = _nearest(ys, box.y0), _nearest(ys, box.y1)
        lines = text_lines([word for word in words if _is_in(word.box, box)])
        cells.append(Cell(row, column, box, lines, bottom - row, right - column, page))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    outer = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Table((page,), outer, len(ys) - 1, len(xs) - 1, tuple(cells), "ruled")


def text_lines(words: list[Word]) -> tuple[TextLine, ...]:
    """Words to printed lines, top to bottom, each from left to right."""
    words = sorted(words, key=lambda word: word.box.y0 + word.box.y1)
    starts = [0, *(i for i, pair in enumerate(pairwise(words), 1) if _breaks(*pair)), len(words)]
    return tuple(_line(words[a:b]) for a, b in pairwise(starts) if a < b)


def _breaks(above: Word, below: Word) -> bool:
    """Whether the middles of two words are too far apart for one line."""
    apart = (below.box.y0 + below.box.y1 - above.box.y0 - above.box.y1) / 2
    return apart > 0.5 * min(above.box.y1 - above.box.y0, below.box.y1 - below.box.y0)


def _line(words: list[Word]) -> TextLine:
    words = sorted(words, key=lambda word: word.box.x0)
    x0, y0, x1, y1 = zip(*(word.box for word in words), strict=True)
    text = " ".join(word.text for word in words)
    return TextLine(text, Box(min(x0), min(y0), max(x1), max(y1)), all(w.bold for w in words))


def _sides(values: Iterable[float]) -> list[float]:
    sides: list[float] = []
    for value in sorted(values):
        if not sides or value - sides[-1] > SNAP:
            sides.append(value)
    return sides


def _nearest(sides: list[float], value: float) -> int:
    return max(0, bisect_right(sides, value) - 1)


def _is_in(word: Box, cell: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return cell.x0 <= x < cell.x1 and cell.y0 <= y < cell.y1
