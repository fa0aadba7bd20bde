"""Scanned pages: from the picture of a page to its text and tables."""

from lkjip.extract.scanned.image import cut_pictures
from lkjip.extract.scanned.page import read_scanned_page

__all__ = ["cut_pictures", "read_scanned_page"]
