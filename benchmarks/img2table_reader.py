"""img2table's tables of some PDFs as JSON, run by the Python of an environment of its own.

It needs another build of OpenCV than lkjip, so the two do not share one.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def read(path: str) -> list[list[dict[str, Any]]]:
    """Each table as cells; a text that covers several places is one cell with spans."""
    from img2table.document import PDF

    found = PDF(path, pdf_text_extraction=True).extract_tables(
        borderless_tables=True, implicit_rows=True, implicit_columns=True
    )
    return [_cells(table.content) for page in found.values() for table in page]


def _cells(content: dict[int, list[Any]]) -> list[dict[str, Any]]:
    places: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for row, cells in content.items():
        for column, cell in enumerate(cells):
            box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2, cell.value)
            places.setdefault(box, []).append((row, column))
    return [
        {
            "row": min(r for r, _ in held),
            "column": min(c for _, c in held),
            "row_span": len({r for r, _ in held}),
            "column_span": len({c for _, c in held}),
            "text": box[-1] or "",
        }
        for box, held in places.items()
    ]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(read(name)))
