"""Print against paper: even light, ink as a mask, light print on dark ground turned."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from lkjip.extract.scanned.morphology import Mask, grown, opened, parts
from lkjip.extract.scanned.ocr.base import Grey

LIGHT = 12.0  # points: paper shows within this of every place, but in solid areas
SOLID = 7.0  # points: black in a square of this is an area, not a stroke
DENSE = 0.5  # share of ink; bold print in tight lines stays below 0.45
TEXTURE = 0.3  # share of light in a dark area that is dots of a raster, not print
DARKEST, LIGHTEST = 90, 190  # levels between which the ink threshold may lie
BLACKER = 0.5  # of an area's own level: black rules on it
RULE = (20.0, 12.0)  # points of a level and an upright one
BORDER_STRIP = 0.03  # of the page's width: the scanner's own black edge


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A straight page: `grey` with paper at 255 and print dark, `ink` where it is dark.

    `solid` marks the dark areas (headers, stamps, edges), whose light print was turned dark.
    `dot` is one point in pixels.
    """

    grey: Grey
    ink: Mask
    solid: Mask
    dot: float


def sheet_of(grey: Grey, dpi: float) -> Sheet:
    """Even out the light of a straight page and find its ink."""
    dot = dpi / 72
    flat = _flatten(grey, dot)
    ink = _threshold(flat)
    side = max(3, round(SOLID * dot))
    core = opened(ink, side, side) | opened(_dense(ink, side), 2 * side, 2 * side)
    solid = grown(core, 3, 3)
    if solid.any():
        flat, ink = _turn_solid(flat, grey, ink, core, dot)
    return Sheet(flat, ink, solid, dot)


def _flatten(grey: Grey, dot: float) -> Grey:
    """Grey divided by the paper's brightness nearby."""
    reach = max(3, round(LIGHT * dot))
    step = max(1, round(dot))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = max(3, reach // step) | 1
    paper = cv2.dilate(cv2.medianBlur(small, 3), np.ones((size, size), np.uint8))
    paper = cv2.blur(paper, (size, size))
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 40), scale=255), np.uint8)


def _threshold(flat: Grey) -> Mask:
    level, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(flat < np.clip(level, DARKEST, LIGHTEST), np.uint8)


def _dense(ink: Mask, side: int) -> Mask:
    """Where more than half of the surroundings is ink: a coloured area in black and white."""
    share = cv2.blur(ink.astype(np.float32), (side, side))
    return np.asarray(share > DENSE, np.uint8)


def _turn_solid(flat: Grey, grey: Grey, ink: Mask, core: Mask, dot: float) -> tuple[Grey, Mask]:
    """Light print on dark areas as dark print on light; edges and plain areas go white.

    The outline of an area stays ink: it is as good as a rule.
    """
    flat, ink = flat.copy(), ink.copy()
    _, *stats, _ = parts(core)
    for left, top, width, height, area in np.stack(stats, axis=1)[1:].tolist():
        box = np.s_[top : top + height, left : left + width]
        if area < 0.3 * width * height or width < BORDER_STRIP * flat.shape[1]:
            flat[box], ink[box] = np.where(core[box], 255, flat[box]), ink[box] & (1 - core[box])
            continue
        inside = cv2.erode(np.ones((height, width), np.uint8), np.ones((3, 3)), borderValue=0)
        turned = _turned(grey[box])
        flat[box] = np.where(inside, turned, flat[box])
        ink[box] = np.where(inside, (turned < 128) | _black_rules(grey[box], dot), 1)
    return flat, ink


def _black_rules(grey: Grey, dot: float) -> Mask:
    """Rules of the table that run, black, through a coloured area."""
    darker = np.asarray(grey < BLACKER * np.median(grey), np.uint8)
    long, high = round(RULE[0] * dot), round(RULE[1] * dot)
    return opened(darker, long, 1) | opened(darker, 1, high)


def _turned(grey: Grey) -> Grey:
    """A dark area with light print, turned and stretched; white where there is no print."""
    dark, light = np.percentile(grey, (20, 99))
    if light - dark < 60:
        return np.full_like(grey, 255)
    stretched = (light - grey.astype(np.float32)) * (255 / (light - dark))
    if (stretched < 128).mean() > TEXTURE:
        return np.full_like(grey, 255)
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
