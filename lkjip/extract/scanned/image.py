"""The picture of a scanned page: the embedded image as it is, or the page rendered.

A scan is one image that fills the page; taking it as stored keeps its pixels,
where rendering would blur them. Pages put together from several images, turned
oddly, or drawn are rendered.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium

from lkjip.errors import LimitExceeded
from lkjip.extract.pictures import bounds_of, covered_share, images_of
from lkjip.extract.scanned.ocr.base import Grey
from lkjip.settings import Settings

RENDER_DPI = 300
A4 = 842.0  # points: the longer side of the paper that reports are printed on
# Longer sides in points of pages that are no sheets of paper: those that phones make, one point
# a pixel and so of COARSE dots an inch at most, and pages shrunk to thumbnails.
POSTER, THUMB = 1300.0, 500.0
COARSE = 100
NEGATIVE = 96  # level below which half of a page's pixels lie in a negative
FINEST_DPI = 330  # finer scans are reduced: digits gain nothing above 300
FILLS = 0.85  # share of the page that the scan covers (margins of a copier)
LARGE = 0.05  # share of the page of an image that may hold print


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A page in grey, upright as displayed, black 0, white 255.

    A pixel is `scale` points wide on the sheet of paper, and `shown` points on the page
    as displayed, which may be a poster or a thumbnail of it; there the picture's corner
    stands at `left`, `top`. `is_bilevel` tells of a scan that was stored black and white.
    """

    grey: Grey
    scale: float
    shown: float
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
    return _on_paper(picture or _rendered(page, settings))


def _on_paper(picture: Picture) -> Picture:
    """The picture with the size of a sheet of paper, dark on light."""
    long = max(picture.grey.shape) * picture.shown
    is_poster = long > POSTER and picture.dpi <= COARSE
    if is_poster or long < THUMB:
        picture = replace(picture, scale=picture.shown * A4 / long)
    if np.median(picture.grey[::8, ::8]) < NEGATIVE:
        picture = replace(picture, grey=255 - picture.grey)
    return picture


def cut_pictures(page: pdfium.PdfPage) -> int:
    """How many large images of the page cannot be decoded, or end before their data says so."""
    large = [image for image in images_of(page) if covered_share(page, [image]) > LARGE]
    return sum(map(_is_cut, large))


def _is_cut(image: pdfium.PdfImage) -> bool:
    """Whether an image of a kind that breaks as a whole does, or a JPEG lacks its end.

    One without its end mark that can be decoded whole all the same is sound.
    """
    if image.get_filters()[-1:] in (["JPXDecode"], ["JBIG2Decode"]):
        return not _is_drawn(image)
    if image.get_filters()[-1:] != ["DCTDecode"]:
        return False
    data = bytes(image.get_data(decode_simple=True))
    if b"\xff\xd9" in data[-64:]:
        return False
    from PIL import Image

    try:
        Image.open(io.BytesIO(data)).load()
    except OSError:
        return True
    return False


def _is_drawn(image: pdfium.PdfImage) -> bool:
    try:
        image.get_bitmap()
    except pdfium.PdfiumError:
        return False
    return True


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
    finest = FINEST_DPI * _reduction(page)
    if not 0.9 < across / down < 1.1 or across < 72 / finest or across > 72 / 60:
        return None
    bitmap = scan.get_bitmap()
    grey = grey_of(bitmap)
    is_bilevel = bool(np.isin(grey[:: max(1, height // 200)], (0, 255)).all())
    quarters = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    margins = (x0 - left, top - y1, right - x1, y0 - bottom)  # left, top, right, bottom
    grey = np.ascontiguousarray(np.rot90(grey, -quarters))
    scale = (across + down) / 2
    return Picture(grey, scale, scale, *_turned(margins, quarters), is_bilevel)


def _turned(margins: tuple[float, float, float, float], quarters: int) -> tuple[float, float]:
    """Left and top margin after quarter turns clockwise."""
    return margins[-quarters % 4], margins[(1 - quarters) % 4]


def grey_of(bitmap: pdfium.PdfBitmap) -> Grey:
    """The pixels of a bitmap in grey."""
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.array(pixels, np.uint8).reshape(pixels.shape[:2])
    blue, green, red = (pixels[:, :, i].astype(np.uint16) for i in range(3))
    return np.asarray((29 * blue + 150 * green + 77 * red) >> 8, np.uint8)


def _reduction(page: pdfium.PdfPage) -> float:
    """How many times smaller than paper a thumbnail is; 1 for others."""
    long = max(*page.get_size(), 1.0)
    return A4 / long if long < THUMB else 1.0


def _finest(page: pdfium.PdfPage) -> float:
    """The resolution of the page's large images: rendering finer would feign detail.

    A small logo tells nothing of the print; of the layers of a page the finest holds it.
    """
    images = images_of(page)
    if not images or covered_share(page, images) < FILLS / 2:
        return RENDER_DPI * _reduction(page)
    large = [image for image in images if covered_share(page, [image]) >= LARGE]
    found = sorted(map(_dpi_of, large or images))
    finest = found[-1] if large else found[len(found) // 2]
    return max(60.0, finest if finest >= COARSE else _masks_dpi(page, large, finest))


def _dpi_of(image: pdfium.PdfImage, size: tuple[int, int] | None = None) -> float:
    """Dots an inch of an image, or of a mask of another size; of the two directions the fewer."""
    x0, y0, x1, y1 = bounds_of(image)
    width, height = size or image.get_px_size()
    if _lies_sideways(image):
        width, height = height, width
    return float(min(width / max(1e-3, x1 - x0), height / max(1e-3, y1 - y0)) * 72)


def _lies_sideways(item: pdfium.PdfObject) -> bool:
    a, b, *_ = item.get_matrix().get()
    form = item.container
    return bool((abs(b) > abs(a)) != (form is not None and _lies_sideways(form)))


def _masks_dpi(page: pdfium.PdfPage, images: list[pdfium.PdfImage], finest: float) -> float:
    """The resolution of the soft masks of coarse images, which may be the print itself.

    pdfium does not tell of them, so qpdf is asked; of several images of a size the coarsest counts.
    """
    source = getattr(page.pdf, "_input", None)
    if not isinstance(source, Path):
        return finest
    by_size = {tuple(image.get_px_size()): image for image in images}
    found: dict[tuple[int, ...], float] = {}
    try:
        with pikepdf.open(source, password=getattr(page.pdf, "_password", None) or "") as pdf:
            for item in pdf.objects:
                if not isinstance(item, pikepdf.Stream) or "/SMask" not in item:
                    continue
                size = _size(item)
                if size in by_size:
                    dpi = _dpi_of(by_size[size], _size(item.SMask))
                    found[size] = min(found.get(size, dpi), dpi)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return finest
    return max([finest, *found.values()])


def _size(image: pikepdf.Object) -> tuple[int, int]:
    return int(image.get("/Width", 0)), int(image.get("/Height", 0))


def _rendered(page: pdfium.PdfPage, settings: Settings) -> Picture:
    width, height = page.get_size()
    most = (settings.max_pixels / max(1.0, width * height)) ** 0.5 * 72
    dpi = int(min(_finest(page), RENDER_DPI * _reduction(page), most))
    if dpi < 50:
        raise LimitExceeded(f"page of {width:.0f} × {height:.0f} points is too large to read")
    grey = grey_of(page.render(scale=dpi / 72, grayscale=True))
    return Picture(grey, 72 / dpi, 72 / dpi)
