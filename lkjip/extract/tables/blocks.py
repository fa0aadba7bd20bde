"""Printed lines in texts set apart, and the runs of them that are tables."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.align import NUMERIC, line_numbers
from lkjip.extract.tables.fill import SPACE
from lkjip.extract.tables.grid import median
from lkjip.extract.tables.headings import Line
from lkjip.extract.typed.words import Words

GAP = 1.2  # line heights of white between two segments of a line
REACH = 4.0  # line heights between two lines of one block
FEW = 3  # tabular lines that make a table
FAR = 8.0  # … of two that one table's columns run through
WRAPS = 10  # lines from one number to the next in a block whose names wrap
AMOUNT = re.compile(r"\(?-?\d{1,3}([.,]\d{3})+.*|\d{1,3}[.,]\d{1,2}\s*%?|\d{4,}|\d+%", re.A)


def lines_of(words: Words, picked: NDArray[np.intp]) -> list[Line]:
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
    amounts = np.array([bool(AMOUNT.fullmatch(words.texts[i])) for i in picked])
    apart = (white > GAP * height) | ((white > 0) & amounts[:-1] & amounts[1:])
    for start, end in _cut(apart):
        texts = [words.texts[i] for i in picked[start:end]]
        number = all(NUMERIC.fullmatch(t) for t in texts) and bool(AMOUNT.fullmatch(texts[-1]))
        segments.append((float(boxes[start, 0]), float(reached[end - 1]), number))
    if len(segments) > 1 and segments[0][2] and not segments[1][2]:  # a code before its name
        segments[0] = (*segments[0][:2], False)
    runs = [
        (float(boxes[start, 0]), float(reached[end - 1]))
        for start, end in _cut(white > SPACE * height)
    ]
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    return Line(picked.tolist(), segments, runs, top, bottom)


def _cut(apart: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(start, end) of the parts of a line between places that stand apart."""
    return list(pairwise([0, *(np.flatnonzero(apart) + 1).tolist(), len(apart) + 1]))


def find_blocks(lines: list[Line]) -> list[tuple[int, int]]:
    """(first, last) lines of each run of tabular lines with at most a few others in between."""
    blocks: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.is_tabular:
            continue
        if blocks and _go_on(lines[blocks[-1][1] : number + 1]):
            blocks[-1] = (blocks[-1][0], number)
        else:
            blocks.append((number, number))
    return [(a, b) for a, b in _joined(lines, blocks) if _is_enough(lines[a : b + 1])]


def _joined(lines: list[Line], blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Blocks of one table as one: a band or a name of many lines parts them."""
    joined: list[tuple[int, int]] = []
    for block in blocks:
        if joined and _go_on_below(lines, joined[-1], block):
            joined[-1] = (joined[-1][0], block[1])
        else:
            joined.append(block)
    return joined


def _go_on_below(lines: list[Line], above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether the numbers of two blocks stand in the same columns, with only names between them."""
    upper, lower = (
        number_columns(lines[above[0] : above[1] + 1]),
        number_columns(lines[below[0] : below[1] + 1]),
    )
    fewer, more = sorted((upper, lower), key=len)
    if not all(any(a < d and c < b for c, d in more) for a, b in fewer):
        return False
    part = lines[above[1] : below[0] + 1]
    height = part[0].bottom - part[0].top
    if any(b.top - a.bottom > FAR * height for a, b in pairwise(part)):
        return False
    return all(_is_beside(line, more) for line in part[1:-1])


def number_columns(lines: list[Line]) -> list[tuple[float, float]]:
    """From where to where the numbers of some lines stand, left to right."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((x0, x1) for line in lines for x0, x1, number in line.segments if number):
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _is_beside(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line is a name or a band: nothing stands over the columns of numbers alone."""
    return all(
        x0 < columns[0][0] or not any(a < x1 and x0 < b for a, b in columns)
        for x0, x1, _ in line.segments
    )


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
