"""How a page that is read upright and straight lies on the page as displayed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lkjip.records import NOWHERE, Box, View

Matrix = npt.NDArray[np.float64]  # (3, 3), of points (x, y, 1)


def quarter_turn(quarters: int, width: float, height: float) -> Matrix:
    """From a page of `width` and `height` to the same page turned clockwise."""
    rows = {
        0: ((1, 0, 0), (0, 1, 0)),
        1: ((0, -1, height), (1, 0, 0)),
        2: ((-1, 0, width), (0, -1, height)),
        3: ((0, 1, 0), (-1, 0, width)),
    }[quarters % 4]
    return np.array([*rows, (0, 0, 1)], dtype=np.float64)


def resized(scale: float, left: float = 0.0, top: float = 0.0) -> Matrix:
    """From pixels or other units to points, and aside."""
    return np.array([(scale, 0, left), (0, scale, top), (0, 0, 1)], dtype=np.float64)


def view_of(matrix: Matrix) -> View | None:
    """The matrix as a page keeps it: None where it changes nothing."""
    if np.allclose(matrix, np.eye(3), atol=1e-6):
        return None
    return tuple((matrix / matrix[2, 2]).ravel().tolist())


def through(view: View | None, box: Box) -> Box:
    """The box around the corners of `box` as `view` leads them to the displayed page."""
    if view is None or box == NOWHERE:
        return box
    corners = [_point(view, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _point(view: View, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f, g, h, i = view
    depth = g * x + h * y + i
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth
