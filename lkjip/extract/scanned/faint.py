"""Dotted, dashed and hair-thin rules: rows a little darker than the paper on both sides.

No dot of them is a rule by itself, and a hairline may be too pale to be ink at all. But
their mean over a dash and its gap stands out, all along, from paper above and below. So
may strokes of letters that stand in line; but those are ink of the size of letters.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.morphology import Ints, Mask, Parts, grown, opened, parts
from lkjip.extract.scanned.ocr.base import Grey

Letters = npt.NDArray[np.bool_]

WINDOW = 3.5  # points that the mean is taken over: wider than gaps of dashes, not of lines of print
STRETCH = 8.0  # points that stand out without a gap; print too near may hide the rest
APART = 20.0  # points between two stretches of a rule
SHORTEST = 60.0  # points of a rule, of which its stretches make
SHOWN = 0.4
BESIDE = 1.5  # points from the middle of a rule where paper shows; an x-height reaches farther
DARKER = 14  # levels above the paper's; noise of 6 levels leaves 2.3 at 150 dpi
PAPER = 38  # darkness of 255 that paper, with its noise and specks, stays below
THICKEST = 1.6  # points
LETTER = (2.0, 15.0)  # points: both sides of a letter
LETTERS = 0.25  # share of a stretch that lies on letters: print that touches it


def faint_rules(grey: Grey, letters: Letters, dot: float) -> Mask:
    """The level rules of a page in grey (paper 255) that show only as a whole.

    `letters` marks its ink of the size of letters, whichever way the page lies.
    """
    dark = np.asarray(255 - grey, np.uint8)
    mean = np.asarray(cv2.blur(dark, (round(WINDOW * dot), 1)), np.uint8)
    beside = _beside(mean, round(BESIDE * dot))
    ridge = ((cv2.subtract(mean, beside) > DARKER) & (beside < PAPER)).astype(np.uint8)
    runs = parts(opened(ridge, round(STRETCH * dot), 1))
    on_letters = np.bincount(runs.labels[letters], minlength=len(runs.area))
    thin = runs.area <= (THICKEST * dot + 1) * runs.width
    kept = np.asarray(thin & (on_letters <= LETTERS * runs.area), np.uint8)
    kept[0] = 0
    return _long(kept[runs.labels], dot)


def _long(stretches: Mask, dot: float) -> Mask:
    """Those stretches that make a rule with others on their line."""
    lines = parts(grown(stretches, round(APART * dot), 3))
    shown = _widths(stretches, lines)
    width = lines.width - round(APART * dot)
    kept = np.asarray((width >= SHORTEST * dot) & (shown >= SHOWN * width), np.uint8)
    kept[0] = 0
    return stretches & kept[lines.labels]


def _widths(stretches: Mask, lines: Parts) -> Ints:
    """How many columns of each line its stretches take up."""
    pieces = parts(stretches)
    rows, columns = pieces.centres.round().astype(np.int64).T[::-1]
    of = lines.labels[rows[1:], columns[1:]]
    return np.bincount(of, pieces.width[1:], minlength=len(lines.area)).astype(np.int32)


def _beside(mean: Grey, by: int) -> Grey:
    """The larger of what stands `by` rows above and below, at every place."""
    padded = np.pad(mean, ((by, by), (0, 0)))
    return np.maximum(padded[: -2 * by], padded[2 * by :])


def letters_in(ink: Mask, dot: float) -> Letters:
    """Ink whose bits have the size of letters."""
    bits = parts(ink)
    low, high = LETTER[0] * dot, LETTER[1] * dot
    size = (bits.width >= low) & (bits.height >= low) & (bits.width <= high)
    size &= bits.height <= high
    size[0] = False
    return size[bits.labels]
