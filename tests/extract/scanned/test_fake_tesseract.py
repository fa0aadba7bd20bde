"""The tesseract engine against a stand-in for tesserocr, which few machines have."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import pytest
from PIL import Image

from lkjip.errors import MissingPart
from lkjip.extract.scanned.ocr.base import Reading
from lkjip.extract.scanned.ocr.choose import engine_named


class FakeApi:
    """Says the words that it was made for, whatever it is shown."""

    made: ClassVar[dict[str, Any]] = {}
    says: ClassVar[tuple[str, list[int]]] = ("", [])

    def __init__(self, **settings: Any) -> None:
        FakeApi.made = settings
        self.shown: Image.Image | None = None

    def SetImage(self, image: Image.Image) -> None:
        self.shown = image

    def GetUTF8Text(self) -> str:
        assert self.shown is not None
        assert self.shown.mode == "L"
        return FakeApi.says[0]

    def AllWordConfidences(self) -> list[int]:
        return FakeApi.says[1]


@pytest.fixture
def languages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages that the stand-in has data of; it is importable as tesserocr."""
    installed = ["eng", "ind", "osd"]
    module: Any = ModuleType("tesserocr")
    module.__spec__ = ModuleSpec("tesserocr", None)
    module.get_languages = lambda: ("/usr/share/tessdata/", installed)
    module.tesseract_version = lambda: "tesseract 5.5.0\n leptonica-1.84"
    module.PSM = type("PSM", (), {"SINGLE_LINE": 7})
    module.PyTessBaseAPI = FakeApi
    monkeypatch.setitem(sys.modules, "tesserocr", module)
    return installed


@pytest.mark.parametrize(
    ("says", "reading"),
    [
        (("Belanja  Pegawai\n", [96, 91]), Reading("Belanja Pegawai", 0.91)),
        (("\n", []), Reading("", 0.0)),
        (("2.671.018.687\n", [95]), Reading("2.671.018.687", 0.95)),
    ],
)
def test_a_line_is_as_sure_as_its_least_sure_word(
    languages: list[str],
    says: tuple[str, list[int]],
    reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FakeApi, "says", says)
    engine = engine_named("tesseract")
    assert engine.read([np.zeros((20, 80), np.uint8)] * 2) == [reading, reading]
    assert not reading.number, "no amount rests on it"
    assert not engine.reads_digits


def test_indonesian_data_come_first(languages: list[str]) -> None:
    engine = engine_named("tesseract")
    assert FakeApi.made == {"lang": "ind", "psm": 7}
    assert engine.describe() == "tesseract 5.5.0, data ind"
    languages.remove("ind")
    engine_named("tesseract")
    assert FakeApi.made["lang"] == "eng"


def test_without_data_it_is_missing(languages: list[str]) -> None:
    languages[:] = ["osd"]
    with pytest.raises(MissingPart, match="Indonesian or English"):
        engine_named("tesseract")
