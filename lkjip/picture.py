"""A page as lkjip sees it: text, rulings, cells by role, and what is proven or doubted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from lkjip.extract.document import open_document
from lkjip.inspection import Inspection, doubted, turn_of
from lkjip.records import Box, Cell, Line, Page, ReadTable, Role, Slot, Source
from lkjip.settings import Settings

Colour = tuple[int, int, int]

ROLES: dict[str, Colour] = {
    Role.NO: (140, 140, 140),
    Role.CODE: (140, 140, 140),
    Role.NAME: (124, 77, 196),
    Role.ANGGARAN: (33, 113, 196),
    Role.REALISASI: (22, 138, 110),
    Role.CAPAIAN: (214, 128, 20),
    Role.FISIK: (168, 110, 40),
    Role.SISA: (90, 120, 150),
    Role.TARGET: (176, 66, 140),
    Role.INDIKATOR: (124, 77, 196),
}
UNKNOWN: Colour = (120, 120, 120)
TEXT: Colour = (170, 190, 225)
RULING: Colour = (225, 60, 60)
PROVEN: Colour = (20, 150, 60)
REPAIRED: Colour = (20, 90, 220)
DOUBT: Colour = (215, 0, 50)
LEGEND = (
    ("line of text", TEXT), ("ruling", RULING),
    ("proven", PROVEN), ("repaired", REPAIRED), ("in doubt", DOUBT),
)  # fmt: skip
BAND = 30  # pixels of the legend below the page


def draw(path: Path, inspection: Inspection, settings: Settings, dpi: int = 110) -> Image.Image:
    """The page with everything that was seen on it, and a legend below."""
    size = inspection.page.width * inspection.page.height
    scale = min(dpi / 72, math.sqrt(settings.max_pixels / max(size, 1)))
    page = _render(path, inspection.page, settings, scale)
    canvas = Image.new("RGB", (page.width, page.height + BAND), "white")
    canvas.paste(page)
    pen = ImageDraw.Draw(canvas, "RGBA")
    _draw_text(pen, inspection, scale)
    for table in inspection.tables:
        _draw_cells(pen, table, inspection.page.number, scale)
    for ruling in inspection.rulings:
        pen.rectangle(_pixels(ruling, scale), outline=(*RULING, 200))
    for table in inspection.tables:
        _draw_amounts(pen, table, inspection.page.number, scale)
    _draw_legend(pen, inspection, canvas.height - BAND)
    return canvas


def _render(path: Path, page: Page, settings: Settings, scale: float) -> Image.Image:
    """The page as displayed, turned as its boxes are measured (sideways tables stand upright)."""
    with open_document(path, settings) as (pdf, _):
        leaf = pdf[page.number - 1]
        image: Image.Image = leaf.render(scale=scale).to_pil().convert("RGB")
        leaf.close()
    turn = turn_of(page, image.width, image.height)
    return image.rotate(turn, expand=True) if turn else image


def _draw_text(pen: ImageDraw.ImageDraw, inspection: Inspection, scale: float) -> None:
    """Lines of running text, and of each cell."""
    number = inspection.page.number
    cells = [c for t in inspection.tables for c in t.table.cells if c.page == number]
    inside = [line.box for cell in cells for line in cell.lines]
    outside = [
        line.box
        for line in inspection.page.lines
        if not any(_holds(cell.box, line.box) for cell in cells)
    ]
    for box in (*outside, *inside):
        pen.rectangle(_pixels(box, scale), outline=(*TEXT, 255))


def _holds(cell: Box, line: Box) -> bool:
    """Whether the middle of a line's left end or of the whole line is in the cell."""
    y = (line.y0 + line.y1) / 2
    return cell.y0 <= y <= cell.y1 and any(
        cell.x0 <= x <= cell.x1 for x in (line.x0 + 1, (line.x0 + line.x1) / 2)
    )


def _draw_cells(pen: ImageDraw.ImageDraw, read: ReadTable, page: int, scale: float) -> None:
    """Cells in the colour of their role, which stands above the first of each column."""
    cells = [cell for cell in read.table.cells if cell.page == page]
    top = min((cell.box.y0 for cell in cells), default=0.0) * scale - 14
    named: set[int] = set()
    for cell in cells:
        column, role = _role_of(read, cell)
        colour = ROLES.get(role, UNKNOWN)
        pen.rectangle(_pixels(cell.box, scale), fill=(*colour, 28), outline=(*colour, 150))
        if column not in named and cell.column_span == 1:
            named.add(column)
            _label(pen, (cell.box.x0 * scale + 1, top), role, colour)


def _role_of(read: ReadTable, cell: Cell) -> tuple[int, str]:
    """The column that a cell begins in, and what it holds."""
    begun = [column for column in read.columns if column.index <= cell.column]
    return (begun[-1].index, begun[-1].role) if begun else (cell.column, Role.OTHER)


def _draw_amounts(pen: ImageDraw.ImageDraw, read: ReadTable, page: int, scale: float) -> None:
    for line in read.lines:
        for slot, amount in line.amounts.items():
            colour = standing(line, slot)
            if colour and amount.box is not None and (amount.page or line.page) == page:
                pen.rectangle(_pixels(amount.box, scale), outline=(*colour, 255), width=2)


def standing(line: Line, slot: Slot) -> Colour | None:
    """The colour of how sure an amount is; None for one that stands as printed, unproven."""
    if slot in doubted(line):
        return DOUBT
    if line.amounts[slot].source is Source.REPAIRED:
        return REPAIRED
    return PROVEN if slot in line.verified else None


def _draw_legend(pen: ImageDraw.ImageDraw, inspection: Inspection, top: int) -> None:
    x = 8.0
    for name, colour in [*LEGEND, *_roles_seen(inspection)]:
        pen.rectangle((x, top + 9, x + 12, top + 21), fill=(*colour, 255))
        x = _label(pen, (x + 16, top + 8), name, colour) + 12


def _roles_seen(inspection: Inspection) -> Iterator[tuple[str, Colour]]:
    seen = {column.role for table in inspection.tables for column in table.columns}
    return ((role, colour) for role, colour in ROLES.items() if role in seen)


def _label(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: Colour) -> float:
    """Writes `text` and returns its right edge."""
    font = ImageFont.load_default(11)
    pen.text(at, str(text), fill=(*colour, 255), font=font)
    return at[0] + pen.textlength(str(text), font=font)


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (side * scale for side in box)
    return x0, y0, max(x0, x1), max(y0, y1)
