"""Tables that are pasted as pictures into a typed page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium

from lkjip.errors import LkjipError
from lkjip.extract.pictures import bounds_of, covered_share, images_of
from lkjip.extract.scanned.image import Picture, grey_of, page_picture
from lkjip.extract.scanned.morphology import Mask, grown, opened, parts
from lkjip.extract.scanned.ocr.base import Engine, Grey
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.extract.scanned.page import read_picture
from lkjip.extract.typed.geometry import frame_of
from lkjip.records import Box, Cell, Page, Table, View
from lkjip.settings import Settings
from lkjip.view import through

LEAST = 0.05  # share of the page of a picture that may hold a table
LOOK = 1000  # pixels of the longer side that rules are looked for on
LONG = 0.25  # of the picture's side: shorter lines are strokes
THICK = 7  # pixels of what is no rule
CROSSINGS = 12  # of rules, in a table of three rows and two columns
FEWEST = 3  # rows, columns of a table
TYPED = 3  # typed lines within a picture of rules: then its texts are typed


def pasted_tables(
    sheet: pdfium.PdfPage, page: Page, settings: Settings, engine: Engine | None = None
) -> tuple[Table, ...]:
    """The ruled tables in pictures of a typed page, their cells where they are displayed."""
    if page.view is not None:  # pictures of pages with turned text are left alone
        return ()
    places = [box for box in _places(sheet) if not _is_typed_over(box, page)]
    if not places:
        return ()
    picture = _alone(page_picture(sheet, settings), places)
    read = read_picture(picture, page.number, engine or engine_named())
    found = (_displayed(table, read.view) for table in read.tables if _is_whole(table))
    return tuple(table for table in found if not _is_typed_over(table.box, page))


def _places(sheet: pdfium.PdfPage) -> Iterator[Box]:
    """Where pictures that show a grid of rules are displayed."""
    frame = frame_of(sheet.raw)
    for image in images_of(sheet):
        if covered_share(sheet, [image]) >= LEAST and _shows_rules(image):
            sides = (np.array([side], np.float32) for side in bounds_of(image))
            left, bottom, right, top = sides
            yield Box(*frame.display(left, bottom, right, top)[0].tolist())


def _shows_rules(image: pdfium.PdfImage) -> bool:
    try:
        grey = grey_of(image.get_bitmap())
    except (pdfium.PdfiumError, LkjipError):
        return False
    scale = min(1.0, LOOK / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if min(small.shape) < 40:
        return False
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 15)
    ink = np.asarray(ink, np.uint8) & (1 - opened(np.asarray(ink, np.uint8), THICK, THICK))
    crossings = _lines(ink) & _lines(np.ascontiguousarray(ink.T)).T
    return len(parts(crossings).area) - 1 >= CROSSINGS


def _lines(ink: Mask) -> Mask:
    """The long level lines; those askew by a pixel or two are seen."""
    length = max(20, round(LONG * ink.shape[1]))
    return grown(opened(grown(ink, 1, 3), length, 1), 3, 1)


def _is_typed_over(box: Box, page: Page) -> bool:
    middles = [((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) for b in (line.box for line in page.lines)]
    return sum(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in middles) >= TYPED


def _alone(picture: Picture, places: list[Box]) -> Picture:
    """The picture of the page, white but for some places."""
    alone: Grey = np.full_like(picture.grey, 255)
    for x0, y0, x1, y1 in places:
        part = np.s_[
            max(0, round(y0 / picture.shown)) : round(y1 / picture.shown),
            max(0, round(x0 / picture.shown)) : round(x1 / picture.shown),
        ]
        alone[part] = picture.grey[part]
    return replace(picture, grey=alone)


def _is_whole(table: Table) -> bool:
    return table.method == "scan-ruled" and min(table.rows, table.columns) >= FEWEST


def _displayed(table: Table, view: View | None) -> Table:
    cells = tuple(_displayed_cell(cell, view) for cell in table.cells)
    return replace(table, box=through(view, table.box), cells=cells)


def _displayed_cell(cell: Cell, view: View | None) -> Cell:
    lines = tuple(replace(line, box=through(view, line.box)) for line in cell.lines)
    return replace(cell, box=through(view, cell.box), lines=lines)
