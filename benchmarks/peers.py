"""Other table finders, each as a function (path, pages) → (page, tables): for comparison only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lkjip.extract.engines import engine
from lkjip.extract.tables.grid import cluster
from lkjip.records import Box, Cell, Table, TextLine
from lkjip.settings import Settings

Found = Iterator[tuple[int, Sequence[Table]]]
Finder = Callable[[Path, Sequence[int]], Found]


def built_in(name: str, path: Path, pages: Sequence[int]) -> Found:
    yield from engine(name)(path, pages, Settings(ocr="never"))


def budgets(path: Path, pages: Sequence[int]) -> Found:
    """The tables that `lkjip run` reads; `built_in("pdfium")` finds tables of any kind."""
    from lkjip.extract.engines.pdfium import budget_tables

    yield from budget_tables(path, pages, Settings(ocr="never"))


def camelot_hybrid(path: Path, pages: Sequence[int]) -> Found:
    from camelot.io import read_pdf

    for number in pages:
        found = read_pdf(str(path), pages=str(number), flavor="hybrid", suppress_stdout=True)
        yield number, [_of_rows(table.data, number) for table in found]


def tablers(path: Path, pages: Sequence[int]) -> Found:
    import tablers as peer

    document = peer.Document(str(path))
    for number in pages:
        found = peer.find_tables(document.get_page(number - 1), extract_text=True)
        yield number, [_of_boxes(table.cells, number) for table in found]


PEERS: dict[str, Finder] = {
    "lkjip": budgets,
    "pdfplumber": partial(built_in, "pdfplumber"),
    "camelot lattice": partial(built_in, "camelot"),
    "camelot hybrid": camelot_hybrid,
    "tablers": tablers,
}


def _of_rows(rows: Sequence[Sequence[str]], page: int) -> Table:
    """A matrix of texts; boxes only tell rows and columns apart."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = Box(100.0 * c, 20.0 * r, 100.0 * (c + 1), 20.0 * (r + 1))
            lines = tuple(TextLine(part.strip(), box) for part in text.split("\n") if part.strip())
            cells.append(Cell(r, c, box, lines, 1, 1, page))
    width = len(rows[0]) if rows else 0
    outer = Box(0, 0, 100.0 * width, 20.0 * len(rows))
    return Table((page,), outer, len(rows), width, tuple(cells), "peer")


def _of_boxes(boxes: Sequence[Any], page: int) -> Table:
    """Cells with boxes and text, on the grid that their sides make."""
    import numpy as np

    sides = np.array([cell.bbox for cell in boxes], dtype=np.float64)
    xs, x = cluster(sides[:, [0, 2]].T.ravel())
    ys, y = cluster(sides[:, [1, 3]].T.ravel())
    count = len(boxes)
    cells = []
    for i, cell in enumerate(boxes):
        box = Box(*cell.bbox)
        parts = (cell.text or "").split("\n")
        lines = tuple(TextLine(part.strip(), box) for part in parts if part.strip())
        height, width = max(1, y[count + i] - y[i]), max(1, x[count + i] - x[i])
        cells.append(Cell(int(y[i]), int(x[i]), box, lines, int(height), int(width), page))
    outer = Box(float(xs[0]), float(ys[0]), float(xs[-1]), float(ys[-1]))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table((page,), outer, len(ys) - 1, len(xs) - 1, tuple(cells), "peer")
