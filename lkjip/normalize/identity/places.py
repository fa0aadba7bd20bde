"""Where a report says who it is of: cover, running lines, labels, titles, signature, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lkjip.normalize.mentions.prose import holds, paragraphs, table_boxes
from lkjip.normalize.running import at_edge, running_signatures, signature
from lkjip.normalize.trust import SURE
from lkjip.records import Box, Page, Table, TextLine

COVER_LINES = 30  # a cover holds no more lines than this; a page of prose starts at about 25
COVER_PAGES = 2
TITLE_TOP = 0.3  # share of the first page in which a report without cover has its title
TITLE_LINES = 4  # where no line of the top is bold
HEADER_ROWS = 3
READABLE = 0.9  # confidence of a scanned line of words; below it a third have a wrong letter
_LABEL = re.compile(
    r"\b(?:SKPD|OPD|PD|Unit\s*Kerja|Unit\s*Organisasi|Organisasi|Perangkat\s*Daerah|Instansi|"
    r"Nama\s*(?:SKPD|OPD|Instansi|Perangkat\s*Daerah|Unit\s*Kerja)|Satuan\s*Kerja[\w\s]{0,20}?)\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\s*Tabel\s*[\dIVX]", re.IGNORECASE)
_SIGNATORY = re.compile(r"^\W*(?:KEPALA|CAMAT|INSPEKTUR|DIREKTUR|LURAH|SEKRETARIS|Plt|Plh)\b", re.I)


class Place(StrEnum):
    """A kind of place, most telling first."""

    COVER = "cover"
    LABEL = "label"
    RUNNING = "header or footer"
    SIGNATURE = "signature"
    TITLE = "title"
    PROSE = "text"
    CELL = "table"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that may name office, region, year or kind.

    `faint` and `blurred` are those of its lines whose digits and whose letters a scan
    leaves in doubt.
    """

    place: Place
    page: int
    text: str
    faint: str = ""
    blurred: str = ""


def passages(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Every passage of a report. Table cells speak one by one: their lines mix columns."""
    running = running_signatures(pages)
    tables = [table for page in pages for table in page.tables if _is_table(table)]
    boxes = table_boxes(tables)
    found: list[Passage] = []
    for page in pages:
        found += _of_page(page, running, boxes.get(page.number, []), page is pages[0])
    for paragraph in paragraphs(pages, tables):
        found.append(_passage(Place.PROSE, paragraph.pages[0], paragraph.lines(), paragraph.text))
    for table in tables:
        found += _of_table(table, is_first=table is tables[0])
    return tuple(found)


def _is_table(table: Table) -> bool:
    """A frame around a text is no table."""
    return table.rows > 1 and table.columns > 1


def _of_table(table: Table, is_first: bool) -> Iterator[Passage]:
    first = table.pages[0]
    if table.title:
        is_scan = any(line.confidence < 1 for cell in table.cells for line in cell.lines)
        doubt = table.title if is_scan else ""  # where its lines are told apart, they vote, too
        yield Passage(Place.TITLE, first, table.title, doubt, doubt)
    for cell in table.cells:
        is_header = is_first and first == 1 and cell.row < HEADER_ROWS
        if cell.lines:
            place = Place.TITLE if is_header else Place.CELL
            yield _passage(place, cell.page, cell.lines, cell.text)


def _of_page(
    page: Page, running: dict[str, int], boxes: Sequence[Box], is_first: bool
) -> Iterator[Passage]:
    body = []
    for line in page.lines:
        if at_edge(line, page) and signature(line.text) in running:
            yield _passage(Place.RUNNING, page.number, [line])
        elif not any(holds(box, line.box) for box in boxes):
            body.append(line)
    yield from _front(page, body, is_first and not boxes, is_first)
    for index, line in enumerate(body):
        label = _LABEL.search(line.text)
        if label:
            yield _passage(Place.LABEL, page.number, [line], label["value"])
        if _CAPTION.match(line.text):
            yield _passage(Place.TITLE, page.number, body[index : index + 3])
        elif _SIGNATORY.match(line.text) and len(line.text) < 60:
            yield _passage(Place.SIGNATURE, page.number, body[index : index + 3])


def _front(
    page: Page, body: list[TextLine], may_be_cover: bool, is_first: bool
) -> Iterator[Passage]:
    """The cover, or the title that stands above the text of the first page."""
    is_front = page.number <= COVER_PAGES and len(body) <= COVER_LINES
    if is_front and may_be_cover and not _is_prose(body):
        yield _passage(Place.COVER, page.number, body)
    elif is_first:
        top = [line for line in body if line.box.y1 < TITLE_TOP * page.height]
        title = [line for line in top if line.bold] or top[:TITLE_LINES]
        yield _passage(Place.TITLE, page.number, title)


def _is_prose(body: Sequence[TextLine]) -> bool:
    """Whether most lines are long and lower-case: a text, not a cover."""
    long = sum(len(line.text) > 55 and not line.text.isupper() for line in body)
    return long > len(body) / 3


def _passage(
    place: Place, page: int, lines: Sequence[TextLine], text: str | None = None
) -> Passage:
    """The lines as one passage; `text` is what of them, or how, it reads."""
    faint = [line.text for line in lines if line.confidence < SURE]
    blurred = [line.text for line in lines if line.confidence < READABLE]
    text = "\n".join(line.text for line in lines) if text is None else text
    return Passage(place, page, text, "\n".join(faint), "\n".join(blurred))


def close_spacing(text: str) -> str:
    """Letter-spaced print closed up: "T A H U N 2 0 1 6" → "TAHUN2016".

    Only runs of four single characters or more are closed.
    """
    return re.sub(r"(?<!\S)(?:\S\s){3,}\S(?!\S)", lambda run: re.sub(r"\s", "", run.group()), text)
