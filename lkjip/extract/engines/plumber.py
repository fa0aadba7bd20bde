"""Tables as pdfplumber finds them by their rulings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lkjip.extract.engines.cells import Word, lay_out
from lkjip.records import Box, Table
from lkjip.settings import Settings


def tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    import pdfplumber

    with pdfplumber.open(path, pages=list(pages), password=settings.password) as pdf:
        for page in pdf.pages:
            words = [_word(word) for word in page.extract_words(extra_attrs=["fontname"])]
            yield (
                page.page_number,
                tuple(
                    lay_out([Box(*cell) for cell in table.cells], words, page.page_number)
                    for table in page.find_tables()
                ),
            )
            page.close()


def _word(word: dict[str, Any]) -> Word:
    box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
    return Word(word["text"], box, "bold" in word["fontname"].lower())
