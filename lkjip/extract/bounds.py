"""What a page may ask for before anyone reads or renders it."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

from lkjip.errors import LimitExceeded
from lkjip.settings import Settings

MAX_SIDE = 1_000_000.0  # points: 350 m, beyond any sheet
# The fullest page of the corpus draws 2,462 things (grobogan 2021, page 34); a map some 20,000.
MAX_OBJECTS = 40_000
_FORM_DEPTH = 5


def check_page(page: pdfium.PdfPage) -> None:
    """Raises `LimitExceeded` for a page too large, or too full, to be a page of a report."""
    side = max(page.get_size())
    if side > MAX_SIDE:
        raise LimitExceeded(f"is {side:.3g} points long")
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MAX_OBJECTS:
        raise LimitExceeded(f"draws {count} things, more than the limit of {MAX_OBJECTS}")


def check_images(page: pdfium.PdfPage, settings: Settings) -> None:
    """Raises `LimitExceeded` for a picture of more pixels than the settings allow, undecoded."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH):
        raw.FPDFImageObj_GetImagePixelSize(image.raw, width, height)
        pixels = width.value * height.value
        if pixels > settings.max_pixels:
            raise LimitExceeded(
                f"holds a picture of {pixels} pixels, more than the limit of {settings.max_pixels}"
            )
