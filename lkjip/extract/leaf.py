"""A page of the PDF while it is open, with what more than one stage asks of it."""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lkjip.extract.typed import raw


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
