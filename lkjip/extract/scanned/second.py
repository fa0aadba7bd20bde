"""A second reading of a number, and how sure the two together make it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lkjip.extract.scanned.lines import Run, crop_of
from lkjip.extract.scanned.morphology import parts
from lkjip.extract.scanned.ocr.base import Engine, Reading
from lkjip.extract.scanned.text import Print

MARGIN = 0.35  # of the ink's height around the second crop
FINE = 13  # pixels of digit height from which agreement has proven safe
SMALL = 9  # print below it, of 9 points at 90 dpi, is never read clearly, whatever the scores
GROSS = 1.25  # of the page's letter height: what is taller than that is no digit alone
DEEP = frozenset(",()p")  # marks that reach below the digits
ABOVE_BASE = 0.8  # digit height of a run that has such a mark
TALL = 0.6  # of a run's height: lower bits of ink are its marks
APART = 0.5  # share of the digits that must stand apart to be measured
# Scores of the least sure character of both readings. Of 2,601 numbers of 60 scans at 150 to
# 220 dpi (benchmarks/scanned_trust.py, seeds 101-112) that agreed on fine print with 0.9 or more
# and do not run over their column, none was wrong. Below 0.9, or on smaller print, many are.
CLEAR, VERY_CLEAR = 0.9, 0.97
SAFE, CERTAIN, DOUBTED, BLURRED = 0.995, 0.999, 0.98, 0.84  # confidence that follows
BESIDE = 0.7  # and at most, where a rule or other print beside it may be part of the number


def second_readings(runs: Sequence[Run], print_: Print, engine: Engine) -> list[Reading]:
    """The numbers read again, smaller: their strokes fall on other pixels of the model."""
    crops = [crop_of(run.piece, print_.grey, MARGIN) for run in runs]
    return engine.read(crops)


def surety(first: str, second: str, score: float, height: float) -> float:
    """Confidence in a number from its two readings, the lesser score and its digits' height.

    Only digits are compared: what the marks between them mean is for the parser.
    """
    if not _digits(first) or _digits(first) != _digits(second):
        return 0.0
    if height < SMALL:
        return min(score, BLURRED)
    if height < FINE or score < CLEAR:
        return min(score, DOUBTED)
    return CERTAIN if score >= VERY_CLEAR else SAFE


def digit_height(run: Run, print_: Print) -> float:
    """Height of the digits of a number in pixels, without the marks that reach below them."""
    x0, y0, x1, y1 = run.piece
    text = run.reading.number
    heights = parts(print_.ink[y0:y1, x0:x1]).height[1:]
    tall = heights[heights > TALL * (y1 - y0)]
    if len(tall) and len(tall) >= APART * len(_digits(text)):
        height = float(np.median(tall))
    else:
        height = (y1 - y0) * (ABOVE_BASE if DEEP & set(text) else 1)
    return min(height, GROSS * print_.letter)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
