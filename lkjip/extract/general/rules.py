"""Level rules of a page, and the edges of its bands of shading, as heights with extents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.general.texts import Line
from lkjip.extract.tables.grid import Floats
from lkjip.extract.typed.paths import Paths

LEVEL = 3.0  # points: the thickest rule
LEAST = 7.0  # points: a shorter one separates nothing
SAME = 1.6  # points between two edges that are one
BAND = 60.0  # points: shading higher than this is a background
JOINED = 4.0  # points between two pieces of one rule
APART = 2.0**24  # points: wider than any page, and exact in a sum


@dataclass(frozen=True, slots=True)
class Rule:
    """A level rule, or the edge of a band."""

    y: float
    x0: float
    x1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def covers(self, x0: float, x1: float) -> float:
        """The share of an extent that the rule runs along."""
        return max(0.0, min(self.x1, x1) - max(self.x0, x0)) / max(1e-6, x1 - x0)


@lru_cache(maxsize=1)  # asked for where words are left that may be a table, not on every page
def rules_of(paths: Paths) -> list[Rule]:
    """Every rule of the page from the top down, pieces that touch joined."""
    sides = _sides(paths)
    if not len(sides):
        return []
    y, x0, x1 = sides.T
    heights, places = np.unique(y, return_inverse=True)
    labels = _rows(heights)
    rows = labels[places]
    order = np.lexsort((x0, rows))
    rows, x0, x1 = rows[order], x0[order], x1[order]
    apart = APART * rows  # sets the rows apart in one order
    reached = np.maximum.accumulate(x1 + apart)
    starts = np.flatnonzero(np.append(True, (x0 + apart)[1:] - reached[:-1] > JOINED))
    ends = reached[np.append(starts[1:], len(order)) - 1] - apart[starts]
    firsts = heights[labels.searchsorted(rows[starts])]
    rules = np.stack([firsts, x0[starts], ends], axis=1)
    return [Rule(*rule) for rule in rules.tolist()]


def _sides(paths: Paths) -> Floats:
    """(y, x0, x1) of every rule and every edge of a band."""
    x0, y0, x1, y1 = paths.rulings.astype(np.float64).T
    kept = (y1 - y0 <= LEVEL) & (x1 - x0 >= LEAST)
    rules = np.stack([(y0 + y1) / 2, x0, x1], axis=1)[kept]
    x0, y0, x1, y1 = paths.shading.astype(np.float64).T
    kept = (y1 - y0 <= BAND) & (x1 - x0 >= LEAST)
    tops, feet = np.stack([y0, x0, x1], axis=1)[kept], np.stack([y1, x0, x1], axis=1)[kept]
    return np.concatenate([rules, tops, feet])


def _rows(heights: Floats) -> NDArray[np.intp]:
    """Of each height, top to bottom, the row that it is of: those near the row's first."""
    rows: list[int] = []
    first = -np.inf
    for y in heights.tolist():
        if y - first >= SAME:
            first = y
            rows.append(rows[-1] + 1 if rows else 0)
        else:
            rows.append(rows[-1])
    return np.array(rows, dtype=np.intp)


def is_between(above: Line, below: Line, rules: Sequence[Rule]) -> bool:
    """Whether one of the rules parts two lines."""
    return any(above.middle < rule.y < below.middle for rule in rules)
