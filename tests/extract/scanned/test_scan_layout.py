"""Skew, turns, rules and sides of scanned pages, without any reading."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lkjip.extract.scanned.cells import CellReader
from lkjip.extract.scanned.ink import sheet_of
from lkjip.extract.scanned.lines import Run, joined, lines_of
from lkjip.extract.scanned.mend import mended
from lkjip.extract.scanned.ocr.base import Grey, Reading
from lkjip.extract.scanned.ocr.null import Null
from lkjip.extract.scanned.rulings import find_rulings
from lkjip.extract.scanned.second import surety
from lkjip.extract.scanned.straighten import straighten
from lkjip.extract.scanned.text import Print, find_print
from lkjip.extract.scanned.turn import is_sideways
from lkjip.extract.tables.grid import find_grids, make_grid
from lkjip.records import Box

DPI = 150
XS, YS = (100, 300, 700, 1000), (200, 260, 320, 380, 440, 500, 560)


def page(gaps: int = 0, seed: int = 1) -> Grey:
    """A ruled table with a word or a number in each cell; `gaps` white ones in every rule."""
    chance = np.random.default_rng(seed)
    grey = np.full((1400, 1200), 255, np.uint8)
    for y in YS:
        cv2.line(grey, (XS[0], y), (XS[-1], y), 0, 2)
        for x in chance.integers(XS[0], XS[-1], gaps):
            grey[y - 2 : y + 3, x : x + 25] = 255
    for x in XS:
        cv2.line(grey, (x, YS[0]), (x, YS[-1]), 0, 2)
        for y in chance.integers(YS[0], YS[-1], gaps):
            grey[y : y + 25, x - 2 : x + 3] = 255
    for y in YS[:-1]:
        for x, text in zip(XS, ("Belanja", "Penyediaan Jasa", "1.250.000"), strict=False):
            cv2.putText(grey, text, (x + 15, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return grey


def turned(grey: Grey, degrees: float) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), borderValue=255), np.uint8)


@pytest.mark.parametrize("degrees", [-2.5, -0.6, 0.3, 1.8])
def test_skew_is_undone(degrees: float) -> None:
    straight = straighten(turned(page(), degrees))
    error = np.abs(straight.astype(int) - page()).mean()
    assert error < 0.5 * np.abs(turned(page(), degrees).astype(int) - page()).mean()


def test_a_straight_page_stays_as_it_is() -> None:
    assert straighten(page()) is not None
    assert np.array_equal(straighten(page()), page())


@pytest.mark.parametrize(("turns", "sideways"), [(0, False), (1, True), (2, False), (3, True)])
def test_sideways_print_is_seen(turns: int, sideways: bool) -> None:
    assert is_sideways(np.ascontiguousarray(np.rot90(page(), turns))) is sideways


@pytest.mark.parametrize("gaps", [0, 3])
def test_rules_make_the_grid_though_they_are_broken(gaps: int) -> None:
    sheet = sheet_of(page(gaps), DPI)
    (grid,) = find_grids(find_rulings(sheet).boxes * np.float32(72 / DPI))
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (len(YS) - 1, len(XS) - 1)
    assert len(grid.spans) == (len(YS) - 1) * (len(XS) - 1)


def test_bold_print_is_no_rule() -> None:
    grey = np.full((600, 1200), 255, np.uint8)
    for y in range(60, 560, 60):
        cv2.putText(grey, "PROGRAM KEGIATAN", (80, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 5)
    assert not len(find_rulings(sheet_of(grey, DPI)).boxes)


def test_print_never_crosses_a_rule_and_black_headers_are_turned() -> None:
    grey = page()
    grey[YS[0] : YS[1], XS[0] : XS[-1]] = 0
    cv2.putText(grey, "URAIAN", (XS[0] + 15, YS[0] + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    sheet = sheet_of(grey, DPI)
    boxes = find_print(sheet, find_rulings(sheet)).boxes
    assert len(boxes) >= 3 * (len(YS) - 2) + 1
    assert not any(x0 < side < x1 for x0, _, x1, _ in boxes.tolist() for side in XS[1:-1])
    assert any(y0 > YS[0] and y1 < YS[1] for _, y0, _, y1 in boxes.tolist())


def run(piece: tuple[int, int, int, int], text: str) -> Run:
    return Run(piece, Reading(text, 0.9, text, 0.9))


def test_a_lost_side_between_two_amounts_is_put_back() -> None:
    ruled_x, ruled_y = np.ones((3, 4), np.bool_), np.ones((4, 3), np.bool_)
    ruled_x[1, 2] = False  # lost between the two amounts of the second row
    ruled_y[2, 2] = False  # lost between two rows of the last column
    grid = make_grid(np.arange(0, 400, 100.0), np.arange(0, 80, 20.0), ruled_x, ruled_y)
    runs = [
        run((100 * c + 10, 20 * r + 5, 100 * c + 90, 20 * r + 15), text)
        for r in range(3)
        for c, text in enumerate(("Belanja", "1.250.000", "1.000.000"))
    ]
    assert len(mended(grid, runs, 1.0).spans) == 9
    crossing = [*runs[:4], run((110, 25, 290, 35), "1.250.000"), *runs[6:]]
    assert len(mended(grid, crossing, 1.0).spans) == 8, "print across a side keeps the cell whole"


@pytest.mark.parametrize(("y", "cells"), [(108, 36), (112, 36), (120, 35)])
def test_a_lost_side_below_a_row_number_is_put_back_unless_the_number_is_merged(
    y: float, cells: int
) -> None:
    """Kalianget 2020, Tabel 3.1 at 150 dpi: "2" went to its first item as well."""
    ruled_x, ruled_y = np.ones((12, 4), np.bool_), np.ones((13, 3), np.bool_)
    ruled_y[6, 0] = False
    grid = make_grid(np.arange(0, 400, 100.0), np.arange(0, 260, 20.0), ruled_x, ruled_y)
    runs = [
        run((100 * c + 10, 20 * r + 5, 100 * c + 90, 20 * r + 15), text)
        for r in range(12)
        for c, text in enumerate(("", "1.500.000", "1.250.000"))
        if text
    ]
    number = run((40, round(y) - 5, 60, round(y) + 5), "2")
    assert len(mended(grid, [*runs, number], 1.0).spans) == cells


def test_pieces_of_a_line_are_joined_over_spaces_only() -> None:
    pieces = [(0, 0, 40, 10), (50, 1, 90, 10), (140, 0, 180, 10), (0, 30, 40, 40)]
    assert lines_of(pieces) == [[0, 1, 2], [3]]
    assert joined(pieces, 10) == [(0, 0, 90, 10), (140, 0, 180, 10), (0, 30, 40, 40)]


@pytest.mark.parametrize(
    ("texts", "score", "height", "bounds"),
    [
        (("1.250.000", "1.250.000"), 0.99, 14, (0.999, 0.999)),
        (("1.250.000", "1.250.000"), 0.93, 14, (0.99, 0.998)),
        (("1.250.000", "1,250.000"), 0.99, 14, (0.999, 0.999)),  # marks are the parser's matter
        (("1.250.000", "1.250.000"), 0.8, 14, (0.8, 0.8)),
        (("1.250.000", "1.250.000"), 0.99, 10, (0.9, 0.98)),  # 100 dpi
        (("1.250.000", "1.260.000"), 0.99, 30, (0, 0)),
        (("", ""), 0.99, 30, (0, 0)),
    ],
)
def test_confidence_follows_agreement_score_and_height(
    texts: tuple[str, str], score: float, height: float, bounds: tuple[float, float]
) -> None:
    assert bounds[0] <= surety(*texts, score, height) <= bounds[1]


def test_coloured_rows_keep_their_sides_and_the_black_rules_through_them() -> None:
    """Layout white-on-color: a dark header and a dark first row, white print, black rules."""
    grey = page()
    for row in (0, 1):
        grey[YS[row] : YS[row + 1], XS[0] : XS[-1]] = 70
        for x, text in zip(XS, ("NO", "URAIAN", "PAGU"), strict=False):
            place = (x + 15, YS[row] + 42)
            cv2.putText(grey, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    for x in XS:
        cv2.line(grey, (x, YS[0]), (x, YS[2]), 0, 2)
    cv2.line(grey, (XS[0], YS[1]), (XS[-1], YS[1]), 0, 2)
    dust = np.random.default_rng(1).normal(0, 5, grey.shape)
    sheet = sheet_of(np.clip(grey + dust, 0, 255).astype(np.uint8), DPI)
    (grid,) = find_grids(find_rulings(sheet).boxes * np.float32(72 / DPI))
    assert len(grid.spans) == (len(YS) - 1) * (len(XS) - 1)


@pytest.mark.parametrize(
    ("start", "beyond", "is_sure"),
    [
        (104, (90, 98), False),  # a digit of it stands left of the side
        (104, (40, 60), True),  # a full column, the next print far off
        (150, (90, 98), True),  # print beside the side, and the number far from it
        (104, None, True),
    ],
)
def test_a_number_that_may_run_over_its_side_is_not_sure(
    start: int, beyond: tuple[int, int] | None, is_sure: bool
) -> None:
    ink = np.zeros((60, 300), np.uint8)
    piece = (start, 20, 190, 36)
    for x0, x1 in filter(None, [(start, 190), beyond]):
        ink[20:36, x0:x1] = 1
    print_ = Print(255 - 255 * ink, ink, np.array([piece], np.int32), letter=16.0)
    reading = Reading("5.705.000", 0.99, "5.705.000", 0.99)
    reader = CellReader(Null(), print_, scale=1.0)
    line = reader.number([Run(piece, reading)], {piece: reading}, Box(100, 10, 200, 50))
    assert (line.confidence > 0.98) is is_sure
