"""Which pages are read from their text and which from their picture."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from fixtures.kalianget import one_table
from fixtures.scanner import PRESETS, scan_pdf
from lkjip.extract.leaf import Leaf
from lkjip.extract.triage import is_scanned, kind_of
from lkjip.records import PageKind
from lkjip.settings import Settings


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    target = tmp_path / "scan.pdf"
    scan_pdf(one_table("tabel-2-2", "ruled"), target, PRESETS["bilevel150"])
    return target


def with_text(path: Path, content: bytes) -> pdfium.PdfDocument:
    """The scan with a text layer drawn over it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources.Font = pikepdf.Dictionary(F=pdf.make_indirect(font))
        page.contents_add(b"BT /F 10 Tf " + content + b" ET")
        pdf.save(path)
    return pdfium.PdfDocument(path)


def test_a_picture_is_scanned(scan: Path) -> None:
    assert is_scanned(Leaf(pdfium.PdfDocument(scan)[0]))


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"3 Tr 80 700 Td (" + b"Belanja 1O.5OO.OOO " * 30 + b") Tj", "invisible OCR layer"),
        (b"280 20 Td (Halaman 12) Tj", "a page number typed on a scan"),
        (b"40 20 Td (" + b"Dipindai dengan CamScanner " * 4 + b") Tj", "a scanning program's note"),
    ],
)
def test_a_layer_over_a_scan_is_not_trusted(scan: Path, content: bytes, seen: str) -> None:
    assert is_scanned(Leaf(with_text(scan, content)[0])), seen


@pytest.mark.parametrize("layout", ["ruled", "borderless", "turned-90"])
def test_typed_pages_are_typed(layout: str) -> None:
    assert not is_scanned(Leaf(pdfium.PdfDocument(one_table("tabel-3-1", layout))[0]))


@pytest.mark.parametrize(("ocr", "kind"), [("always", PageKind.SCANNED), ("never", PageKind.TYPED)])
def test_the_setting_overrules(ocr: str, kind: PageKind, scan: Path) -> None:
    for page in (pdfium.PdfDocument(one_table("skala", "ruled"))[0], pdfium.PdfDocument(scan)[0]):
        assert kind_of(Leaf(page), Settings(ocr=ocr)) is kind  # type: ignore[arg-type]


def test_real_reports(shared: Path) -> None:
    scan = pdfium.PdfDocument(shared / "corpus" / "scan-lkip2016-jabar-sda-p24-37.pdf")
    assert all(is_scanned(Leaf(page)) for page in scan)
    typed = pdfium.PdfDocument(shared / "corpus" / "lkip2016-jabar-distan-bab3.pdf")
    assert not any(is_scanned(Leaf(page)) for page in typed)
