"""Boxes of print to runs that the OCR engine reads, and runs to printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from lkjip.extract.scanned.ocr.base import Engine, Grey, Reading
from lkjip.extract.scanned.text import Print

FINE = 12.0  # pixels of letter height from which a narrower crop reads as well
MARGIN, FAINT_MARGIN = 0.25, 0.15  # of the ink's height around a crop of fine and of faint print
SQUEEZED = 0.85  # width of a crop of fine print: as sure, and a quarter cheaper
WIDE = 1.6  # of the letter height: a wider gap parts what is read in two crops

Piece = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run of print on one line, with what the engine reads in it."""

    piece: Piece
    reading: Reading


def lines_of(pieces: Sequence[Piece]) -> list[list[int]]:
    """Printed lines, top to bottom: indices of the pieces on each, left to right."""
    lines: list[list[int]] = []
    for i in sorted(range(len(pieces)), key=lambda i: pieces[i][1] + pieces[i][3]):
        line = next(
            (
                line
                for line in reversed(lines[-3:])
                if _shares([pieces[k] for k in line], pieces[i])
            ),
            None,
        )
        if line is None:
            lines.append([i])
        else:
            line.append(i)
    return [sorted(line, key=lambda i: pieces[i]) for line in lines]


def _shares(line: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece stands on a line: their heights overlap by half of the smaller."""
    top, bottom = min(p[1] for p in line), max(p[3] for p in line)
    common = min(bottom, piece[3]) - max(top, piece[1])
    return common > 0.5 * min(bottom - top, piece[3] - piece[1])


def joined(pieces: Sequence[Piece], letter: float) -> list[Piece]:
    """Pieces of one cell or column joined to runs where only a space parts them."""
    runs: list[Piece] = []
    for line in lines_of(pieces):
        runs.append(pieces[line[0]])
        for _, i in pairwise(line):
            last, piece = runs[-1], pieces[i]
            if piece[0] - last[2] > WIDE * letter:
                runs.append(piece)
            else:
                runs[-1] = (
                    last[0], min(last[1], piece[1]), max(last[2], piece[2]), max(last[3], piece[3])
                )  # fmt: skip
    return runs


def read_runs(pieces: Sequence[Piece], print_: Print, engine: Engine) -> list[Run]:
    """Every run read, in order."""
    readings = engine.read([first_crop(piece, print_) for piece in pieces])
    return [Run(*each) for each in zip(pieces, readings, strict=True)]


def first_crop(piece: Piece, print_: Print) -> Grey:
    """The crop of a run for its first reading."""
    if print_.letter < FINE:
        return crop_of(piece, print_.grey, FAINT_MARGIN)
    crop = crop_of(piece, print_.grey, MARGIN)
    size = (max(2, round(crop.shape[1] * SQUEEZED)), crop.shape[0])
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8)


def crop_of(piece: Piece, grey: Grey, margin: float) -> Grey:
    """The crop of a run with a margin of some of its height, white beyond the page."""
    x0, y0, x1, y1 = piece
    around = max(1, round(margin * (y1 - y0)))
    height, width = grey.shape
    inside = grey[max(0, y0 - around) : y1 + around, max(0, x0 - around) : x1 + around]
    sides = (
        (max(0, around - y0), max(0, y1 + around - height)),
        (max(0, around - x0), max(0, x1 + around - width)),
    )
    return np.pad(inside, sides, constant_values=255)
