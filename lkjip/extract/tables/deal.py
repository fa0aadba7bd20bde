"""The lines of a column to the numbers beside them, in order, at the least cost.

Numbers are matched one to one (`match_numbers`); names are cut into rows of lines
(`deal_lines`), weighing distance, white space, item marks and torn wraps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lkjip.records import TextLine

MARKER = re.compile(r"[•*–-]\s*\S|\(?(\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s*\w", re.I)
LONGEST = 14  # lines that one name may wrap over
# Costs, in line pitches of distance; set on the layouts of fixtures/layouts.py.
TORN = 0.8  # a break where the lines stand as close as within a paragraph
MARKED = -1.0  # … but the lower line starts an item
LOWER = 0.7  # … or goes on in lower case
MOSTLY = 0.8  # share of the amounts that have an item number level with them
SPREAD = 1.3  # pitches between two lines that are no paragraph
LOOSE = 1.0  # a gap inside a row wider than its paragraph, per pitch
NUMBERED = -1.5  # a row that starts on the line of its number
SWALLOWED = 1.0  # an item that starts inside another row
BAND = 2.0  # lines that go with no number: a heading
HEADING = 0.3  # … that ends with a colon, stands out in bold or capitals, or heads a list
BARE = 4.0  # a number without words
LEVEL = 0.15  # pitches that a number may be off its place in the row for nothing
ASKEW = 2.0  # … and for each pitch more
MOST_ASKEW = 1.0  # … at the most: some tables have no such place
UNLIKE = 0.6  # two lines of a row in different weight, or set from different margins
MARGIN = 3.0  # points between two margins


Part = tuple[int, int, int | None]  # first line, last + 1, the number they go with


Mark = tuple[float, int | None]  # the height of a number, and which of the amounts it is


class Row(NamedTuple):
    """Lines that may be one row: the first, its cost with a number and without, its height."""

    start: int
    inner: float
    band: float
    top: float
    bottom: float
    is_spread: bool  # set wider than a paragraph


def middle(line: TextLine) -> float:
    return (line.box.y0 + line.box.y1) / 2


def match_numbers(lines: Sequence[TextLine], anchors: Sequence[float]) -> list[int]:
    """The anchor of each number of a column, in order, none twice, at the least distance.

    A column may stand higher or lower than the anchors as a whole.
    """
    places = np.array([middle(line) for line in lines])
    ys = np.array(anchors)
    shift = float(np.median(places - ys[np.abs(ys[None, :] - places[:, None]).argmin(axis=1)]))
    gap = np.abs(ys[None, :] - (places - shift)[:, None])
    n, m = gap.shape
    if n > m:
        return [int(np.argmin(row)) for row in gap]
    best = np.full((n + 1, m + 1), np.inf)
    best[0] = 0
    for i in range(1, n + 1):
        for j in range(i, m + 1):
            best[i, j] = min(best[i, j - 1], best[i - 1, j - 1] + gap[i - 1, j - 1])
    chosen, j = [], m
    for i in range(n, 0, -1):
        while j > i and best[i, j] == best[i, j - 1]:
            j -= 1
        chosen.append(j - 1)
        j -= 1
    return chosen[::-1]


def deal_lines(
    lines: Sequence[TextLine],
    anchors: Sequence[float],
    pitch: float,
    *,
    with_bands: bool,
    starts: Sequence[float] = (),
) -> list[Part]:
    """Lines to anchors in order at the least cost; with bands, lines may go with no anchor.

    A table sets its numbers level with the first line of the name, its middle or its last:
    of the three, the cheapest holds for all rows. `starts` are the places of item numbers.
    """
    marks, starts = _marks(anchors, starts, pitch)
    starting = [any(abs(y - middle(line)) < 0.4 * pitch for y in starts) for line in lines]
    rows = _rows(lines, pitch, starting, with_bands=with_bands)
    deals = [_dealt(lines, [y for y, _ in marks], pitch, rows, place) for place in (0.0, 0.5, 1.0)]
    parts = [
        (first, end, None if mark is None else marks[mark][1])
        for first, end, mark in min(deals, key=lambda deal: deal[0])[1]
    ]
    return [part for part in parts if part[1] > part[0] or part[2] is not None]


def _marks(
    anchors: Sequence[float], starts: Sequence[float], pitch: float
) -> tuple[list[Mark], Sequence[float]]:
    """What marks a row, top to bottom, and the item numbers that tell where rows start.

    Where item numbers stand level with their amounts, one that stands alone marks a band.
    """
    marks: list[Mark] = [(y, number) for number, y in enumerate(anchors)]
    alone = [y for y in starts if all(abs(y - a) >= LEVEL * pitch for a in anchors)]
    numbered = [a for a in anchors if any(abs(y - a) < LEVEL * pitch for y in starts)]
    merged = sorted([*((y, True) for y in alone), *((a, a not in numbered) for a in anchors)])
    is_apart = any(b_alone and a in alone for (a, _), (_, b_alone) in pairwise(merged))
    if is_apart or len(numbered) < MOSTLY * len(anchors):
        return marks, starts
    return sorted([*marks, *((y, None) for y in alone)], key=lambda mark: mark[0]), ()


def _rows(
    lines: Sequence[TextLine], pitch: float, starting: Sequence[bool], *, with_bands: bool
) -> list[list[Row]]:
    """The rows that may end before each line (0.. lines), whichever number they go with."""
    rows: list[list[Row]] = [[]]
    for end in range(1, len(lines) + 1):
        rows.append([])
        for start in range(max(0, end - LONGEST), end):
            inner = _inner(lines, start, end, pitch, starting)
            band = _band(lines, start, end, pitch) if with_bands else np.inf
            top, bottom = middle(lines[start]), middle(lines[end - 1])
            is_spread = bottom - top > SPREAD * pitch * (end - 1 - start)
            rows[-1].append(Row(start, inner, inner + band, top, bottom, is_spread))
    return rows


def _dealt(
    lines: Sequence[TextLine],
    anchors: Sequence[float],
    pitch: float,
    rows: list[list[Row]],
    place: float,
) -> tuple[float, list[Part]]:
    """The cheapest deal, and its cost, of numbers that stand at `place` (0 first .. 1 last line).

    best[end][k] is the least cost of the first `end` lines with the first k numbers.
    """
    bare = BARE if any(row.band < np.inf for row in rows[-1]) else 0.0
    m = len(anchors)
    best = [[bare * k for k in range(m + 1)]]
    last: list[list[Part]] = [[(0, 0, k - 1) for k in range(m + 1)]]
    for end in range(1, len(rows)):
        costs, parts = [np.inf] * (m + 1), [(end, end, None)] * (m + 1)  # type: list[float], list[Part]
        for k in range(m + 1):
            if k and costs[k - 1] + bare < costs[k]:
                costs[k], parts[k] = costs[k - 1] + bare, (end, end, k - 1)
            for row in rows[end]:
                above = best[row.start]
                if k and (cost := above[k - 1] + row.inner) < costs[k]:
                    cost += _off(row, anchors[k - 1], pitch, place)
                    if cost < costs[k]:
                        costs[k], parts[k] = cost, (row.start, end, k - 1)
                if above[k] + row.band < costs[k]:
                    costs[k], parts[k] = above[k] + row.band, (row.start, end, None)
        best.append(costs)
        last.append(parts)
    return best[-1][m], _traced(last, m)


def _traced(last: list[list[Part]], k: int) -> list[Part]:
    """The parts of the cheapest deal, first to last."""
    parts: list[Part] = []
    end = len(last) - 1
    while end or k:
        parts.append(last[end][k])
        start, _, anchor = last[end][k]
        end, k = start, k - (anchor is not None)
    return parts[::-1]


def _off(row: Row, anchor: float, pitch: float, place: float) -> float:
    """The cost of a number that stands outside its row, or not at the place of the others.

    A name spread over rows of the sheet may have its number in the last of them.
    """
    outside = max(row.top - anchor, anchor - row.bottom, 0.0) / pitch
    if row.is_spread and abs(anchor - row.bottom) < LEVEL * pitch:
        return 0.0
    off = abs(row.top + place * (row.bottom - row.top) - anchor) / pitch
    return outside + min(max(0.0, off - LEVEL) * ASKEW, MOST_ASKEW)


def _inner(
    lines: Sequence[TextLine], start: int, end: int, pitch: float, starting: Sequence[bool]
) -> float:
    """The cost of a row of these lines, whichever number it goes with."""
    cost = _break(lines, start, pitch) + _looseness(lines[start:end], pitch)
    return cost + NUMBERED * starting[start] + SWALLOWED * sum(starting[start + 1 : end])


def _break(lines: Sequence[TextLine], start: int, pitch: float) -> float:
    """The cost of a row starting at a line: none where white space sets it off."""
    if start == 0:
        return 0.0
    above, line = lines[start - 1], lines[start]
    cost = TORN if middle(line) - middle(above) < 1.25 * pitch else 0.0
    if MARKER.match(line.text):
        cost += MARKED
    return cost + (LOWER if line.text[:1].islower() and not MARKER.match(line.text) else 0.0)


def _looseness(part: Sequence[TextLine], pitch: float) -> float:
    gaps = [(middle(b) - middle(a)) / pitch for a, b in pairwise(part)]
    items = sum(bool(MARKER.match(line.text)) for line in part[1:])
    unlike = sum(_is_unlike(a, b) for a, b in pairwise(part))
    return LOOSE * sum(max(0.0, gap - SPREAD) for gap in gaps) + SWALLOWED * items + UNLIKE * unlike


def _is_unlike(above: TextLine, line: TextLine) -> bool:
    """Whether a line looks like the start of something else than the line above."""
    return above.bold != line.bold or (
        above.box.x0 - line.box.x0 > MARGIN and not MARKER.match(above.text)
    )


def _band(lines: Sequence[TextLine], start: int, end: int, pitch: float) -> float:
    """The cost of lines without a number: less where they stand out, or head a list."""
    part, below = lines[start:end], lines[end : end + 1]
    heads = any(MARKER.match(line.text) and not MARKER.match(part[0].text) for line in below)
    if heads and middle(below[0]) - middle(part[-1]) > 1.25 * pitch:
        return HEADING
    last = part[-1].text.rstrip()
    stands_out = all(line.bold for line in part) and not all(line.bold for line in lines)
    capital = all(line.text.isupper() for line in part) and not all(
        line.text.isupper() for line in lines
    )
    return HEADING if last.endswith(":") or stands_out or capital else BAND
