"""Columns inside a ruled one: where amounts stand apart, and not where only a heading does."""

from __future__ import annotations

import numpy as np
import pytest

from lkjip.extract.tables.align import with_text_columns
from lkjip.extract.tables.grid import make_grid
from lkjip.extract.typed.words import Words

WIDTH, HEIGHT = 100.0, 12.0
AMOUNTS = [f"{number}.381.991.077" for number in range(1, 10)]
Placed = list[tuple[str, float, float]]  # text, left and right


def words_of(rows: list[Placed]) -> Words:
    """A row of words every twelve points."""
    placed = [
        (text, (x0, row * HEIGHT + 2, x1, row * HEIGHT + 10))
        for row, words in enumerate(rows)
        for text, x0, x1 in words
    ]
    return Words(
        [text for text, _ in placed],
        np.array([box for _, box in placed], dtype=np.float32),
        np.zeros(len(placed), dtype=np.bool_),
        np.zeros(len(placed), dtype=np.int8),
    )


@pytest.mark.parametrize(
    ("rows", "columns", "seen"),
    [
        (
            [[("Rp", 40, 48)], [("8", 42, 46)], *([(text, 54, 98)] for text in AMOUNTS)],
            1,
            "a monthly report printed from Excel: heading and column number left of the amounts",
        ),
        (
            [[("2019", 40, 52)], [("2", 44, 48)], *([(f"{n}8,00", 78, 98)] for n in range(1, 10))],
            1,
            "millions under a year and its column number, in the middle of the ruled column",
        ),
        (
            [[(text, 2, 44)] if row % 3 else [(text, 54, 98)] for row, text in enumerate(AMOUNTS)],
            2,
            "amounts of kegiatan and of programs a step apart in one ruled column",
        ),
        (
            [[("Rp", 2, 12), (text, 54, 98)] for text in AMOUNTS],
            2,
            "accounting format of Excel: Rp at the left edge",
        ),
    ],
)
def test_columns_in_a_ruled_column(rows: list[Placed], columns: int, seen: str) -> None:
    ys = np.arange(len(rows) + 1) * HEIGHT
    ruled_x, ruled_y = np.ones((len(rows), 2), np.bool_), np.ones((len(rows) + 1, 1), np.bool_)
    grid = make_grid(np.array([0.0, WIDTH]), ys, ruled_x, ruled_y)
    assert len(with_text_columns(grid, words_of(rows)).xs) == columns + 1, seen
