"""Level rules of a page, and the edges of its bands of shading, as heights with extents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lkjip.extract.general.texts import Line
from lkjip.extract.typed.paths import Paths

LEVEL = 3.0  # points: the thickest rule
LEAST = 7.0  # points: a shorter one separates nothing
SAME = 1.6  # points between two edges that are one
BAND = 60.0  # points: shading higher than this is a background
JOINED = 4.0  # points between two pieces of one rule


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


def rules_of(paths: Paths) -> list[Rule]:
    """Every rule of the page from the top down, pieces that touch joined."""
    sides = [
        ((y0 + y1) / 2, x0, x1)
        for x0, y0, x1, y1 in paths.rulings.tolist()
        if y1 - y0 <= LEVEL and x1 - x0 >= LEAST
    ]
    for x0, y0, x1, y1 in paths.shading.tolist():
        if y1 - y0 <= BAND and x1 - x0 >= LEAST:
            sides += [(y0, x0, x1), (y1, x0, x1)]
    rows: list[list[tuple[float, float, float]]] = []
    for side in sorted(sides):
        if rows and side[0] - rows[-1][0][0] < SAME:
            rows[-1].append(side)
        else:
            rows.append([side])
    return [rule for row in rows for rule in _joined(row)]


def is_between(above: Line, below: Line, rules: Sequence[Rule]) -> bool:
    """Whether one of the rules parts two lines."""
    return any(above.middle < rule.y < below.middle for rule in rules)


def _joined(row: Sequence[tuple[float, float, float]]) -> list[Rule]:
    joined: list[Rule] = []
    y = row[0][0]
    for _, x0, x1 in sorted(row, key=lambda side: side[1]):
        if joined and x0 - joined[-1].x1 <= JOINED:
            joined[-1] = Rule(y, joined[-1].x0, max(joined[-1].x1, x1))
        else:
            joined.append(Rule(y, x0, x1))
    return joined
