"""Filled boxes become cells where they continue a ruled grid, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from lkjip.extract.tables.shaded import with_shaded_cells

Box = tuple[float, float, float, float]
XS, YS = (40.0, 94.3, 407.1, 555.3), (72.1, 86.2, 100.3)


def grid() -> list[Box]:
    """Every cell of two rows stroked by itself, as scripts that print tables from a page do."""
    cells = [(x0, y0, x1, y1) for x0, x1 in pairwise(XS) for y0, y1 in pairwise(YS)]
    return [
        side
        for x0, y0, x1, y1 in cells
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    ]


HEADER = [(x0, 50.0, x1, 72.1) for x0, x1 in pairwise(XS)]
FOOTER = [(x0, 100.3, x1, 114.0) for x0, x1 in pairwise(XS)]


@pytest.mark.parametrize(
    ("shading", "cells", "seen"),
    [
        (HEADER, 3, "jspdf-autotable, theme grid: the header is filled and has no rules"),
        (FOOTER, 3, "the same below the body"),
        ([(x0, 50.0, x1, 61.0) for x0, _, x1, _ in HEADER]
         + [(x0, 61.0, x1, 72.1) for x0, _, x1, _ in HEADER], 3, "Word: a box a line of the cell"),
        ([(40.5, 72.6, 94.0, 80.0)], 0, "shading of a line inside a ruled cell"),
        ([(40.0, 72.1, 94.3, 86.2)], 0, "shading of a ruled cell"),
        ([(20.0, 30.0, 580.0, 72.1)], 0, "a banner over the table"),
        ([(40.0, 20.0, 94.3, 44.0)], 0, "a box apart from the table"),
        ([], 0, "no shading"),
    ],
)  # fmt: skip
def test_shaded_cells(shading: list[Box], cells: int, seen: str) -> None:
    rulings = np.array(grid(), dtype=np.float32)
    fills = np.array(shading, dtype=np.float32).reshape(-1, 4)
    more = with_shaded_cells(rulings, fills)
    assert len(more) == len(rulings) + 4 * cells, seen
