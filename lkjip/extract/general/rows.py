"""Lines to rows: which lines of a table's body go on in the row above, and which start one.

A rule between two lines parts them, and so does a second figure in one column: no
figure wraps. A name wraps where the next word had no room, or goes on in small letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from lkjip.extract.general.strips import Strip, numeric_columns
from lkjip.extract.general.wraps import Body, starts_row

LOOSER = 0.22  # line heights between close and wide steps of lines
MANY = 0.15  # share of the steps of lines that are wide where white parts the rows
RULED = 0.8  # share of the bands between rules that hold one row where rules part all rows


def rows_of(strips: Sequence[Strip], columns: int) -> list[list[Strip]]:
    """The strips of each row, top to bottom."""
    if not strips:
        return []
    body = _body(strips, columns)
    rows = [[strips[0]]]
    is_ruled = _are_ruled(strips, body.numeric)
    for number, strip in enumerate(strips[1:], start=1):
        if is_ruled:
            starts = strip.ruled
        else:
            before, after = _steps(strips, number)
            following = strips[number + 1] if number + 1 < len(strips) else None
            starts = strip.ruled or starts_row(rows[-1], strip, following, (before, after), body)
        if starts:
            rows.append([strip])
        else:
            rows[-1].append(strip)
    return rows


def _body(strips: Sequence[Strip], columns: int) -> Body:
    height = float(np.median([s.bottom - s.top for s in strips]))
    rooms = [
        max((t.x1 for s in strips for t in s.columns.get(k, ())), default=0.0)
        for k in range(columns)
    ]
    gaps = [b.top - a.bottom for a, b in pairwise(strips)]
    return Body(numeric_columns(strips, columns), rooms, height, _limit(gaps, height))


def _steps(strips: Sequence[Strip], number: int) -> tuple[float, float | None]:
    """The white above a line and below it."""
    above = strips[number].top - strips[number - 1].bottom
    if number + 1 == len(strips):
        return above, None
    return above, strips[number + 1].top - strips[number].bottom


def _limit(gaps: Sequence[float], height: float) -> float:
    """The white between two lines from which they are two rows; infinite where all is even."""
    ranked = sorted(gaps)
    if len(ranked) < 2:
        return np.inf
    largest, middle = max((b - a, (a + b) / 2) for a, b in pairwise(ranked))
    below = [gap for gap in ranked if gap < middle]
    many = len(ranked) - len(below) >= MANY * len(ranked)
    even = bool(below) and max(below) - min(below) < 3 * LOOSER * height
    return middle if many and even and largest > LOOSER * height else np.inf


def _are_ruled(strips: Sequence[Strip], numeric: Sequence[bool]) -> bool:
    """Whether the rules part every row: nothing between two of them can be two rows."""
    bands: list[list[Strip]] = [[strips[0]]]
    for strip in strips[1:]:
        if strip.ruled:
            bands.append([strip])
        else:
            bands[-1].append(strip)
    single = sum(_is_single(band, numeric) for band in bands)
    return len(bands) > 2 and single >= max(2, RULED * len(bands))


def _is_single(band: Sequence[Strip], numeric: Sequence[bool]) -> bool:
    """Whether no column has two figures, and no two lines of words start every column anew."""
    counts: dict[int, int] = {}
    for strip in band:
        for column in strip.figures(numeric):
            counts[column] = counts.get(column, 0) + 1
    width = len({column for strip in band for column in strip.columns})
    whole = [
        strip
        for strip in band
        if len(strip.columns) == width and not any(map(strip.is_small, strip.columns))
    ]
    return max(counts.values(), default=1) < 2 and (any(numeric) or len(whole) < 2 or width < 2)
