"""Cells that only shading shows, where they continue a ruled grid: a header of filled boxes."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from lkjip.extract.typed.geometry import Boxes

SAME = 1.0  # points between two edges that are one
LEAST, MOST = 6.0, 120.0  # points: heights of a cell
Extent = tuple[float, float]


def with_shaded_cells(rulings: Boxes, shading: Boxes) -> Boxes:
    """The rulings, and the sides of the filled boxes that stand on a grid or hang from one.

    Both sides of such a box lie in line with upright rulings that begin or end
    where it does, and none runs along them: inside a ruled cell shading shows nothing new.
    """
    if not len(rulings) or not len(shading):
        return rulings
    uprights = _uprights(rulings)
    sides = [side for box in _stacked(shading) if _continues(box, uprights) for side in _sides(box)]
    return np.concatenate([rulings, np.array(sides, dtype=rulings.dtype)]) if sides else rulings


def _uprights(rulings: Boxes) -> dict[int, list[Extent]]:
    """Where upright rulings run, by their place in points across the page."""
    found: dict[int, list[Extent]] = defaultdict(list)
    for x0, y0, x1, y1 in rulings[rulings[:, 3] - rulings[:, 1] > LEAST / 2].tolist():
        if x1 - x0 < y1 - y0:
            found[round((x0 + x1) / 2)].append((y0, y1))
    return found


def _stacked(shading: Boxes) -> list[list[float]]:
    """The filled boxes, those that stand on each other (line by line of a cell) as one."""
    boxes: list[list[float]] = []
    order = np.lexsort((shading[:, 1], shading[:, 2].round(), shading[:, 0].round()))
    for x0, y0, x1, y1 in shading[order].tolist():
        last = boxes[-1] if boxes else None
        if last and abs(last[0] - x0) < SAME > abs(last[2] - x1) and y0 - last[3] < SAME:
            last[3] = max(last[3], y1)
        else:
            boxes.append([x0, y0, x1, y1])
    return boxes


def _continues(box: list[float], uprights: dict[int, list[Extent]]) -> bool:
    x0, y0, x1, y1 = box
    if not LEAST <= y1 - y0 <= MOST or x1 - x0 < LEAST:
        return False
    beside = [
        [extent for x in (-1, 0, 1) for extent in uprights.get(round(side) + x, ())]
        for side in (x0, x1)
    ]
    if any(low < y1 - 2 * SAME and high > y0 + 2 * SAME for side in beside for low, high in side):
        return False
    is_above = all(any(abs(low - y1) <= SAME for low, _ in side) for side in beside)
    is_below = all(any(abs(high - y0) <= SAME for _, high in side) for side in beside)
    return is_above or is_below


def _sides(box: list[float]) -> list[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = box
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
