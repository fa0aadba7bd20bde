"""Tables without rulings: blocks of lines whose texts stand in aligned columns.

lines → segments → blocks around lines with numbers → corridors → rows. Level rules
and stripes of shading part rows where they are printed; where nothing does, the body
is one tall row, which `split.py` takes apart by its numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.align import ITEM, NUMERIC, find_corridors, line_numbers
from lkjip.extract.fill import SPACE, fill
from lkjip.extract.grid import Floats, Grid, cluster, make_grid
from lkjip.extract.headings import Line, header_cells
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Table

GAP = 1.2  # line heights of white between two segments of a line
REACH = 4.0  # line heights between two lines of one block
FEW = 3  # tabular lines that make a table
PROSE = 0.25  # share of a block's lines that may run across its columns
WRAPS = 10  # lines from one number to the next in a block whose names wrap
HEADER_LINES = 8
LONG = 0.5  # share of the width that a level rule or stripe must have to part rows
OFF_CENTRE = 0.08  # share of the width by which a title may be off the table's middle
AMOUNT = re.compile(r"\(?-?\d{1,3}([.,]\d{3})+.*|\d{1,3}[.,]\d{1,2}\s*%?|\d{4,}|\d+%", re.A)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A table as lines: header from `top`, body from `first` to `last`, its sides and row edges."""

    top: int
    first: int
    last: int
    sides: Floats
    edges: Floats


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
        block = _block(words, lines, span, floor, level)
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
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
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


def _block(
    words: Words, lines: list[Line], span: tuple[int, int], floor: int, level: NDArray[np.float32]
) -> Block | None:
    """The table around a run of tabular lines; its header starts at `floor` at the highest."""
    first, last = span
    sides = _sides(words, lines[first : last + 1])
    if len(sides) < 3 or _is_prose(lines[first : last + 1], sides):
        return None
    last = _end(lines, last, sides)
    top = _start(lines, first, floor, sides)
    rules = _header_rules(lines[top : first + 1], sides, level)
    if len(rules) > 1:  # one above the header, one below it
        top = next(n for n in range(top, first + 1) if lines[n].bottom > rules[0])
    first = _body_start(words, lines, (top, first), rules)
    body = lines[first : last + 1]
    boxes = words.boxes[[word for line in body for word in line.words]]
    ys = [body[0].top - 1, body[-1].bottom + 1]
    edges = np.array([ys[0], *_partings(level, sides, ys, boxes), ys[1]])
    return Block(top, first, last, sides, edges)


def _sides(words: Words, body: list[Line]) -> Floats:
    """Upright sides: the block's edges and the middles of its corridors.

    A strip in which no text stands of its own is white by chance, inside a column of names.
    """
    picked = np.array([w for line in body for w in line.words])
    boxes = words.boxes[picked]
    left, right = float(boxes[:, 0].min()) - 1, float(boxes[:, 2].max()) + 1
    corridors = find_corridors(boxes, line_numbers(boxes), left, right)
    sides = [left, *((a + b) / 2 for a, b in corridors), right]
    own = [
        sum(any(x0 > a - 1 and x1 < b + 1 for x0, x1, _ in line.segments) for line in body)
        for a, b in pairwise(sides)
    ]
    least = min(2, len(body))
    kept = [x for x, count in zip(sides[1:-1], own[1:], strict=True) if count >= least]
    return np.array([left, *kept, right])


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


def _crosses(line: Line, sides: Floats) -> bool:
    """Whether one of a line's runs of words runs over a side."""
    return any(((sides > x0 + 1) & (sides < x1 - 1)).any() for x0, x1 in line.runs)


def _is_prose(body: list[Line], sides: Floats) -> bool:
    return sum(_crosses(line, sides) for line in body) > PROSE * len(body)


def _fits(line: Line, sides: Floats, *, crossing: bool) -> bool:
    inside = line.segments[0][0] > sides[0] - 15 and line.segments[-1][1] < sides[-1] + 15
    return inside and (crossing or not _crosses(line, sides))


def _end(lines: list[Line], last: int, sides: Floats) -> int:
    """The last line with the wraps that go on below it, close and within one column."""
    while last + 1 < len(lines):
        line, above = lines[last + 1], lines[last]
        near = line.top - above.bottom < 0.5 * (line.bottom - line.top)
        if not (
            near and _fits(line, sides, crossing=False) and len(line.segments) < len(sides) - 1
        ):
            break
        last += 1
    return last


def _start(lines: list[Line], first: int, floor: int, sides: Floats) -> int:
    """The first line of the header above a body: lines that keep to its columns, close by."""
    top = first
    while top > floor and first - top < HEADER_LINES:
        line, below = lines[top - 1], lines[top]
        near = below.top - line.bottom < 1.6 * (line.bottom - line.top)
        runs_on = len(line.segments) == 1 and line.segments[0][1] - line.segments[0][0] > 0.6 * (
            sides[-1] - sides[0]
        )
        if not near or runs_on or not _fits(line, sides, crossing=True):
            break
        top -= 1
    top = _below_title(lines, top, first, sides)
    while top < first and _is_title(lines[top], lines[top + 1], sides):
        top += 1
    return top


def _below_title(lines: list[Line], top: int, first: int, sides: Floats) -> int:
    """Below a title of several lines: one runs over columns, all share the table's middle."""
    middle = (sides[0] + sides[-1]) / 2
    titles = [
        n
        for n in range(top, first)
        if _is_title(lines[n], lines[n + 1], sides)
        and abs(_middle(lines[n]) - middle) < OFF_CENTRE * (sides[-1] - sides[0])
    ]
    if not titles:
        return top
    centre = _middle(lines[titles[-1]])
    top = titles[-1] + 1
    while top < first and len(lines[top].segments) == 1 and abs(_middle(lines[top]) - centre) < 3:
        top += 1
    return top


def _middle(line: Line) -> float:
    return (line.segments[0][0] + line.segments[-1][1]) / 2


def _is_title(line: Line, below: Line, sides: Floats) -> bool:
    """One text over several columns, on a line of its own."""
    return len(line.segments) == 1 and _crosses(line, sides) and line.bottom <= below.top + 1


def _header_rules(lines: list[Line], sides: Floats, level: NDArray[np.float32]) -> list[float]:
    """Level edges among the lines above a body and its first line, top to bottom."""
    if len(lines) < 2:
        return []
    boxes = np.array([[0, line.top, 0, line.bottom] for line in lines], dtype=np.float32)
    return _partings(level, sides, [lines[0].top - REACH * 10, lines[-1].bottom], boxes)


def _body_start(
    words: Words, lines: list[Line], header: tuple[int, int], rules: list[float]
) -> int:
    """The first line of the body: below the last rule under the header, or where names start.

    The first row's name may wrap over lines above its amounts, and its number stand there;
    it is set from the left like the other names, and headings are not.
    """
    top, first = header
    if top == first:
        return first
    if rules:
        return next(n for n in range(top, first + 1) if lines[n].bottom > rules[-1])
    lefts = [
        x0 for line in lines[first : first + 30] for x0, _, number in line.segments if not number
    ]
    while first > top:
        line = lines[first - 1]
        x0, _ = line.runs[-1]
        beside = [words.texts[w] for w in line.words if words.boxes[w, 0] < x0 - 0.1]
        named = [words.texts[w] for w in line.words[len(beside) :]]
        if (
            sum(abs(left - x0) < 1.5 for left in lefts) < 2
            or not all(ITEM.fullmatch(text) for text in beside)
            or all(ITEM.fullmatch(text) for text in named)  # column numbers
        ):
            break
        first -= 1
    return first


def _partings(
    level: NDArray[np.float32], sides: Floats, ys: list[float], boxes: NDArray[np.float32]
) -> list[float]:
    """Heights between the two ys at which rules or edges of stripes part rows, through no word."""
    width = sides[-1] - sides[0]
    overlap = np.minimum(level[:, 2], sides[-1]) - np.maximum(level[:, 0], sides[0])
    inside = overlap > 5
    edges = np.concatenate([level[inside, 1], level[inside, 3]]).astype(np.float64)
    lengths = np.tile(overlap[inside], 2)
    near = (edges > ys[0] + 2) & (edges < ys[1] - 2)
    if not near.any():
        return []
    centres, labels = cluster(edges[near], 2.0)
    covered = np.bincount(labels, lengths[near])
    middle, half = (boxes[:, 1] + boxes[:, 3]) / 2, (boxes[:, 3] - boxes[:, 1]) / 4
    return [
        y
        for y, length in zip(centres.tolist(), covered.tolist(), strict=True)
        if length >= LONG * width and not (np.abs(middle - y) < half).any()
    ]
