"""Digits within words ("sebesar Rp 1.250.000,-", "12 bulan", "Tahun 2016"), read twice.

A line of words is as sure as its least sure letter, which says nothing of its digits. So
its confidence is theirs, as in a cell of a number: two readings that agree, clearly, on
digits of a size at which that has proven safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lkjip.extract.scanned.lines import Piece, Run
from lkjip.extract.scanned.ocr.base import Engine, Reading
from lkjip.extract.scanned.second import ABOVE_BASE, DEEP, second_readings, surety
from lkjip.extract.scanned.text import Print

SUREST = 0.98  # confidence of words: below what an amount may rest on
DEEP_PRINT = DEEP | frozenset("gjqyQ;/|[]{}")  # print that reaches below the digits


def has_digits(run: Run) -> bool:
    return any(char.isdigit() for char in run.reading.text)


def read_again(runs: Iterable[Run], print_: Print, engine: Engine) -> dict[Piece, Reading]:
    """A second reading of each run, by its piece."""
    picked = list(runs)
    again = second_readings(picked, print_, engine)
    return {run.piece: reading for run, reading in zip(picked, again, strict=True)}


def sure_of_words(
    line: Sequence[Run], seconds: Mapping[Piece, Reading]
) -> tuple[float, tuple[str, ...]]:
    """Confidence in a line of words, and what its second reading says where it has digits."""
    figures = [run for run in line if has_digits(run)]
    if not figures or not all(run.piece in seconds for run in figures):
        sure = min((run.reading.confidence for run in line if run.reading.text), default=0.0)
        return min(sure, SUREST), ()
    others = {run.piece: seconds[run.piece] for run in figures}
    sure = min(_surety(run, others[run.piece]) for run in figures)
    texts = [others.get(run.piece, run.reading).text for run in line]
    return sure, (" ".join(text for text in texts if text),)


def _surety(run: Run, second: Reading) -> float:
    """Confidence in the digits of one run."""
    first = run.reading
    height = float(run.piece[3] - run.piece[1])
    if DEEP_PRINT & set(first.text):
        height *= ABOVE_BASE
    score = min(first.digits_confidence, second.digits_confidence)
    return surety(first.text, second.text, score, height)
