"""The few operations on ink masks that the room needs, typed (cv2 answers with unions)."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]  # 0 or 1
Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


class Parts(NamedTuple):
    """Connected parts of a mask (diagonals connect); part 0 is the paper.

    `labels` tells of each pixel which part it belongs to; the others hold one
    entry for each part.
    """

    labels: Ints
    left: Ints
    top: Ints
    width: Ints
    height: Ints
    area: Ints
    centres: Floats  # (n, 2): x, y


def parts(mask: Mask) -> Parts:
    _, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    left, top, width, height, area = np.asarray(stats, np.int32).T
    return Parts(
        np.asarray(labels, np.int32),
        left,
        top,
        width,
        height,
        area,
        np.asarray(centres, np.float64),
    )


def grown(mask: Mask, width: int, height: int) -> Mask:
    """The mask with a box of that size around every pixel."""
    return np.asarray(cv2.dilate(mask, np.ones((height, width), np.uint8)), np.uint8)


def opened(mask: Mask, width: int, height: int) -> Mask:
    """The pixels of the mask that a box of that size fits over."""
    box = np.ones((height, width), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, box), np.uint8)
