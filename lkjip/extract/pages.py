"""Every page of a document, typed or scanned, to a `Page` with its text and tables."""

from __future__ import annotations

import pypdfium2 as pdfium

from lkjip.issues import Issue
from lkjip.records import Page
from lkjip.settings import Settings


def read_pages(
    document: pdfium.PdfDocument, settings: Settings
) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    return (), ()
