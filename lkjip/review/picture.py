"""A page of the original file as a picture, drawn in a process of its own.

pdfium can crash or hang on a damaged file: that must not end the review.
"""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import TimeoutError as DrawingTimeout
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from lkjip.errors import LkjipError

SCALE = 2.0  # pixels a point: digits of 8 points are 16 pixels high
MAX_PIXELS = 12_000_000  # an A3 page at SCALE has 8 million
SECONDS = 20
KEPT = 24  # pictures in memory, some 300 kB each


class NoPicture(LkjipError):
    """The page cannot be shown: the file is gone, has changed, or cannot be drawn."""


class Picture(NamedTuple):
    """A page as a PNG, and its size in points."""

    png: bytes
    width: float
    height: float


class Pictures:
    """Draws pages of the files below `root`; one worker, ended with `close`."""

    def __init__(self, root: Path | None) -> None:
        from pebble import ProcessPool

        self.root = root
        self.pool: Any = ProcessPool(max_workers=1, context=get_context("spawn"))
        self.page = lru_cache(maxsize=KEPT)(self._page)

    def close(self) -> None:
        self.pool.stop()
        self.pool.join()

    def _page(self, file: str, doc_id: str, page: int) -> Picture:
        """The page; raises NoPicture with the reason.

        `file` and `doc_id` come from the output, never from the browser; the file
        must lie below the root and still be the one that was read.
        """
        path = self._find(file, doc_id)
        try:
            drawn: Picture = self.pool.schedule(draw, args=(path, page), timeout=SECONDS).result()
        except NoPicture:
            raise
        except DrawingTimeout:
            raise NoPicture("drawing this page takes too long") from None
        except Exception as error:
            raise NoPicture(f"this page cannot be drawn ({type(error).__name__})") from error
        return drawn

    def _find(self, file: str, doc_id: str) -> Path:
        if self.root is None:
            raise NoPicture("the run did not record where its input files are")
        path = (self.root / file).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            raise NoPicture(f"the file is no longer there: {path}")
        with path.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != doc_id:
                raise NoPicture(f"the file has changed since it was read: {path}")
        return path


def draw(path: Path, page: int) -> Picture:
    """Page `page` (1-based) of a PDF as a picture, as displayed (after /Rotate)."""
    import pypdfium2 as pdfium

    document: Any = pdfium.PdfDocument(path)
    try:
        if not 1 <= page <= len(document):
            raise NoPicture(f"the file has no page {page}")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(SCALE, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        image = sheet.render(scale=scale).to_pil()
        png = io.BytesIO()
        image.save(png, "PNG", compress_level=1)
        return Picture(png.getvalue(), width, height)
    finally:
        document.close()
