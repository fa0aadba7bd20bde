"""Scanned pages: image → straight → rulings → cells → text. (Being built.)"""

from __future__ import annotations

import pypdfium2 as pdfium

from lkjip.records import Page
from lkjip.settings import Settings


def read_scanned_page(page: pdfium.PdfPage, number: int, settings: Settings) -> Page:
    raise NotImplementedError
