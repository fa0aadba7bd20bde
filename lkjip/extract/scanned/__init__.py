"""Scanned pages: from the picture of a page to its text and tables."""

from lkjip.extract.scanned.page import read_scanned_page

__all__ = ["read_scanned_page"]
