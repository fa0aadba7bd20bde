"""Pages displayed turned, and content turned on upright pages, read upright."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from fixtures.kalianget import LAYOUTS, one_table
from lkjip.extract.leaf import Leaf
from lkjip.extract.typed.page import read_typed_page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_line_of_every_layout(layout: str) -> None:
    with pdfium.PdfDocument(one_table("tabel-3-1", layout)) as pdf:
        page = read_typed_page(Leaf(pdf[0]), 1)
    assert page.lines[0].text == (
        "Realisasi dan rencana kegiatan disajikan menurut program, kegiatan dan rinciannya."
    )
    assert page.lines[0].box.x0 < page.width / 2
    assert page.lines[0].box.y0 < page.height / 4
