"""Single crops through the real recogniser, and through the engines that stand in for it."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen import canvas

from lkjip.errors import MissingPart
from lkjip.extract.scanned.ocr.base import UNREAD, Engine, Grey, Reading
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.extract.scanned.ocr.null import Null
from lkjip.extract.scanned.ocr.replay import Recorder, Replay


def crop(text: str, font: str = "Helvetica", size: float = 9, dpi: int = 200) -> Grey:
    """A line of print, trimmed to its ink."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(400, 40))
    page.setFont(font, size)
    page.drawString(10, 15, text)
    page.save()
    grey = pdfium.PdfDocument(buffer.getvalue())[0].render(scale=dpi / 72, grayscale=True)
    pixels = grey.to_numpy().reshape(grey.height, grey.width)
    rows, columns = np.nonzero(pixels < 128)
    return np.asarray(
        pixels[rows.min() - 3 : rows.max() + 4, columns.min() - 3 : columns.max() + 4], np.uint8
    )


@pytest.mark.parametrize(
    ("text", "font", "number"),
    [
        ("45.955.396.559", "Helvetica", "45.955.396.559"),
        ("1.773.191.492", "Times-Roman", "1.773.191.492"),
        ("Rp 11.099.000,-", "Helvetica-Bold", "Rp 11.099.000,-"),
        ("98,64 %", "Helvetica", "98,64%"),
        ("641,773,572.00", "Courier", "641,773,572.00"),
        ("(760.500)", "Times-Bold", "(760.500)"),
    ],
)
def test_numbers_are_read_character_by_character(text: str, font: str, number: str) -> None:
    reading = engine_named().read([crop(text, font)])[0]
    assert reading.number.replace(" ", "") == number.replace(" ", "")
    assert len(reading.places) >= len(number.replace(" ", ""))
    assert list(reading.places) == sorted(reading.places)


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_nought_alone_is_sure_though_it_looks_like_a_letter(dpi: int) -> None:
    reading = engine_named().read([crop("0", dpi=dpi)])[0]
    assert reading.number == "0"
    assert reading.number_confidence > 0.97


@pytest.mark.skipif(find_spec("tesserocr") is None, reason="tesserocr is not installed")
def test_tesseract_reads_names_and_no_digits() -> None:
    try:
        engine = engine_named("tesseract")
    except MissingPart as missing:
        pytest.skip(str(missing))
    reading = engine.read([crop("Belanja Pegawai", dpi=300)])[0]
    assert reading.text == "Belanja Pegawai"
    assert 0.5 < reading.confidence <= 1
    assert not reading.number
    assert not engine.reads_digits
    assert "tesseract" in engine.describe()


def test_names_are_read_with_their_letters_and_marks() -> None:
    text = "Penyediaan Jasa Komunikasi, Air dan Listrik/Penerangan"
    assert engine_named().read([crop(text)])[0].text == text


def test_a_recording_plays_back_in_order_and_ends_unread(tmp_path: Path) -> None:
    class Fixed(Null):
        def read(self, crops: object) -> list[Reading]:
            return [Reading("a", 0.5, "1", 0.25, (0.5,)), Reading("b", 1.0)]

    recorder = Recorder(Fixed())
    blank = np.full((10, 10), 255, np.uint8)
    said = recorder.read([blank, blank])
    recorder.save(tmp_path / "said.json")
    replay = Replay.of(tmp_path / "said.json")
    assert replay.read([blank]) + replay.read([blank]) == said
    assert replay.read([blank]) == [UNREAD]


@pytest.mark.parametrize("name", ["rapidocr", "null"])
def test_engines_say_what_they_are(name: str) -> None:
    engine: Engine = engine_named(name)
    assert engine.name == name
    assert engine.describe()


@pytest.mark.skipif(find_spec("tesserocr") is not None, reason="tesserocr is installed")
def test_a_missing_engine_is_named() -> None:
    with pytest.raises(MissingPart, match="tesserocr"):
        engine_named("tesseract")
