"""Which way up a page is scanned.

Sideways shows in the letters' neighbours: the nearest letter stands beside a
letter, not above it. Upside down shows in reading: a few words are read both
ways, and the surer way is right.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.lines import Piece, first_crop
from lkjip.extract.scanned.ocr.base import Engine, Grey, Reading
from lkjip.extract.scanned.text import Print

LOOK = 1600  # pixels of the longer side that letters are found on
FEWEST = 20  # letters that a direction may rest on
MOST = 600
SURE = 0.8  # least character's score of words that stand upright
TRIALS = 2, 8  # words looked at first, and when the first leave a doubt
LONGEST = 9  # letter heights of a word that is tried


def letters_of(grey: Grey) -> npt.NDArray[np.float64]:
    """Middles (n, 2) of what may be letters, in pixels of the page at `LOOK` or less."""
    scale = min(1.0, LOOK / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    level, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = (small <= level).astype(np.uint8)
    _, _, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    size = np.maximum(width, height)
    letters = (size >= 5) & (size <= LOOK // 30) & (np.minimum(width, height) >= 3)
    return np.asarray(centres[letters], np.float64)


def is_sideways(grey: Grey) -> bool:
    """Whether most letters have their nearest neighbour above or below."""
    places = letters_of(grey)
    if len(places) > MOST:  # a stretch in the middle keeps neighbours together
        places = places[(len(places) - MOST) // 2 :][:MOST]
    if len(places) < FEWEST:
        return False
    offsets = np.abs(places[:, None, :] - places[None, :, :])
    distance = np.square(offsets).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = offsets[np.arange(len(places)), distance.argmin(axis=1)]
    return bool((nearest[:, 1] > nearest[:, 0]).mean() > 0.5)


def is_upside_down(print_: Print, engine: Engine) -> bool:
    """Whether words are read more surely when the page is turned around."""
    longest = round(LONGEST * print_.letter)
    pieces: list[Piece] = [
        (x0, y0, min(x1, x0 + longest), y1)
        for x0, y0, x1, y1 in print_.boxes.tolist()
        if x1 - x0 > 3 * print_.letter and y1 - y0 < 2 * print_.letter
    ]
    pieces.sort(key=lambda piece: piece[0] - piece[2])
    spread = pieces[:: max(1, len(pieces) // 20)]
    crops = [first_crop(piece, print_) for piece in spread]
    first, more = TRIALS
    upright = _word_scores(engine.read(crops[:first]))
    if len(upright) == first and min(upright) > SURE:
        return False
    upright += _word_scores(engine.read(crops[first:more]))
    flipped = _word_scores(
        engine.read([np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops[:more]])
    )
    return sum(flipped) > sum(upright) + 0.5


def _word_scores(readings: list[Reading]) -> list[float]:
    """How sure each reading is that is a word: digits read well either way up."""
    return [
        reading.confidence
        for reading in readings
        if sum(char.isalpha() for char in reading.text) > 0.7 * len(reading.text)
    ]
