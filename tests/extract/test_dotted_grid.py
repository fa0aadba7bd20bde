"""Dotted rulings printed as filled squares make the same grid as drawn lines."""

from __future__ import annotations

import numpy as np
import pytest

from lkjip.extract.tables.grid import find_grids

XS, YS = (40.0, 110.0, 260.0, 330.0), (50.0, 61.4, 77.0, 96.2, 107.6)


@pytest.mark.parametrize(("size", "seed"), [(0.6, 1), (0.75, 2), (1.0, 3)])
def test_rows_of_squares_are_rulings(size: float, seed: int) -> None:
    """Chromium, `border: 1px dotted`: sides differ by what a float leaves of them."""
    level = [(x, y) for y in YS for x in np.arange(XS[0], XS[-1], 2 * size)]
    upright = [(x, y) for x in XS for y in np.arange(YS[0], YS[-1], 2 * size)]
    corners = np.array(level + upright)
    noise = np.random.default_rng(seed).uniform(-1e-4, 1e-4, corners.shape)
    dots = np.hstack([corners, corners + size + noise]).astype(np.float32)
    (grid,) = find_grids(dots)
    assert (len(grid.xs), len(grid.ys), len(grid.spans)) == (len(XS), len(YS), 12)
