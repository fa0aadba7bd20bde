"""The OCR engines by name."""

from __future__ import annotations

from lkjip.extract.scanned.ocr.base import Engine


def engine_named(name: str = "rapidocr") -> Engine:
    """The engine of that name; raises `MissingPart` where it is not installed."""
    if name == "tesseract":
        from lkjip.extract.scanned.ocr.tesseract import Tesseract

        return Tesseract()
    if name == "null":
        from lkjip.extract.scanned.ocr.null import Null

        return Null()
    from lkjip.extract.scanned.ocr.rapid import Rapid

    return Rapid()
