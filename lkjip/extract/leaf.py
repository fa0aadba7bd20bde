"""A page of the PDF while it is open, with what more than one stage asks of it."""

from __future__ import annotations

import ctypes
from functools import cached_property
from itertools import repeat
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lkjip.extract.typed import raw

LOST = 0xFFFD  # the character that stands for one without a meaning


class Leaf:
    """An opened page. Its text is laid out and its objects are listed once, when first asked for.

    As a context manager it closes the page.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page

    @cached_property
    def text_page(self) -> pdfium.PdfTextPage:
        return self.page.get_textpage()

    @cached_property
    def text(self) -> str:
        """The page's text, one character per character index."""
        page = self.text_page.raw
        count = max(0, pdfium_c.FPDFText_CountChars(page))
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(page, 0, count, buffer) if count else 1
        text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
        if written - 1 == count == len(text):
            return text
        get = pdfium_c.FPDFText_GetUnicode  # some have no meaning, or one beyond 16 bits
        return "".join([chr(min(get(page, i), LOST)) for i in range(count)])

    @cached_property
    def objects(self) -> list[int]:
        """Addresses of the objects that the page draws, those in forms left out."""
        count = pdfium_c.FPDFPage_CountObjects(self.page.raw)
        return list(map(raw.page_object, repeat(raw.address(self.page.raw)), range(count)))

    @cached_property
    def kinds(self) -> list[int]:
        """The type (FPDF_PAGEOBJ_…) of each object."""
        return list(map(raw.object_type, self.objects))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "text_page" in vars(self):
            self.text_page.close()
        self.page.close()
