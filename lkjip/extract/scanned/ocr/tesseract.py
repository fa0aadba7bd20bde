"""Tesseract through tesserocr: an optional engine for names, never for digits.

Its Indonesian data reads 7 as 1, so no amount may rest on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from lkjip.errors import MissingPart
from lkjip.extract.scanned.ocr.base import Grey, Reading

LANGUAGES = ("ind", "eng")  # the first that is installed


class Tesseract:
    name = "tesseract"
    reads_digits = False

    def __init__(self) -> None:
        if find_spec("tesserocr") is None:
            raise MissingPart("tesserocr is not installed")
        import tesserocr

        _, installed = tesserocr.get_languages()
        language = next((each for each in LANGUAGES if each in installed), None)
        if language is None:
            raise MissingPart("tesseract has no Indonesian or English data")
        self._language = language
        self._api: Any = tesserocr.PyTessBaseAPI(lang=language, psm=tesserocr.PSM.SINGLE_LINE)
        self._version: str = tesserocr.tesseract_version().splitlines()[0]

    def describe(self) -> str:
        return f"{self._version}, data {self._language}"

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Grey) -> Reading:
        from PIL import Image

        self._api.SetImage(Image.fromarray(crop))
        text = " ".join(self._api.GetUTF8Text().split())
        words = self._api.AllWordConfidences()
        return Reading(text, min(words) / 100 if words else 0.0)
