"""A second reading of a number, and how sure the two together make it."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.extract.scanned.lines import Run, crop_of
from lkjip.extract.scanned.ocr.base import Engine
from lkjip.extract.scanned.text import Print

MARGIN = 0.35  # of the ink's height around the second crop
FINE = 13  # pixels of digit height from which agreement has proven safe
DEEP = frozenset(",()p")  # marks that reach below the digits
ABOVE_BASE = 0.8  # digit height of a run that has such a mark
LEAST = 0.5  # score of the least sure character below which agreement proves nothing
AGREED, DOUBTED = 0.995, 0.98  # confidence of what agrees on fine print, most of anything else


def second_readings(runs: Sequence[Run], print_: Print, engine: Engine) -> list[str]:
    """The numbers read again, smaller: their strokes fall on other pixels of the model."""
    crops = [crop_of(run.piece, print_.grey, MARGIN) for run in runs]
    return [reading.number for reading in engine.read(crops)]


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
