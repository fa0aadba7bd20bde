"""From where to where a table without rulings goes: its columns, header, body and row edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.align import ITEM, find_corridors, line_numbers
from lkjip.extract.tables.blocks import FAR, REACH, number_columns
from lkjip.extract.tables.grid import Floats, cluster
from lkjip.extract.tables.headings import Line, counts_columns
from lkjip.extract.typed.words import Words

PROSE = 0.25  # share of a block's lines that may run across its columns
HEADER_LINES = 12
MANY = 3  # texts of a line that only a heading sets apart
OUTSIDE = 0.2  # share of the width by which a heading may stand beside all numbers and names
LONG = 0.5  # share of the width that a level rule or stripe must have to part rows
THIN = 3.0  # points: a rule; what is higher is shading
TORN = 0.15  # share of the shading at a height that may go on, or end, unlike the rest
OFF_CENTRE = 0.08  # share of the width by which a title may be off the table's middle


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A table as lines: header from `top`, body from `first` to `last`, its sides and row edges."""

    top: int
    first: int
    last: int
    sides: Floats
    edges: Floats
    bands: tuple[Line, ...]  # of the body, each over columns of numbers


def extent_of(
    words: Words, lines: list[Line], span: tuple[int, int], floor: int, level: NDArray[np.float32]
) -> Block | None:
    """The table around a run of tabular lines; its header starts at `floor` at the highest."""
    first, last = span
    bands = _bands(lines[first : last + 1])
    sides = _sides(words, [line for line in lines[first : last + 1] if line not in bands])
    if len(sides) < 3 or _is_prose(lines[first : last + 1], sides):
        return None
    last = _end(lines, last, sides)
    top = _start(lines, first, floor, sides)
    rules = _header_rules(lines[top : first + 1], sides, level)
    if len(rules) > 1:  # one above the header, one below it
        under = next(n for n in range(top, first + 1) if lines[n].bottom > rules[0])
        above = lines[top:under]
        if not any(len(line.segments) >= MANY and _names(words, line) for line in above):
            top = under
    first = _body_start(words, lines, (top, first), rules)
    body = lines[first : last + 1]
    sides = _with_headed(words, lines[top:first], sides)
    return Block(top, first, last, sides, _edges(words, body, sides, level), tuple(_bands(body)))


def _bands(body: list[Line]) -> list[Line]:
    """The lines without a number that run over columns of numbers, or close to them."""
    columns = number_columns(body)
    return [
        line
        for line in body
        if not any(number for _, _, number in line.segments)
        and len(line.segments) <= 2
        and any(
            line.segments[-1][0] < x0 < line.segments[-1][1] + line.bottom - line.top
            for x0, _ in columns
        )
    ]


def _names(words: Words, line: Line) -> bool:
    """Whether a line holds headings, not column numbers only."""
    return any(char.isalpha() for word in line.words for char in words.texts[word])


def _with_headed(words: Words, header: list[Line], sides: Floats) -> Floats:
    """The sides with a column that only the header shows, at the left of the others."""
    lefts = [line.segments[0] for line in header if len(line.segments) >= MANY]
    beyond = [x0 for x0, x1, _ in lefts if x1 < sides[0]]
    return np.concatenate([[min(beyond) - 1], sides]) if beyond else sides


def _edges(words: Words, body: list[Line], sides: Floats, level: NDArray[np.float32]) -> Floats:
    """The level sides of the rows; those that leave most rows without a number part none.

    (Paragraphs shaded line by line.)
    """
    boxes = words.boxes[[word for line in body for word in line.words]]
    ends = [body[0].top - 1, body[-1].bottom + 1]
    edges = np.array([ends[0], *_partings(level, sides, ends, boxes), ends[1]])
    numbered = [line for line in body if any(number for _, _, number in line.segments)]
    rows = np.searchsorted(edges, [(line.top + line.bottom) / 2 for line in numbered])
    return edges if 2 * len(set(rows.tolist())) >= len(edges) - 1 else np.array(ends)


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


def _crosses(line: Line, sides: Floats) -> bool:
    """Whether one of a line's runs of words runs over a side."""
    inner = sides[1:-1]
    return any(((inner > x0 + 1) & (inner < x1 - 1)).any() for x0, x1 in line.runs)


def _is_prose(body: list[Line], sides: Floats) -> bool:
    return sum(_crosses(line, sides) for line in body) > PROSE * len(body)


def _fits(line: Line, sides: Floats, *, crossing: bool) -> bool:
    x0, x1, _ = line.segments[0]
    if len(line.segments) >= MANY and x1 < sides[0]:  # a column that only its heading shows
        x0 += OUTSIDE * float(sides[-1] - sides[0])
    inside = x0 > sides[0] - 15 and line.segments[-1][1] < sides[-1] + 15
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
        is_set_apart = len(line.segments) >= (MANY if _crosses(line, sides) else 2)
        reach = FAR if is_set_apart else 1.6
        near = below.top - line.bottom < reach * (line.bottom - line.top)
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
    counts = [n for n in range(top, first) if counts_columns(words, lines[n])]
    if counts:
        return counts[-1] + 1
    if rules and rules[-1] > lines[top].top:  # not the last rule of a table above
        return next(n for n in range(top, first + 1) if lines[n].bottom > rules[-1])
    following = lines[first : first + 30]
    amounts = number_columns(following)[0][0]
    lefts = [x0 for line in following for x0, _, _ in line.segments if x0 < amounts]
    while first > top:
        line = lines[first - 1]
        x0, _ = line.runs[-1]
        beside = [words.texts[w] for w in line.words if words.boxes[w, 0] < x0 - 0.1]
        named = [words.texts[w] for w in line.words[len(beside) :]]
        if (
            x0 > amounts
            or sum(abs(left - x0) < 1.5 for left in lefts) < 2
            or not all(ITEM.fullmatch(text) for text in beside)
            or (len(line.words) > 1 and all(ITEM.fullmatch(text) for text in named))
        ):
            break
        first -= 1
    return first


def _partings(
    level: NDArray[np.float32], sides: Floats, ys: list[float], boxes: NDArray[np.float32]
) -> list[float]:
    """Heights between the two ys at which rules or edges of stripes part rows, through no word.

    Where some of the shading ends and some goes on, paragraphs are shaded line by line
    (and the margins beside them in one piece).
    """
    width = sides[-1] - sides[0]
    overlap = np.minimum(level[:, 2], sides[-1]) - np.maximum(level[:, 0], sides[0])
    inside = overlap > 5
    tops, bottoms = level[inside, 1].astype(np.float64), level[inside, 3].astype(np.float64)
    edges, lengths = np.concatenate([tops, bottoms]), np.tile(overlap[inside], 2)
    is_rule = np.tile(bottoms - tops <= THIN, 2)
    near = (edges > ys[0] + 2) & (edges < ys[1] - 2)
    if not near.any():
        return []
    centres, labels = cluster(edges[near], 2.0)
    kinds = np.where(is_rule, 0, 1 + (np.arange(len(edges)) >= len(tops)))[near]
    ruled, begun, ended = (
        np.bincount(labels, lengths[near] * (kinds == kind), minlength=len(centres))
        for kind in range(3)
    )
    less, more = np.minimum(begun, ended), np.maximum(begun, ended)
    is_whole = (less < TORN * more) | (less > (1 - TORN) * more)
    parts = (ruled >= LONG * width) | (is_whole & (ruled + more >= LONG * width))
    middle, half = (boxes[:, 1] + boxes[:, 3]) / 2, (boxes[:, 3] - boxes[:, 1]) / 4
    is_narrow = overlap[inside] < LONG * width  # not a ground under the whole table
    tops, bottoms = tops[is_narrow], bottoms[is_narrow]
    return [
        y
        for y in centres[parts].tolist()
        if not (np.abs(middle - y) < half).any()
        and not ((tops < y - THIN) & (bottoms > y + THIN)).any()
    ]
