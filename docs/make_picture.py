"""Draw docs/page-and-lines.png, the picture of the README: `python docs/make_picture.py`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from lkjip.inspection import Inspection, inspect_page
from lkjip.picture import DOUBT, PROVEN, REPAIRED, draw, standing
from lkjip.records import Line, Slot
from lkjip.settings import Settings

DOCS = Path(__file__).parent
REPORT = DOCS.parent / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"
PAGE, ROWS, DPI = 15, 16, 110
SCALE = DPI / 72
WIDTH, HEAD, FOOT = 690, 58, 28
INK, GREY, PALE = (30, 30, 30), (120, 120, 120), (236, 240, 246)
RIGHTS = {"anggaran": 430, "realisasi": 560, "capaian": 650}
MARKS = (
    ("proven by a sum or percentage", PROVEN), ("repaired, and proven", REPAIRED),
    ("in doubt", DOUBT), ("as printed", GREY),
)  # fmt: skip


def main() -> None:
    inspection = inspect_page(REPORT, PAGE, Settings())
    lines = [line for table in inspection.tables for line in table.lines if line.page == PAGE]
    lines = lines[-ROWS:]
    left = _page(inspection, lines)
    right = _list(lines, left.height)
    picture = Image.new("RGB", (left.width + 20 + right.width, left.height), "white")
    picture.paste(left)
    picture.paste(right, (left.width + 20, 0))
    picture.quantize(64).save(DOCS / "page-and-lines.png", optimize=True)


def _page(inspection: Inspection, lines: list[Line]) -> Image.Image:
    """The head of the table and the rows of `lines`, as `lkjip inspect` draws them."""
    image = draw(REPORT, inspection, Settings(), DPI)
    box = inspection.tables[-1].table.box
    top = min(cell.box.y0 for cell in inspection.tables[-1].table.cells if cell.page == PAGE)
    x0, x1 = int(box.x0 * SCALE) - 4, int(box.x1 * SCALE) + 4
    first, last = int(lines[0].box.y0 * SCALE), int(lines[-1].box.y1 * SCALE) + 4
    part = Image.new("RGB", (x1 - x0, HEAD + last - first + FOOT), "white")
    part.paste(image.crop((x0, int(top * SCALE) - 16, x1, int(top * SCALE) - 16 + HEAD)))
    part.paste(image.crop((x0, first, x1, last)), (0, HEAD))
    return part


def _list(lines: list[Line], height: int) -> Image.Image:
    """Each line beside its row of the page."""
    image = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 16, WIDTH, HEAD - 4), fill=PALE)
    _write(pen, (8, 28), "lines.parquet", INK)
    for name, right in RIGHTS.items():
        _write(pen, (right, 28), name, INK, right=True)
    top = min(line.level or 0 for line in lines)
    for line in lines:
        y = HEAD + int((line.box.y0 - lines[0].box.y0) * SCALE) + 4
        _write(pen, (8 + 14 * ((line.level or 0) - top), y), line.name[:40], INK)
        for name, right in RIGHTS.items():
            _amount(pen, line, getattr(line, name), right, y)
    x = 8.0
    for name, colour in MARKS:
        pen.ellipse((x, height - 17, x + 8, height - 9), fill=colour)
        x = _write(pen, (x + 12, height - 20), name, colour) + 16
    return image


def _amount(pen: ImageDraw.ImageDraw, line: Line, slot: Slot | None, right: int, y: int) -> None:
    """A value with the mark of how sure it is."""
    amount = line.amount(slot)
    if slot is None or amount is None or not amount.raw.strip():
        return
    colour = standing(line, slot) or GREY
    text = "?" if amount.value is None else f"{amount.value:,f}".replace(",", ".")
    if slot.measure == "capaian" and amount.value is not None:
        text = f"{amount.value:.2f}".replace(".", ",")
    _write(pen, (right, y), text, DOUBT if colour == DOUBT else INK, right=True)
    pen.ellipse((right + 6, y + 4, right + 12, y + 10), fill=colour)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    colour: tuple[int, int, int],
    right: bool = False,
) -> float:
    font = ImageFont.load_default(13)
    pen.text(at, text, fill=colour, font=font, anchor="ra" if right else "la")
    return at[0] + pen.textlength(text, font=font)


if __name__ == "__main__":
    main()
