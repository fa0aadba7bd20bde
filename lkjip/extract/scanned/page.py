"""One scanned page: picture → upright → straight → rules → print → cells and lines.

Boxes are those of the straightened page: off the scan by as much as it lay askew,
which is what keeps columns and indents true.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from lkjip.extract.align import tidy, with_text_columns
from lkjip.extract.grid import Grid, find_grids
from lkjip.extract.scanned.cells import CellReader, in_lines, place_of
from lkjip.extract.scanned.image import Picture, page_picture
from lkjip.extract.scanned.ink import sheet_of
from lkjip.extract.scanned.lines import Piece, Run, joined, read_runs
from lkjip.extract.scanned.mend import mended
from lkjip.extract.scanned.ocr.base import Engine
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.extract.scanned.rulings import find_rulings
from lkjip.extract.scanned.straighten import straighten
from lkjip.extract.scanned.text import Print, find_print
from lkjip.extract.scanned.turn import is_sideways, is_upside_down
from lkjip.extract.split import split_rows
from lkjip.extract.typed.words import Words
from lkjip.records import Page, PageKind, Table
from lkjip.settings import Settings


def read_scanned_page(
    page: pdfium.PdfPage, number: int, settings: Settings, engine: Engine | None = None
) -> Page:
    """Text and tables of a page that is a picture.

    Boxes are points of the upright page; `Table.orientation` tells by how many
    degrees clockwise its text is turned on the page as displayed.
    """
    engine = engine or engine_named()
    picture = page_picture(page, settings)
    layout = _upright(picture, engine)
    runs = _read_all(layout, engine, picture.scale)
    reader = CellReader(engine, number, picture.scale)
    words = _words(runs, picture.scale)
    tables: list[Table] = []
    for found in layout.grids:
        grid = with_text_columns(mended(tidy(found, words), runs, picture.scale), words)
        inside = [run for run in runs if place_of(grid, run.piece, picture.scale) is not None]
        rows, columns = grid.owner.shape
        if len(inside) >= 2:
            cells = reader.cells(grid, inside)
            table = Table((number,), grid.box, rows, columns, cells, "scan-ruled", layout.turn)
            tables.append(split_rows(table))
            runs = [run for run in runs if run not in inside]
    lines = tuple(line for each in in_lines(runs) if (line := reader.words(each)).text)
    height, width = layout.print.grey.shape
    size = width * picture.scale, height * picture.scale
    return Page(number, *size, PageKind.SCANNED, lines, tuple(tables))


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """What stands where on the upright page; grids in points."""

    print: Print
    grids: list[Grid]
    turn: int


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
    sheet = sheet_of(straighten(grey), picture.dpi)
    rulings = find_rulings(sheet)
    grids = find_grids(rulings.boxes * picture.scale)
    return _Layout(find_print(sheet, rulings), grids, turn)


def _read_all(layout: _Layout, engine: Engine, scale: float) -> list[Run]:
    """Every run of the page read; no run leaves its ruled cell."""
    places: dict[tuple[int, int], list[Piece]] = {}
    for box in layout.print.boxes.tolist():
        piece: Piece = tuple(box)
        place = next(
            (
                (number, cell)
                for number, grid in enumerate(layout.grids)
                if (cell := place_of(grid, piece, scale)) is not None
            ),
            (-1, -1),
        )
        places.setdefault(place, []).append(piece)
    letter = layout.print.letter
    runs = [run for pieces in places.values() for run in joined(pieces, letter)]
    return read_runs(runs, layout.print, engine)


def _words(runs: list[Run], scale: float) -> Words:
    """The runs as words of a page, for what looks at print without asking how it was read."""
    boxes = np.array([run.piece for run in runs], np.float32).reshape(-1, 4) * scale
    count = len(runs)
    return Words(
        [run.reading.text for run in runs],
        boxes,
        np.zeros(count, np.bool_),
        np.zeros(count, np.int8),
        np.arange(count, dtype=np.int32),
        np.arange(count, dtype=np.int32),
    )
