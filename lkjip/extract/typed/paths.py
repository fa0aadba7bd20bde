"""Ruling lines and shading of a page, from its path objects.

A thin rectangle is a ruling whether it is filled or stroked; a fat one gives
its four sides when stroked and is shading when only filled. Objects inside
form XObjects count where the form places them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pypdfium2.raw as pdfium_c

from lkjip.extract.typed import raw
from lkjip.extract.typed.geometry import Boxes, Frame

THIN = 3.0  # points: the thickest ruling seen in print is a 2.25 pt double rule
SHORT = 0.5  # points: a dotted rule may be drawn dot by dot
STRAIGHT = 0.6  # points off the axis that a "straight" segment may run
DEPTH = 4  # forms within forms
MANY_SEGMENTS = 20_000  # a drawing, not a table

RECTANGLE = 5  # segments of a closed rectangle
Sides = tuple[float, float, float, float]  # left, bottom, right, top in user space
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
DRAWN = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE)
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
    where, get = raw.address(page), raw.page_object
    count = pdfium_c.FPDFPage_CountObjects(page)
    _collect((get(where, i) for i in range(count)), IDENTITY, rules, fills, DEPTH)
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
    objects: Iterator[int],
    matrix: Matrix,
    rules: list[Sides],
    fills: list[Sides],
    depth: int,
) -> None:
    """Sort page objects (addresses) into rules and fills; an object without paint is none."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    sides = tuple(ctypes.addressof(side) for side in (left, bottom, right, top))
    get_type, get_bounds = raw.object_type, raw.object_bounds
    path, drawn = pdfium_c.FPDF_PAGEOBJ_PATH, DRAWN
    for item in objects:
        kind = get_type(item)
        if kind in drawn:
            if not get_bounds(item, *sides):
                continue
            box = (left.value, bottom.value, right.value, top.value)
            if matrix is not IDENTITY:
                box = _moved(box, matrix)
            if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
                rules.append(box)
            elif kind == path:
                _fat_path(item, box, matrix, rules, fills)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            inner = (raw.form_object(item, i) for i in range(_size(item)))
            _collect(inner, _times(_matrix(item), matrix), rules, fills, depth - 1)


def _size(form: int) -> int:
    pointer = ctypes.cast(form, pdfium_c.FPDF_PAGEOBJECT)
    return max(0, int(pdfium_c.FPDFFormObj_CountObjects(pointer)))


def _fat_path(
    item: int, box: Sides, matrix: Matrix, rules: list[Sides], fills: list[Sides]
) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
    count = raw.count_segments(item)
    if count > MANY_SEGMENTS:
        return
    if count <= RECTANGLE and not stroke.value:  # most of a page's paths; not worth walking
        fills.append(box)
        return
    for points, is_curved in _subpaths(item, count, matrix):
        x, y = [point[0] for point in points], [point[1] for point in points]
        part = (min(x), min(y), max(x), max(y))
        if is_curved:
            continue
        if min(part[2] - part[0], part[3] - part[1]) <= THIN:
            rules.append(part)
        elif stroke.value:
            rules += _straight_sides(points)
        elif _is_rectangle(points):
            fills.append(part)


def _subpaths(item: int, count: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The points of each subpath in user space, closed, and whether it holds a curve."""
    a, b, c, d, e, f = _times(_matrix(item), matrix)
    px, py = ctypes.c_float(), ctypes.c_float()
    where = (ctypes.addressof(px), ctypes.addressof(py))
    points: list[Point] = []
    curved = False
    for i in range(count):
        segment = raw.path_segment(item, i)
        kind = raw.segment_type(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved |= kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        raw.segment_point(segment, *where)
        x, y = px.value, py.value
        points.append((a * x + c * y + e, b * x + d * y + f))
        if raw.segment_closes(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _straight_sides(points: list[Point]) -> list[Sides]:
    """Axis-parallel segments of a stroked path, each as a thin box."""
    sides = []
    for (ax, ay), (bx, by) in pairwise(points):
        run, off = max(abs(ax - bx), abs(ay - by)), min(abs(ax - bx), abs(ay - by))
        if run >= SHORT and off <= STRAIGHT:
            sides.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return sides


def _is_rectangle(points: list[Point]) -> bool:
    """Whether every side runs along an axis."""
    return all(
        min(abs(ax - bx), abs(ay - by)) <= STRAIGHT for (ax, ay), (bx, by) in pairwise(points)
    )


def _matrix(item: int) -> Matrix:
    m = pdfium_c.FS_MATRIX()
    if not raw.object_matrix(item, ctypes.addressof(m)):
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
