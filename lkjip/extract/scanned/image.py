"""The picture of a scanned page: the embedded image as it is, or the page rendered.

A scan is one image that fills the page; taking it as stored keeps its pixels,
where rendering would blur them. Pages put together from several images, turned
oddly, or drawn are rendered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lkjip.errors import LimitExceeded
from lkjip.extract.scanned.ocr.base import Grey
from lkjip.settings import Settings

RENDER_DPI = 300
FINEST_DPI = 330  # finer scans are reduced: digits gain nothing above 300
FILLS = 0.85  # share of the page that the scan covers (margins of a copier)
DEPTH = 3  # forms within forms


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A page in grey, upright as displayed, black 0, white 255.

    A pixel is `scale` points wide; the picture's corner stands at `left`, `top`
    points of the page. `is_bilevel` tells of a scan that was stored black and white.
    """

    grey: Grey
    scale: float
    left: float = 0.0
    top: float = 0.0
    is_bilevel: bool = False

    @property
    def dpi(self) -> float:
        return 72 / self.scale


def page_picture(page: pdfium.PdfPage, settings: Settings) -> Picture:
    """The picture of a page. Raises `LimitExceeded` where it has too many pixels."""
    scan = _only_scan(page)
    picture = None if scan is None else _embedded(page, scan, settings)
    return picture or _rendered(page, settings)


def images_of(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    """The images of a page, those in forms too."""
    kind = pdfium_c.FPDF_PAGEOBJ_IMAGE
    found = page.get_objects(filter=[kind], max_depth=DEPTH)
    return [item for item in found if isinstance(item, pdfium.PdfImage)]


def covered_share(page: pdfium.PdfPage, images: list[pdfium.PdfImage]) -> float:
    """How much of the page its images cover, counting overlaps once in the rough (64 × 64)."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(1e-3, right - left), max(1e-3, top - bottom)
    map_ = np.zeros((64, 64), dtype=bool)
    for image in images:
        x0, y0, x1, y1 = image.get_bounds()
        columns = np.clip(np.round(np.array([x0 - left, x1 - left]) / width * 64), 0, 64)
        rows = np.clip(np.round(np.array([y0 - bottom, y1 - bottom]) / height * 64), 0, 64)
        map_[int(rows[0]) : int(rows[1]), int(columns[0]) : int(columns[1])] = True
    return float(map_.mean())


def _only_scan(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """The one image that is the page: large, not turned or mirrored, nothing of note drawn."""
    images = images_of(page)
    if len(images) != 1 or covered_share(page, images) < FILLS:
        return None
    a, b, c, d, _, _ = images[0].get_matrix().get()
    upright = a > 0 and d > 0 and abs(b) < 1e-3 * a and abs(c) < 1e-3 * d
    square = upright and images[0].container is None
    return images[0] if square else None


def _embedded(page: pdfium.PdfPage, scan: pdfium.PdfImage, settings: Settings) -> Picture | None:
    width, height = scan.get_px_size()
    if width * height > settings.max_pixels:
        return None  # rendering brings it under the limit
    x0, y0, x1, y1 = scan.get_bounds()
    across, down = (x1 - x0) / width, (y1 - y0) / height
    if not 0.9 < across / down < 1.1 or across < 72 / FINEST_DPI or across > 72 / 60:
        return None
    bitmap = scan.get_bitmap()
    grey = _grey(bitmap)
    is_bilevel = bool(np.isin(grey[:: max(1, height // 200)], (0, 255)).all())
    quarters = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    margins = (x0 - left, top - y1, right - x1, y0 - bottom)  # left, top, right, bottom
    grey = np.ascontiguousarray(np.rot90(grey, -quarters))
    return Picture(grey, (across + down) / 2, *_turned(margins, quarters), is_bilevel)


def _turned(margins: tuple[float, float, float, float], quarters: int) -> tuple[float, float]:
    """Left and top margin after quarter turns clockwise."""
    return margins[-quarters % 4], margins[(1 - quarters) % 4]


def _grey(bitmap: pdfium.PdfBitmap) -> Grey:
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.array(pixels, np.uint8).reshape(pixels.shape[:2])
    blue, green, red = (pixels[:, :, i].astype(np.uint16) for i in range(3))
    return np.asarray((29 * blue + 150 * green + 77 * red) >> 8, np.uint8)


def _finest(page: pdfium.PdfPage) -> int:
    """The resolution of the page's large images: rendering finer would feign detail."""
    images = images_of(page)
    if not images or covered_share(page, images) < FILLS / 2:
        return RENDER_DPI
    found = []
    for image in images:
        x0, _, x1, _ = image.get_bounds()
        found.append(image.get_px_size()[0] / max(1e-3, x1 - x0) * 72)
    return int(min(RENDER_DPI, max(60.0, *found)))


def _rendered(page: pdfium.PdfPage, settings: Settings) -> Picture:
    width, height = page.get_size()
    dpi = min(_finest(page), int((settings.max_pixels / max(1.0, width * height)) ** 0.5 * 72))
    if dpi < 50:
        raise LimitExceeded(f"page of {width:.0f} × {height:.0f} points is too large to read")
    grey = _grey(page.render(scale=dpi / 72, grayscale=True))
    return Picture(grey, 72 / dpi)
