"""Tables as pdfplumber finds them by their rulings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lkjip.extract.engines.cells import lay_out
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Table
from lkjip.settings import Settings


def tables(
    path: Path, pages: Sequence[int], settings: Settings
) -> Iterator[tuple[int, tuple[Table, ...]]]:
    import pdfplumber

    with pdfplumber.open(path, pages=list(pages), password=settings.password) as pdf:
        for page in pdf.pages:
            words = words_of(page.extract_words(extra_attrs=["fontname"]))
            yield (
                page.page_number,
                tuple(
                    lay_out([Box(*cell) for cell in table.cells], words, page.page_number)
                    for table in page.find_tables()
                ),
            )
            page.close()


def words_of(found: list[dict[str, Any]]) -> Words:
    sides = [[word[side] for side in ("x0", "top", "x1", "bottom")] for word in found]
    return Words(
        [word["text"] for word in found],
        np.array(sides, dtype=np.float32).reshape(-1, 4),
        np.array(["bold" in word["fontname"].lower() for word in found], dtype=np.bool_),
        np.zeros(len(found), dtype=np.int8),
    )
