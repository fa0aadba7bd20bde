"""Ruling lines and shading of a page, from its path objects.

A thin rectangle is a ruling whether it is filled or stroked; a fat one gives
its four sides when stroked and is shading when only filled. Objects inside
form XObjects count where the form places them.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from lkjip.extract.leaf import Leaf
from lkjip.extract.typed import raw
from lkjip.extract.typed.geometry import Boxes, Frame

THIN = 3.0  # points: the thickest ruling seen in print is a 2.25 pt double rule
SHORT = 0.5  # points: a dotted rule may be drawn dot by dot
STRAIGHT = 0.6  # points off the axis that a "straight" segment may run
DEPTH = 4  # forms within forms
MANY_SEGMENTS = 20_000  # a drawing, not a table

RECTANGLE = 5  # segments of a closed rectangle
Sides = NDArray[np.float64]  # (n, 4): left, bottom, right, top in user space
Matrix = tuple[float, float, float, float, float, float]
Point = Sequence[float]
EMPTY = np.zeros((0, 4))
PATH, IMAGE, FORM = (
    pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM,
)  # fmt: skip
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Rulings and shading of a page, as displayed boxes (n, 4)."""

    rulings: Boxes
    shading: Boxes


class Found(NamedTuple):
    """Boxes gathered so far; `thin` is the thickest rule, in points."""

    rules: list[Sides]
    fills: list[Sides]
    thin: float


def read_paths(leaf: Leaf, frame: Frame, factor: float = 1.0) -> Paths:
    """All rulings and shading of an opened page, enlarged by a factor."""
    found = Found([], [], THIN / factor)
    _collect(leaf.objects, leaf.kinds, IDENTITY, found, DEPTH)
    return Paths(_display(found.rules, frame) * factor, _display(found.fills, frame) * factor)


def _display(sides: list[Sides], frame: Frame) -> Boxes:
    left, bottom, right, top = np.concatenate([EMPTY, *sides]).astype(np.float32).T
    if not len(left):
        return EMPTY.astype(np.float32)
    boxes = frame.display(left, bottom, right, top)
    width, height = frame.size
    limits = np.array([width, height, width, height], dtype=np.float32)
    boxes = np.minimum(np.maximum(boxes, -1), limits + 1)
    inside = (boxes[:, 2] - boxes[:, 0] > 0) | (boxes[:, 3] - boxes[:, 1] > 0)
    return boxes[inside]


def _collect(
    objects: list[int], kinds: list[int], matrix: Matrix, found: Found, depth: int
) -> None:
    """Sort page objects (addresses) into rules and fills; an object without paint is none."""
    of_kind = np.array(kinds, dtype=np.int8)
    drawn = np.flatnonzero((of_kind == PATH) | (of_kind == IMAGE))
    items = list(map(objects.__getitem__, drawn.tolist()))
    boxes, is_painted = _bounds(items)
    boxes = _moved(boxes, matrix)
    is_thin = (boxes[:, 2] - boxes[:, 0] <= found.thin) | (boxes[:, 3] - boxes[:, 1] <= found.thin)
    found.rules.append(boxes[is_painted & is_thin])
    fat = np.flatnonzero(is_painted & ~is_thin & (of_kind[drawn] == PATH))
    if len(fat):
        _fat_paths(list(map(items.__getitem__, fat.tolist())), boxes[fat], matrix, found)
    for i in np.flatnonzero(of_kind == FORM).tolist() if depth else ():
        item = objects[i]
        inner = list(map(raw.form_object, repeat(item), range(_size(item))))
        moved = _times(_matrix(item), matrix)
        _collect(inner, list(map(raw.object_type, inner)), moved, found, depth - 1)


def _bounds(items: list[int]) -> tuple[Sides, NDArray[np.bool_]]:
    """The bounds of objects in user space, and which of them have any."""
    memory = np.zeros((len(items), 4), dtype=np.float32)
    painted = list(map(raw.object_bounds, items, *raw.places(memory)))
    return memory.astype(np.float64), np.array(painted, dtype=np.bool_)


def _size(form: int) -> int:
    pointer = ctypes.cast(form, pdfium_c.FPDF_PAGEOBJECT)
    return max(0, int(pdfium_c.FPDFFormObj_CountObjects(pointer)))


def _fat_paths(items: list[int], boxes: Sides, matrix: Matrix, found: Found) -> None:
    modes = np.zeros((len(items), 2), dtype=np.int32)  # filled, stroked
    deque(map(raw.draw_mode, items, *raw.places(modes)), 0)
    counts = np.array(list(map(raw.count_segments, items)), dtype=np.int32)
    is_plain = (counts <= RECTANGLE) & (modes[:, 1] == 0)  # most of a page's paths, not walked
    found.fills.append(boxes[is_plain])
    for i in np.flatnonzero(~is_plain & (counts <= MANY_SEGMENTS)).tolist():
        _walk(items[i], int(counts[i]), bool(modes[i, 1]), matrix, found)


def _walk(item: int, count: int, is_stroked: bool, matrix: Matrix, found: Found) -> None:
    """Sort the subpaths of a path; one with a curve is neither rule nor fill."""
    segments = list(map(raw.path_segment, repeat(item), range(count)))
    kinds = np.array(list(map(raw.segment_type, segments)), dtype=np.int32)
    points = _points(segments, _times(_matrix(item), matrix))
    firsts = np.flatnonzero((kinds == pdfium_c.FPDF_SEGMENT_MOVETO) | (np.arange(count) == 0))
    ends = np.append(firsts[1:], count)
    low, high = np.minimum.reduceat(points, firsts), np.maximum.reduceat(points, firsts)
    is_curved = np.logical_or.reduceat(kinds == pdfium_c.FPDF_SEGMENT_BEZIERTO, firsts)
    is_line = (ends - firsts > 1) & ~is_curved
    parts = np.hstack([low, high])
    is_thin = (high - low <= found.thin).any(axis=1)
    found.rules.append(parts[is_line & is_thin])
    for i in np.flatnonzero(is_line & ~is_thin).tolist():
        outline = _closed(segments[firsts[i] : ends[i]], points[firsts[i] : ends[i]].tolist())
        if is_stroked:
            found.rules.append(_straight_sides(outline))
        elif _is_rectangle(outline):
            found.fills.append(parts[i : i + 1])


def _points(segments: list[int], matrix: Matrix) -> NDArray[np.float64]:
    """Where each segment ends (n, 2), in user space."""
    memory = np.zeros((len(segments), 2), dtype=np.float32)
    deque(map(raw.segment_point, segments, *raw.places(memory)), 0)
    a, b, c, d, e, f = matrix
    x, y = memory.astype(np.float64).T
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def _closed(segments: list[int], points: list[Point]) -> list[Point]:
    """The points of a subpath, with its start again wherever it is closed."""
    outline: list[Point] = []
    for segment, point in zip(segments, points, strict=True):
        outline.append(point)
        if raw.segment_closes(segment) and outline[0] != point:
            outline.append(outline[0])
    return outline


def _straight_sides(points: list[Point]) -> Sides:
    """Axis-parallel segments of a stroked path, each as a thin box."""
    sides = []
    for (ax, ay), (bx, by) in pairwise(points):
        run, off = max(abs(ax - bx), abs(ay - by)), min(abs(ax - bx), abs(ay - by))
        if run >= SHORT and off <= STRAIGHT:
            sides.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return np.array(sides, dtype=np.float64).reshape(-1, 4)


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


def _moved(boxes: Sides, matrix: Matrix) -> Sides:
    """The bounds of boxes after a matrix."""
    if matrix == IDENTITY:
        return boxes
    a, b, c, d, e, f = matrix
    x, y = boxes[:, [0, 0, 2, 2]], boxes[:, [1, 3, 1, 3]]  # the four corners
    xs, ys = a * x + c * y + e, b * x + d * y + f
    return np.stack([xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)], axis=1)
