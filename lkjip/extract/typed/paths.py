"""Ruling lines and shading of a page, from its path objects.

A thin rectangle is a ruling whether it is filled or stroked; a fat one gives
its four sides when stroked and is shading when only filled. Objects inside
form XObjects count where the form places them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from lkjip.extract.typed.geometry import Boxes, Frame

THIN = 3.0  # points: the thickest ruling seen in print is a 2.25 pt double rule
SHORT = 0.5  # points: a dotted rule may be drawn dot by dot
STRAIGHT = 0.6  # points off the axis that a "straight" segment may run
DEPTH = 4  # forms within forms
MANY_SEGMENTS = 20_000  # a drawing, not a table

RECTANGLE = 5  # segments of a closed rectangle
Sides = tuple[float, float, float, float]  # left, bottom, right, top in user space
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Rulings and shading of a page, as displayed boxes (n, 4)."""

    rulings: Boxes
    shading: Boxes


def read_paths(page: pdfium_c.FPDF_PAGE, frame: Frame) -> Paths:
    """All rulings and shading of an opened page."""
    rules: list[Sides] = []
    fills: list[Sides] = []
    count, get = pdfium_c.FPDFPage_CountObjects(page), pdfium_c.FPDFPage_GetObject
    _collect((get(page, i) for i in range(count)), IDENTITY, rules, fills, DEPTH)
    return Paths(_display(rules, frame), _display(fills, frame))


def _display(sides: list[Sides], frame: Frame) -> Boxes:
    left, bottom, right, top = np.array(sides, dtype=np.float32).reshape(-1, 4).T
    boxes = frame.display(left, bottom, right, top)
    width, height = frame.size
    limits = np.array([width, height, width, height], dtype=np.float32)
    boxes = np.clip(boxes, -1, limits + 1)
    inside = (boxes[:, 2] - boxes[:, 0] > 0) | (boxes[:, 3] - boxes[:, 1] > 0)
    return boxes[inside]


def _collect(
    objects: Iterator[pdfium_c.FPDF_PAGEOBJECT],
    matrix: Matrix,
    rules: list[Sides],
    fills: list[Sides],
    depth: int,
) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    sides = tuple(ctypes.byref(side) for side in (left, bottom, right, top))
    get_type, get_bounds = pdfium_c.FPDFPageObj_GetType, pdfium_c.FPDFPageObj_GetBounds
    drawn = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE)
    for item in objects:
        kind = get_type(item)
        if kind in drawn:
            if not get_bounds(item, *sides):
                continue
            box = (left.value, bottom.value, right.value, top.value)
            if matrix is not IDENTITY:
                box = _moved(box, matrix)
            width, height = box[2] - box[0], box[3] - box[1]
            if width <= THIN or height <= THIN:
                if kind == drawn[1] or any(_draw_mode(item)):
                    rules.append(box)
            elif kind == drawn[0]:
                _fat_path(item, box, matrix, rules, fills)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            count, get = pdfium_c.FPDFFormObj_CountObjects(item), pdfium_c.FPDFFormObj_GetObject
            inner = (get(item, i) for i in range(count))
            _collect(inner, _times(_matrix(item), matrix), rules, fills, depth - 1)


def _draw_mode(item: pdfium_c.FPDF_PAGEOBJECT) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value), bool(stroke.value)


def _fat_path(
    item: pdfium_c.FPDF_PAGEOBJECT,
    box: Sides,
    matrix: Matrix,
    rules: list[Sides],
    fills: list[Sides],
) -> None:
    fill, stroke = _draw_mode(item)
    count = pdfium_c.FPDFPath_CountSegments(item)
    if not (fill or stroke) or count > MANY_SEGMENTS:
        return
    if count <= RECTANGLE and not stroke:  # most of a page's paths; not worth walking
        fills.append(box)
        return
    for points, is_curved in _subpaths(item, count, matrix):
        x, y = points[:, 0], points[:, 1]
        part = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        if is_curved:
            continue
        if min(part[2] - part[0], part[3] - part[1]) <= THIN:
            rules.append(part)
        elif stroke:
            rules += _straight_sides(points)
        elif _is_rectangle(points):
            fills.append(part)


def _subpaths(
    item: pdfium_c.FPDF_PAGEOBJECT, count: int, matrix: Matrix
) -> Iterator[tuple[NDArray[np.float64], bool]]:
    """The points (n, 2) of each subpath in user space, closed, and whether it holds a curve."""
    whole = _times(_matrix(item), matrix)
    px, py = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, i)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield np.array(points), curved
            points, curved = [], False
        curved |= kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(px), ctypes.byref(py))
        points.append(_apply(whole, px.value, py.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield np.array(points), curved


def _straight_sides(points: NDArray[np.float64]) -> list[Sides]:
    """Axis-parallel segments of a stroked path, each as a thin box."""
    sides = []
    for (ax, ay), (bx, by) in zip(points[:-1].tolist(), points[1:].tolist(), strict=True):
        run, off = max(abs(ax - bx), abs(ay - by)), min(abs(ax - bx), abs(ay - by))
        if run >= SHORT and off <= STRAIGHT:
            sides.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return sides


def _is_rectangle(points: NDArray[np.float64]) -> bool:
    """Whether every side runs along an axis."""
    steps = np.abs(np.diff(points, axis=0))
    return bool((steps.min(axis=1) <= STRAIGHT).all())


def _matrix(item: pdfium_c.FPDF_PAGEOBJECT) -> Matrix:
    m = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second` (PDF 32000-1, 8.3.3)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
        e * h + f * j + m,
    )  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Sides, matrix: Matrix) -> Sides:
    """The bounds of a box after a matrix."""
    if matrix == IDENTITY:
        return box
    corners = [_apply(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
