"""A second reading of a number, and how sure the two together make it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from lkjip.extract.scanned.lines import Run
from lkjip.extract.scanned.ocr.base import Engine, Grey

SQUEEZED = 0.85  # width of the second crop; its strokes fall on other pixels of the model
FINE = 13  # pixels of digit height from which agreement has proven safe
DEEP = frozenset(",()p")  # marks that reach below the digits
ABOVE_BASE = 0.8  # digit height of a run that has such a mark
LEAST = 0.5  # score of the least sure character below which agreement proves nothing
AGREED, DOUBTED = 0.995, 0.98  # confidence of what agrees on fine print, most of anything else


def second_readings(runs: Sequence[Run], engine: Engine) -> list[str]:
    """The numbers read again from crops of another geometry."""
    return [reading.number for reading in engine.read([_other(run.crop) for run in runs])]


def surety(first: str, second: str, sure: float, height: float) -> float:
    """Confidence in a number from its two readings, the first's score and its height in pixels.

    Only digits are compared: what the marks between them mean is for the parser.
    """
    if not _digits(first) or _digits(first) != _digits(second):
        return 0.0
    if DEEP & set(first):
        height *= ABOVE_BASE
    if height < FINE or sure < LEAST:
        return min(sure, DOUBTED)
    return AGREED


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _other(crop: Grey) -> Grey:
    """The same ink in another geometry."""
    margin = max(1, round(0.08 * crop.shape[0]))
    wider = cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    size = (max(2, round(wider.shape[1] * SQUEEZED)), wider.shape[0])
    return np.asarray(cv2.resize(wider, size, interpolation=cv2.INTER_AREA), np.uint8)
