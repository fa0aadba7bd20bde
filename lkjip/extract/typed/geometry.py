"""From PDF user space to the page as displayed: points from the top-left, after /Rotate."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Boxes = NDArray[np.float32]  # (n, 4): x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box of a page in user space, and the turn that displays it.

    `turn` is in quarter turns clockwise: the page's /Rotate, or more where the
    content itself is turned on an upright page.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def turned(self, quarters: int) -> Frame:
        """The frame turned further clockwise."""
        return Frame(self.left, self.bottom, self.right, self.top, (self.turn + quarters) % 4)

    def display(self, left: Boxes, bottom: Boxes, right: Boxes, top: Boxes) -> Boxes:
        """User-space sides (n,) to displayed boxes (n, 4)."""
        x0, y0, x1, y1 = self.left, self.bottom, self.right, self.top
        if self.turn == 0:
            sides = (left - x0, y1 - top, right - x0, y1 - bottom)
        elif self.turn == 1:
            sides = (bottom - y0, left - x0, top - y0, right - x0)
        elif self.turn == 2:
            sides = (x1 - right, bottom - y0, x1 - left, top - y0)
        else:
            sides = (y1 - top, x1 - right, y1 - bottom, x1 - left)
        return np.stack(sides, axis=1)


def frame_of(page: pdfium_c.FPDF_PAGE) -> Frame:
    """The frame of an opened pdfium page."""
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    turn = pdfium_c.FPDFPage_GetRotation(page)
    return Frame(rect.left, rect.bottom, rect.right, rect.top, turn % 4)


def redisplay(boxes: Boxes, size: tuple[float, float], quarters: int) -> Boxes:
    """Displayed boxes (n, 4) of a page of `size`, as they stand after turning it clockwise."""
    width, height = size
    x0, y0, x1, y1 = boxes.T
    sides = {
        0: (x0, y0, x1, y1),
        1: (height - y1, x0, height - y0, x1),
        2: (width - x1, height - y1, width - x0, height - y0),
        3: (y0, width - x1, y1, width - x0),
    }[quarters % 4]
    return np.stack(sides, axis=1)
