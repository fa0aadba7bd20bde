"""The lines of a column to the numbers beside them, in order, at the least cost.

Numbers are matched one to one (`match_numbers`); names are cut into rows of lines
(`deal_lines`), weighing distance, white space, item marks and torn wraps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lkjip.records import TextLine

MARKER = re.compile(r"[•*–-]\s*\S|\(?(\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s*\w", re.I)
LONGEST = 14  # lines that one name may wrap over
# Costs, in line pitches of distance; set on the layouts of fixtures/layouts.py.
TORN = 0.8  # a break where the lines stand as close as within a paragraph
MARKED = -1.0  # … but the lower line starts an item
LOWER = 0.7  # … or goes on in lower case
LOOSE = 1.0  # a gap inside a row wider than its paragraph, per pitch
NUMBERED = -1.5  # a row that starts on the line of its number
SWALLOWED = 0.6  # an item that starts inside another row
BAND = 2.0  # lines that go with no number: a heading
HEADING = 0.3  # … that ends with a colon, stands out in bold or capitals, or heads a list
BARE = 4.0  # a number without words


@dataclass(frozen=True, slots=True)
class Deal:
    """Which lines go to which row: (first, last + 1, anchor or None) of each row."""

    cost: float
    parts: tuple[tuple[int, int, int | None], ...]


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
) -> Deal:
    """Lines to anchors in order at the least cost; with bands, lines may go with no anchor."""
    starting = [any(abs(y - middle(line)) < 0.4 * pitch for y in starts) for line in lines]
    n, m = len(lines), len(anchors)
    bare = BARE if with_bands else 0.0
    table = [[Deal(bare * k, tuple((0, 0, j) for j in range(k))) for k in range(m + 1)]]
    for end in range(1, n + 1):
        table.append([])
        parts = [
            (start, _inner(lines, start, end, pitch, starting), _band(lines, start, end, pitch))
            for start in range(max(0, end - LONGEST), end)
        ]
        for k in range(m + 1):
            cost, before, last = np.inf, Deal(0.0, ()), (end, end, None if not k else k - 1)
            if k and (left := table[end][k - 1]).cost + bare < cost:
                cost, before = left.cost + bare, left
            for start, inner, band in parts:
                if k:
                    above = table[start][k - 1]
                    anchored = (
                        above.cost + inner + _distance(lines, start, end, anchors[k - 1], pitch)
                    )
                    if anchored < cost:
                        cost, before, last = anchored, above, (start, end, k - 1)
                if with_bands and (above := table[start][k]).cost + inner + band < cost:
                    cost, before, last = above.cost + inner + band, above, (start, end, None)
            table[end].append(Deal(cost, (*before.parts, last) if cost < np.inf else ()))
    return table[n][m]


def _inner(
    lines: Sequence[TextLine], start: int, end: int, pitch: float, starting: Sequence[bool]
) -> float:
    """The cost of a row of these lines, whichever number it goes with."""
    cost = _break(lines, start, pitch) + _looseness(lines[start:end], pitch)
    return cost + NUMBERED * starting[start] + SWALLOWED * sum(starting[start + 1 : end])


def _distance(
    lines: Sequence[TextLine], start: int, end: int, anchor: float, pitch: float
) -> float:
    """How far an anchor stands outside its lines, in pitches."""
    top, bottom = middle(lines[start]), middle(lines[end - 1])
    return max(top - anchor, anchor - bottom, 0.0) / pitch


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
    return LOOSE * sum(max(0.0, gap - 1.3) for gap in gaps) + SWALLOWED * items


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
