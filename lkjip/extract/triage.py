"""Typed or scanned: which way a page is read."""

from __future__ import annotations

import pypdfium2 as pdfium

from lkjip.records import PageKind
from lkjip.settings import Settings


def kind_of(page: pdfium.PdfPage, settings: Settings) -> PageKind:
    return PageKind.TYPED
