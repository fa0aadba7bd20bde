"""What a table is called: the lines right above it."""

from __future__ import annotations

import re
from dataclasses import replace

from lkjip.records import Page, Table, TextLine

NEAR = 3.0  # line heights between a title's last line and its table
FURTHEST = 5  # lines that a title may take
CAPTION = re.compile(r"(tabel|table|lampiran|daftar)\b", re.I)
IN_BRACKETS = re.compile(r"[(\[].{2,60}[)\]]")  # "(dalam ribuan rupiah)"
UNIT = re.compile(  # bare, under a title
    r".{0,12}dalam\s+(ribu|juta|mil[iy]|rp|rupiah)\w*.{0,12}|satuan\s*[:=]?\s*\w+\.?( \w+)?", re.I
)


def with_titles(page: Page) -> Page:
    """The page with every table named by the lines above it, up to the table before."""
    if not page.tables:
        return page
    tables: list[Table] = []
    for table in page.tables:
        floor = tables[-1].box.y1 - 2 if tables else 0.0
        title = table.title or _title(page.lines, floor, table)
        tables.append(replace(table, title=title))
    return replace(page, tables=tuple(tables))


def _title(lines: tuple[TextLine, ...], floor: float, table: Table) -> str | None:
    """From a caption ("Tabel 3.1 …") down; else the bold, capital or bracketed lines."""
    above: list[TextLine] = []
    edge = table.box.y0
    for line in sorted(lines, key=lambda line: line.box.y0, reverse=True):
        height = line.box.y1 - line.box.y0
        if line.box.y1 > table.box.y0 + 3 or line.box.y0 < floor:
            continue
        if edge - line.box.y1 > NEAR * height or len(above) == FURTHEST:
            break
        above.append(line)
        edge = line.box.y0
        if CAPTION.match(line.text):
            return _joined(above)
    named: list[TextLine] = []
    for line in above:
        text = line.text.strip()
        is_note = IN_BRACKETS.fullmatch(text) or UNIT.fullmatch(text)
        if not (line.bold or text.isupper() or is_note):
            break
        named.append(line)
    return _joined(named) or None


def _joined(upwards: list[TextLine]) -> str:
    return re.sub(r"\s+", " ", " ".join(line.text for line in reversed(upwards))).strip()
