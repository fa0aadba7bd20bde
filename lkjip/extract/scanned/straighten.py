"""A crooked page made straight: quarter turns, skew, and the perspective of a photograph.

Skew is measured where it can be seen: of all shears, the true one gives the
sharpest profile of ink over the rows (W. Postl's projection profile, 1986). Measured in
bands at top and bottom, left and right, it also tells the perspective.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.ocr.base import Grey

Floats = npt.NDArray[np.float64]
STEEPEST = 4.0  # degrees that a sheet may lie askew
SHEAR = 1.5  # degrees that uprights may differ from levels, or one half from the other
STRIPS = 32
LOOK = 1000  # pixels of the longer side that slopes are measured on
RIM = 0.04  # share of the page along its sides where the scanner's lid draws its own lines
STILL = 0.02  # degrees that are not worth resampling the page
KEYSTONE = 0.15  # degrees of difference between bands that is perspective, not noise


def straighten(grey: Grey) -> Grey:
    """The page without skew and perspective, its middle where it was."""
    return warped(grey, way_back(grey))


def way_back(grey: Grey) -> Floats | None:
    """The matrix (3, 3) from pixels of the straight page to those of the crooked one.

    None where the page lies straight enough.
    """
    height, width = grey.shape
    scale = LOOK / max(height, width)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = _ink(np.asarray(small, np.uint8))
    top, bottom = _slopes(_Strips(ink), 0.0, STEEPEST)
    left, right = _slopes(_Strips(ink.T), -(top + bottom) / 2, SHEAR)
    if max(abs(top), abs(bottom), abs(left), abs(right)) < STILL:
        return None
    corners = _corners(width, height, (top, bottom), (-left, -right))
    goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(goal, corners.astype(np.float32)), np.float64)


def warped(grey: Grey, back: Floats | None) -> Grey:
    """The straight page, each pixel taken from where `back` leads in the crooked one."""
    if back is None:
        return grey
    straight = cv2.warpPerspective(
        grey,
        back,
        grey.shape[::-1],
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(straight, np.uint8)


def _ink(small: Grey) -> npt.NDArray[np.float32]:
    """Ink against its surroundings, solid areas (edges, dark headers) left out."""
    background = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    ink = np.clip(background.astype(np.float32) - small, 0, 255)
    ink[ink < 40] = 0
    rim = round(RIM * min(ink.shape))
    ink[:rim] = ink[-rim:] = ink[:, :rim] = ink[:, -rim:] = 0
    return np.asarray(ink, np.float32)


class _Strips:
    """Row profiles (STRIPS, rows) of the ink in upright strips, left to right."""

    def __init__(self, ink: npt.NDArray[np.float32]) -> None:
        parts = np.array_split(ink, STRIPS, axis=1)
        self.profiles: Floats = np.stack([part.sum(axis=1, dtype=np.float64) for part in parts])
        self.offsets = ((np.arange(STRIPS) + 0.5) / STRIPS - 0.5) * ink.shape[1]

    def sharpness(self, degrees: float, part: slice) -> float:
        """How much the ink of some rows gathers in few of them when sheared by `degrees`."""
        profiles = self.profiles[:, part]
        rows = np.arange(profiles.shape[1])
        total = np.zeros(len(rows))
        for profile, shift in zip(profiles, self.offsets * _rise(degrees), strict=True):
            total += np.interp(rows + shift, rows, profile)
        return float(np.square(np.diff(total)).sum())

    def slope(self, near: float, reach: float, part: slice = slice(None)) -> tuple[float, bool]:
        """The best slope within `reach` degrees of `near`, and whether it stands out."""
        best, is_sure = near, False
        for step in (0.25, 0.05, 0.0125):
            angles = np.arange(best - reach, best + reach + step / 2, step)
            scores = [self.sharpness(float(angle), part) for angle in angles]
            if step == 0.25:
                is_sure = max(scores) > 1.5 * float(np.median(scores))
            best, reach = float(angles[int(np.argmax(scores))]), step * 1.5
        return best, is_sure


def _slopes(strips: _Strips, near: float, reach: float) -> tuple[float, float]:
    """Degrees by which rows sink to the right, at the first row and at the last."""
    half = strips.profiles.shape[1] // 2
    whole, is_sure = strips.slope(near, reach)
    if not is_sure:
        return near, near
    first, first_sure = strips.slope(whole, SHEAR, slice(None, half))
    second, second_sure = strips.slope(whole, SHEAR, slice(half, None))
    tilt = second - first  # the middles of the halves are half a page apart
    if abs(tilt) < KEYSTONE or not (first_sure and second_sure):
        return whole, whole
    return (first + second) / 2 - tilt, (first + second) / 2 + tilt


def _rise(degrees: float) -> float:
    return float(np.tan(np.radians(degrees)))


def _corners(
    width: int, height: int, levels: tuple[float, float], uprights: tuple[float, float]
) -> Floats:
    """Where the straight page's corners lie in the crooked one.

    Sides run through the middles of the page's sides with the slopes measured
    there: levels (top, bottom) sink to the right, uprights (left, right) lean likewise.
    """
    t, b = map(_rise, levels)
    le, r = map(_rise, uprights)

    def cross(level: float, rise: float, upright: float, lean: float) -> list[float]:
        # y = level + rise (x - width / 2) and x = upright - lean (y - height / 2)
        y = (level + rise * (upright + lean * height / 2 - width / 2)) / (1 + rise * lean)
        return [upright - lean * (y - height / 2), y]

    return np.array(
        [
            cross(0, t, 0, le),
            cross(0, t, width, r),
            cross(height, b, width, r),
            cross(height, b, 0, le),
        ]
    )
