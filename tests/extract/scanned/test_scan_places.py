"""Where the cells of a crooked scan are said to be: on the page as a person sees it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from fixtures.kalianget import one_table
from fixtures.scanner import Scan, scan_pdf
from lkjip.extract.scanned import read_scanned_page
from lkjip.extract.scanned.ocr.base import Grey, Reading
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.pipeline import read
from lkjip.records import Box, Page
from lkjip.review.picture import draw
from lkjip.settings import Settings
from lkjip.view import through

WIDTH, HEIGHT = 595, 842
XS, YS = (60, 120, 330, 430, 530), tuple(range(100, 460, 30))  # points from the top-left


class Stub:
    """Reads the same in every crop: what stands where is the layout's matter."""

    name = "stub"
    reads_digits = True

    def describe(self) -> str:
        return "says 1.000"

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        return [Reading("Belanja", 0.99, "1.000", 0.99, (0.1, 0.3, 0.5, 0.7, 0.9)) for _ in crops]


def sheet() -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    page.setFont("Helvetica", 10)
    for x in XS:
        page.line(x, HEIGHT - YS[0], x, HEIGHT - YS[-1])
    for y in YS:
        page.line(XS[0], HEIGHT - y, XS[-1], HEIGHT - y)
    for y in YS[:-1]:
        for x in XS[:-1]:
            page.drawString(x + 6, HEIGHT - y - 19, "Belanja 1")
    page.save()
    return buffer.getvalue()


def scanned(tmp_path: Path, scan: Scan, rotate: int) -> pdfium.PdfDocument:
    path = tmp_path / "scan.pdf"
    scan_pdf(sheet(), path, scan, 1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.save(path)
    return pdfium.PdfDocument(path)


def expected(box: Box, skew: float, turn: int) -> Box:
    """Where the scanner model puts a box of the sheet: askew about the middle, then turned."""
    angle = np.radians(skew)
    corners = np.array([(x, y) for x in box[::2] for y in box[1::2]]) - (WIDTH / 2, HEIGHT / 2)
    turned = corners @ np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    width, height = WIDTH, HEIGHT
    for _ in range(turn // 90):
        turned = np.stack([-turned[:, 1], turned[:, 0]], axis=1)
        width, height = height, width
    x, y = turned[:, 0] + width / 2, turned[:, 1] + height / 2
    return Box(x.min(), y.min(), x.max(), y.max())


def cells(page: Page) -> list[Box]:
    (table,) = page.tables
    return [through(page.view, cell.box) for cell in table.cells]


@pytest.mark.parametrize(
    ("scan", "rotate"),
    [
        (Scan(dpi=150, skew=0.0), 0),
        (Scan(dpi=150, skew=1.5), 0),
        (Scan(dpi=150, skew=-0.8, turn=90), 0),
        (Scan(dpi=150, skew=-0.8, turn=270), 90),
        (Scan(dpi=150, skew=0.6), 180),
    ],
)
def test_cells_are_shown_where_they_lie_on_the_scan(
    tmp_path: Path, scan: Scan, rotate: int
) -> None:
    with scanned(tmp_path, scan, rotate) as document:
        page = read_scanned_page(document[0], 1, Settings(), Stub())
    found = cells(page)
    for row in (0, 5, 10):
        for column in range(4):
            box = Box(XS[column], YS[row], XS[column + 1], YS[row + 1])
            goal = expected(box, scan.skew, (scan.turn + rotate) % 360)
            off = min(np.abs(np.subtract(goal, box)).max() for box in found)
            assert off < 1.5, (row, column)


def test_a_photographed_cell_is_shown_where_it_lies(tmp_path: Path) -> None:
    """The box in the output, cut out of the page's picture in the review, shows the amount."""
    path = tmp_path / "photo.pdf"
    scan = Scan(dpi=200, skew=1.2, perspective=0.01, turn=90)
    scan_pdf(one_table("tabel-2-2", "ruled"), path, scan, 3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[1:]
        pdf.save(path)
    report = read(path, Settings())
    amounts = [
        amount
        for table in report.tables
        for line in table.lines
        for amount in line.amounts.values()
        if amount.value is not None and amount.box is not None and len(amount.raw) > 6
    ]
    assert len(amounts) > 3
    picture = draw(path, 1)
    image = Image.open(io.BytesIO(picture.png)).convert("L")
    scale = image.width / picture.width
    crops = []
    for amount in amounts:
        assert amount.box is not None
        x0, y0, x1, y1 = (side * scale for side in amount.box)
        crop = np.asarray(image.crop((int(x0), int(y0), int(x1) + 2, int(y1) + 2)))
        crops.append(np.ascontiguousarray(np.rot90(crop, scan.turn // 90)))
    said = [reading.number for reading in engine_named().read(crops)]
    right = [amount.raw == text for amount, text in zip(amounts, said, strict=True)]
    assert np.mean(right) > 0.7, [(a.raw, s) for a, s in zip(amounts, said, strict=True)]


def test_what_is_straight_has_no_view(tmp_path: Path) -> None:
    with scanned(tmp_path, replace(Scan(dpi=150), skew=0.0), 0) as document:
        assert read_scanned_page(document[0], 1, Settings(), Stub()).view is None
