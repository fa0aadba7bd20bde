"""The images of a page: which, where, how much of it."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

DEPTH = 3  # forms within forms


def images_of(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    """The images of a page, those in forms too."""
    kind = pdfium_c.FPDF_PAGEOBJ_IMAGE
    found = page.get_objects(filter=[kind], max_depth=DEPTH)
    return [item for item in found if isinstance(item, pdfium.PdfImage)]


def bounds_of(item: pdfium.PdfObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object in the page's user space, out of its forms."""
    left, bottom, right, top = item.get_bounds()
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    form = item.container
    while form is not None:
        matrix = form.get_matrix()
        corners = [matrix.on_point(x, y) for x, y in corners]
        form = form.container
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def covered_share(page: pdfium.PdfPage, images: list[pdfium.PdfImage]) -> float:
    """How much of the page its images cover, counting overlaps once in the rough (64 × 64)."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(1e-3, right - left), max(1e-3, top - bottom)
    map_ = np.zeros((64, 64), dtype=bool)
    for image in images:
        x0, y0, x1, y1 = bounds_of(image)
        columns = np.clip(np.round(np.array([x0 - left, x1 - left]) / width * 64), 0, 64)
        rows = np.clip(np.round(np.array([y0 - bottom, y1 - bottom]) / height * 64), 0, 64)
        map_[int(rows[0]) : int(rows[1]), int(columns[0]) : int(columns[1])] = True
    return float(map_.mean())
