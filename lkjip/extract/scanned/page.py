"""One scanned page: picture → upright → straight → rules → print → cells and lines.

Boxes are those of the straightened page, which keeps columns and indents true; the
page's view tells where they lie on the scan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from lkjip.extract.scanned.cells import CellReader, in_lines
from lkjip.extract.scanned.image import Picture, page_picture
from lkjip.extract.scanned.ink import sheet_of
from lkjip.extract.scanned.lines import Piece, Run, joined, read_runs
from lkjip.extract.scanned.mend import mended
from lkjip.extract.scanned.ocr.base import Engine
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.extract.scanned.rulings import find_rulings
from lkjip.extract.scanned.straighten import warped, way_back
from lkjip.extract.scanned.text import Print, find_print
from lkjip.extract.scanned.turn import is_sideways, is_upside_down
from lkjip.extract.tables.align import tidy, with_gaps, with_text_columns
from lkjip.extract.tables.borderless import find_borderless
from lkjip.extract.tables.fill import fill, seats
from lkjip.extract.tables.grid import Grid, find_grids
from lkjip.extract.tables.split import split_rows
from lkjip.extract.typed.geometry import Boxes
from lkjip.extract.typed.words import Words
from lkjip.records import Page, PageKind, Table, View
from lkjip.settings import Settings
from lkjip.view import Matrix, quarter_turn, resized, view_of

WORD = re.compile(r"\S+")
LOOSE = 0.15  # of the ink's height above and below it
FEWEST = 2  # words of print that make rules a table


def read_scanned_page(
    page: pdfium.PdfPage, number: int, settings: Settings, engine: Engine | None = None
) -> Page:
    """Text and tables of a page that is a picture.

    Boxes are points of the upright page; `Table.orientation` tells by how many
    degrees clockwise its text is turned on the page as displayed.
    """
    return read_picture(page_picture(page, settings), number, engine or engine_named())


def read_picture(picture: Picture, number: int, engine: Engine) -> Page:
    """Text and tables of the picture of a page."""
    layout = _upright(picture, engine)
    runs = _read_all(layout, engine, picture.scale)
    reader = CellReader(engine, layout.print, picture.scale)
    places = _tables(layout, runs, number, picture.scale)
    tables, free = [], runs
    for table in places:
        inside = [run for run in free if reader.is_inside(run, table.box)]
        taken = set(map(id, inside))
        free = [run for run in free if id(run) not in taken]
        tables.append(split_rows(replace(table, cells=reader.cells(table.cells, inside))))
    lines = reader.text(in_lines(free))
    height, width = layout.print.grey.shape
    size = width * picture.scale, height * picture.scale
    view = _view(layout, picture)
    return Page(number, *size, PageKind.SCANNED, lines, tuple(tables), view)


def _view(layout: _Layout, picture: Picture) -> View | None:
    """From points of the straight page to those of the page as displayed."""
    height, width = layout.print.grey.shape
    turn = quarter_turn(layout.turn // 90, width, height)
    back = resized(picture.shown, picture.left, picture.top) @ turn @ layout.back
    return view_of(back @ resized(1 / picture.scale))


def _tables(layout: _Layout, runs: list[Run], number: int, scale: float) -> list[Table]:
    """The page's tables, top to bottom: ruled ones, then aligned print beside them."""
    words = _words(runs, scale)
    free = np.ones(len(words), dtype=np.bool_)
    tables = []
    for found in layout.grids:
        whole = with_text_columns(mended(tidy(found, words), runs, scale), words)
        grid = with_gaps(whole, words)
        inside = seats(grid, words).inside
        if len(inside) >= FEWEST:
            rows, columns = grid.owner.shape
            cells = fill(grid, words, number)
            tables.append(Table((number,), grid.box, rows, columns, cells, "scan-ruled"))
            free[inside] = False
    for table in find_borderless(words, free, layout.rulings, number):
        tables.append(replace(table, method="scan-borderless"))
    tables.sort(key=lambda table: (table.box.y0, table.box.x0))
    return [replace(table, orientation=layout.turn) for table in tables]


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """What stands where on the upright page; rulings and grids in points."""

    print: Print
    rulings: Boxes
    grids: list[Grid]
    turn: int
    back: Matrix  # from pixels of the straight page to those of the upright one


def _upright(picture: Picture, engine: Engine) -> _Layout:
    """The layout of the page, turned until its text is upright."""
    turn = 270 if is_sideways(picture.grey) else 0
    layout = _layout(picture, turn)
    if is_upside_down(layout.print, engine):
        layout = _layout(picture, (turn + 180) % 360)
    return layout


def _layout(picture: Picture, turn: int) -> _Layout:
    """The layout of the page, whose text is taken to be turned clockwise by `turn` degrees."""
    grey = np.ascontiguousarray(np.rot90(picture.grey, turn // 90))
    back = way_back(grey)
    sheet = sheet_of(warped(grey, back), picture.dpi)
    rulings = find_rulings(sheet)
    boxes = rulings.boxes * np.float32(picture.scale)
    print_, grids = find_print(sheet, rulings), find_grids(boxes)
    return _Layout(print_, boxes, grids, turn, np.eye(3) if back is None else back)


def _read_all(layout: _Layout, engine: Engine, scale: float) -> list[Run]:
    """Every run of the page read; no run leaves its ruled cell."""
    places: dict[tuple[int, int], list[Piece]] = {}
    for box in layout.print.boxes.tolist():
        piece: Piece = tuple(box)
        cells = ((n, place_of(grid, piece, scale)) for n, grid in enumerate(layout.grids))
        place = next(((n, cell) for n, cell in cells if cell is not None), (-1, -1))
        places.setdefault(place, []).append(piece)
    letter = layout.print.letter
    runs = [run for pieces in places.values() for run in joined(pieces, letter)]
    return read_runs(runs, layout.print, engine)


def place_of(grid: Grid, piece: Piece, scale: float) -> int | None:
    """The cell (index of its span) that holds a piece's middle."""
    x, y = (piece[0] + piece[2]) / 2 * scale, (piece[1] + piece[3]) / 2 * scale
    box = grid.box
    if not (box.x0 < x < box.x1 and box.y0 < y < box.y1):
        return None
    row = int(np.searchsorted(grid.ys, y, side="right")) - 1
    column = int(np.searchsorted(grid.xs, x, side="right")) - 1
    return int(grid.owner[row, column])


def _words(runs: list[Run], scale: float) -> Words:
    """The words of the runs, for what looks at print without asking how it was read.

    A word's place in its run follows from its place in the text; its box is a little
    higher than the ink, as those of typed words are.
    """
    texts: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for run in runs:
        x0, y0, x1, y1 = run.piece
        text, loose = run.reading.text, LOOSE * (y1 - y0)
        for found in WORD.finditer(text):
            start, end = (x0 + (x1 - x0) * at / len(text) for at in found.span())
            texts.append(found.group())
            boxes.append((start, y0 - loose, end, y1 + loose))
    count = len(texts)
    return Words(
        texts,
        np.array(boxes, np.float32).reshape(-1, 4) * np.float32(scale),
        np.zeros(count, np.bool_),
        np.zeros(count, np.int8),
    )
