"""Rules that no dot of makes, what is left of lost ones, and digits without their marks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lkjip.extract.scanned.faint import faint_rules, letters_in
from lkjip.extract.scanned.ink import sheet_of
from lkjip.extract.scanned.lines import Run
from lkjip.extract.scanned.ocr.base import Grey, Reading
from lkjip.extract.scanned.rulings import find_rulings
from lkjip.extract.scanned.second import digit_height
from lkjip.extract.scanned.text import Print, find_print
from lkjip.extract.tables.grid import find_grids

DPI = 200
XS, YS = (100, 300, 800, 1100), (200, 260, 320, 380, 440)


def page(level: int, on: int, off: int, noise: float = 5) -> Grey:
    """A table whose rules are one pixel of a grey level, `on` drawn and `off` left out."""
    grey = np.full((700, 1250), 255, np.uint8)
    drawn = np.arange(1250) % (on + off) < on
    for y in YS:
        grey[y, XS[0] : XS[-1]][drawn[: XS[-1] - XS[0]]] = level
    for x in XS:
        grey[YS[0] : YS[-1], x][drawn[: YS[-1] - YS[0]]] = level
    for y in YS[:-1]:
        for x, text in zip(XS, ("Belanja", "Penyediaan Jasa", "1.111.111"), strict=False):
            cv2.putText(grey, text, (x + 15, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    dust = np.random.default_rng(1).normal(0, noise, grey.shape)
    return np.clip(grey + dust, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("level", "on", "off"),
    [(60, 2, 4), (90, 3, 3), (20, 8, 5), (190, 1, 0)],
    ids=["dotted", "dots", "dashed", "hairline"],
)
def test_rules_that_show_only_as_a_whole_make_the_grid(level: int, on: int, off: int) -> None:
    sheet = sheet_of(page(level, on, off), DPI)
    (grid,) = find_grids(find_rulings(sheet).boxes * np.float32(72 / DPI))
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (len(YS) - 1, len(XS) - 1)


@pytest.mark.parametrize("pitch", [26, 30, 34, 45], ids="pitch {}".format)
def test_ones_in_a_column_and_words_are_no_rule(pitch: int) -> None:
    """Kalianget 2020, Tabel 3.1: a side through the ones cut the amounts in two."""
    grey = np.full((1200, 900), 255, np.uint8)
    for y in range(60, 1150, pitch):
        cv2.putText(grey, "1.111.111", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 2)
        cv2.putText(grey, "Pelaksana Teknis", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 2)
    sheet = sheet_of(grey, DPI)
    letters = letters_in(sheet.ink, sheet.dot)
    for shown, known in ((sheet.grey, letters), (sheet.grey.T, letters.T)):
        assert not faint_rules(*map(np.ascontiguousarray, (shown, known)), sheet.dot).any()


def ruled() -> Grey:
    grey = np.full((700, 1250), 255, np.uint8)
    for y in YS:
        cv2.line(grey, (XS[0], y), (XS[-1], y), 0, 2)
    for x in XS:
        cv2.line(grey, (x, YS[0]), (x, YS[-1]), 0, 2)
    for y in YS[:-1]:
        cv2.putText(grey, "14.950.000", (850, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return grey


def test_what_is_left_of_a_lost_side_is_no_1() -> None:
    """Kalianget 2020, Tabel 3.1 at 150 dpi: "14.950.000" and a bit of its side read 14.950.0001."""
    grey = ruled()
    grey[YS[1] + 3 : YS[2] - 3, XS[-1] - 2 : XS[-1] + 3] = 255
    grey[YS[1] + 20 : YS[1] + 42, XS[-1] : XS[-1] + 2] = 0
    sheet = sheet_of(grey, DPI)
    boxes = find_print(sheet, find_rulings(sheet)).boxes.tolist()
    assert len(boxes) == len(YS) - 1
    assert all(x1 < XS[-1] - 20 for _, _, x1, _ in boxes)


def test_a_letter_between_its_neighbours_on_the_line_of_a_side_stays() -> None:
    grey = ruled()
    grey[YS[0] + 3 : YS[1] - 3, XS[1] - 3 : XS[1] + 4] = 255  # a merged cell
    for x in range(XS[1] - 60, XS[1] + 61, 6):
        grey[YS[0] + 25 : YS[0] + 35, x : x + 3] = 0
    sheet = sheet_of(grey, DPI)
    ink = find_print(sheet, find_rulings(sheet)).ink
    assert ink[YS[0] + 27 : YS[0] + 33, XS[1] - 1 : XS[1] + 3].any()


@pytest.mark.parametrize(
    ("text", "bits", "height"),
    [
        ("100,00", [(0, 14)] * 3 + [(12, 18)] + [(0, 14)] * 2, 14),
        ("100,00", [(0, 18)], 14.4),  # run together: nothing can be measured
        ("1.000", [(0, 14)] + [(12, 14)] + [(0, 14)] * 3, 14),
    ],
)
def test_marks_below_the_line_make_no_digit_taller(
    text: str, bits: list[tuple[int, int]], height: float
) -> None:
    ink = np.zeros((20, 100), np.uint8)
    for place, (top, bottom) in enumerate(bits):
        ink[top:bottom, place * 10 : place * 10 + 7] = 1
    whole = (0, 0, len(bits) * 10 - 3, max(bottom for _, bottom in bits))
    print_ = Print(np.full_like(ink, 255), ink, np.zeros((0, 4), np.int32), 14)
    assert digit_height(Run(whole, Reading(text, 1, text, 1)), print_) == pytest.approx(height)
