"""Where print stands on a straight page: one box for each piece of a printed line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.ink import Sheet
from lkjip.extract.scanned.morphology import Mask, Parts, grown, parts
from lkjip.extract.scanned.ocr.base import Grey
from lkjip.extract.scanned.rulings import Rulings

SMALLEST, LARGEST = 3.5, 30.0  # points: height of letters
REACH = 1.1  # of the letter height: a wider gap parts two pieces of a line
LEAD = 0.12  # of the letter height: what lies this near above or below belongs together
TALL = 1.9  # of the usual height: a box this tall holds several lines
BESIDE = 1.6  # points from a rule's middle: ink that stays within is part of it
ON_LINE = 1.0  # points from a side's middle to that of a bit that is left of it
NARROW = 1.6  # points that such a bit is wide
OPEN = 0.4  # of the letter height: paper on one side of it at least
FRINGE = 0.8  # points beside a rule that are its shade

Boxes = npt.NDArray[np.int32]  # (n, 4): x0, y0, x1, y1 in pixels


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """The page without its rules, and the boxes of its print. `letter` is its usual height."""

    grey: Grey
    ink: Mask
    boxes: Boxes
    letter: float


def find_print(sheet: Sheet, rulings: Rulings) -> Print:
    """Boxes of print, none across a rule, in no order."""
    grey, ink, barrier = _without_rules(sheet, rulings)
    bits = parts(ink)
    letter = _letter_height(bits, sheet.dot)
    beside = 2 * round(BESIDE * sheet.dot) + 1
    ink = _without_specks(ink, bits, letter, grown(barrier, beside, beside))
    ink = _without_remains(ink, bits, rulings.uprights.tolist(), sheet.dot, letter)
    reach, lead = max(2, round(REACH * letter)), max(1, round(LEAD * letter))
    lumps = parts(grown(ink, reach, 2 * lead + 1) & (1 - barrier))
    boxes: list[tuple[int, int, int, int]] = []
    for label in range(1, len(lumps.area)):
        left, top = int(lumps.left[label]), int(lumps.top[label])
        part = np.s_[top : top + lumps.height[label], left : left + lumps.width[label]]
        piece = ink[part] & (lumps.labels[part] == label)
        boxes += [
            (left + x0, top + y0, left + x1, top + y1) for x0, y0, x1, y1 in _lines(piece, letter)
        ]
    kept = [box for box in boxes if _is_print(box, letter, barrier)]
    return Print(grey, ink, np.array(kept, np.int32).reshape(-1, 4), letter)


def _without_rules(sheet: Sheet, rulings: Rulings) -> tuple[Grey, Mask, Mask]:
    """Grey and ink with the rules wiped out, and their lines as a barrier."""
    barrier = np.zeros_like(sheet.ink)
    for x0, y0, x1, y1 in np.round(rulings.boxes).astype(int).tolist():
        cv2.line(barrier, (x0, y0), (x1, y1), 1, 1)
    reach = 2 * round(2 * sheet.dot) + 1
    fringe = max(1, round(FRINGE * sheet.dot)) * 2 + 1
    wiped = grown(rulings.mask & grown(barrier, reach, reach), fringe, fringe)
    grey = np.where(wiped, 255, sheet.grey).astype(np.uint8)
    return grey, sheet.ink & (1 - wiped), barrier


def _letter_height(bits: Parts, dot: float) -> float:
    height, width = bits.height[1:], bits.width[1:]
    likely = (height > SMALLEST * dot) & (height < LARGEST * dot) & (width < 3 * height)
    return float(np.median(height[likely])) if likely.any() else 8 * dot


def _without_specks(ink: Mask, bits: Parts, letter: float, by_rule: Mask) -> Mask:
    """Ink without dust far smaller than a full stop, remains of rules, and what no letter is."""
    dust = np.maximum(bits.width, bits.height) < 0.12 * letter
    rule = (bits.width > 15 * letter) & (bits.height < 0.5 * letter) | (bits.height > 6 * letter)
    beside = np.bincount(bits.labels[by_rule > 0], minlength=len(bits.area)) >= bits.area
    kept = np.asarray(~(dust | rule | beside), np.uint8)
    kept[0] = 0
    return kept[bits.labels]


def _without_remains(
    ink: Mask, bits: Parts, uprights: list[list[float]], dot: float, letter: float
) -> Mask:
    """Ink without what is left of an upright side where the scan lost the rest of it.

    Narrow bits on its very line, with paper on one side: they read as a 1. In merged cells
    a letter may lie there, but between its neighbours.
    """
    middle, centre = bits.left + bits.width / 2, bits.top + bits.height / 2
    narrow = (bits.width <= NARROW * dot + 1) & (bits.height >= bits.width)
    narrow[0] = False
    away = round(OPEN * letter)
    left = np.zeros(len(narrow), np.bool_)
    for x, top, _, bottom in uprights:
        on_line = narrow & (np.abs(middle - x) <= ON_LINE * dot)
        left |= on_line & (centre > top) & (centre < bottom)
    for label in np.flatnonzero(left).tolist():
        x0, y0 = int(bits.left[label]), int(bits.top[label])
        x1, y1 = x0 + int(bits.width[label]), y0 + int(bits.height[label])
        sides = ink[y0:y1, max(0, x0 - away) : x0], ink[y0:y1, x1 : x1 + away]
        left[label] = not all(side.any() for side in sides)
    return ink & np.asarray(~left, np.uint8)[bits.labels]


def _lines(piece: Mask, letter: float) -> list[tuple[int, int, int, int]]:
    """The ink of one connected piece as tight boxes: several where lines of print touch."""
    rows = np.flatnonzero(piece.any(axis=1))
    if not len(rows):
        return []
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    cuts = [top, *_valleys(piece[top:bottom].sum(axis=1), letter, top), bottom]
    boxes = []
    for start, end in pairwise(cuts):
        columns = np.flatnonzero(piece[start:end].any(axis=0))
        inked = np.flatnonzero(piece[start:end].any(axis=1))
        if len(columns):
            boxes.append(
                (
                    int(columns[0]),
                    start + int(inked[0]),
                    int(columns[-1]) + 1,
                    start + int(inked[-1]) + 1,
                )
            )
    return boxes


def _valleys(profile: npt.NDArray[np.int64], letter: float, top: int) -> list[int]:
    """Rows at which a piece of several lines is cut: the emptiest near each line's end."""
    height, pitch = len(profile), 1.5 * letter
    if height < TALL * letter:
        return []
    count = max(2, round(height / pitch / 1.15))
    step = height / count
    cuts = []
    for number in range(1, count):
        first = int(number * step - 0.35 * step)
        window = profile[first : int(number * step + 0.35 * step) + 1]
        at = first + int(window.argmin())
        if window.min() < 0.5 * profile.mean():
            cuts.append(top + at)
    return cuts


def _is_print(box: tuple[int, int, int, int], letter: float, barrier: Mask) -> bool:
    """Whether a box may hold print: a letter, or a dash that is no bit of a rule."""
    x0, y0, x1, y1 = box
    if y1 - y0 >= 0.5 * letter:
        return True
    near = max(2, round(0.4 * letter))
    by_rule = barrier[max(0, y0 - near) : y1 + near, max(0, x0 - near) : x1 + near].any()
    return x1 - x0 >= max(0.3 * letter, 1.5 * (y1 - y0)) and not by_rule
