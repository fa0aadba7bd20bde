"""The running text of a report as paragraphs, with the page of every character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lkjip.normalize.running import body_lines, running_signatures
from lkjip.records import NOWHERE, Box, Cell, Page, Table, TextLine

LIST_MARK = re.compile(
    r"\s*(?:[-–—•·▪●○◦♦✓✔➢*]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,4})[.)](?!\d))\s+(?=[^\s\d])"
)
_DECIMAL_MARK = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z])")
_UNFINISHED = re.compile(
    r"(?:\b(?:sebesar|senilai|sejumlah|dan|untuk|dengan|yang|di|ke|dari|pada|oleh|serta|atau|dalam"
    r"|adalah|yaitu|Rp\.?)|,)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:Rp\b|[\d(])")
_SENTENCE_END = re.compile(r"[.:;!?]\s*$")
JUSTIFIED = 0.4  # share of lines that end at the right edge where the text is justified
SHORT_LINE = 0.8  # share of the text width that a ragged line in mid-paragraph fills
WIDE_GAP = 1.7  # line pitches; the corpus sets paragraphs apart by 1.8 pitches and more


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `starts` are the offsets in `text` where its printed lines begin.

    Of a scanned page `again` is the text as it was read a second time (None of typed
    pages), and `sure` the confidence of each printed line.
    """

    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]  # the page of each printed line
    mark: str  # its list mark ("a)", "3."), which `text` no longer holds
    again: str | None = None
    sure: tuple[float, ...] = ()

    def lines(self) -> list[TextLine]:
        """Its printed lines, with their confidence where it was scanned; nowhere."""
        ends = (*self.starts[1:], len(self.text))
        sure = self.sure if self.again is not None else (1.0,) * len(ends)
        return [
            TextLine(self.text[start:end], NOWHERE, confidence=confidence)
            for start, end, confidence in zip(self.starts, ends, sure, strict=True)
        ]

    def page_at(self, offset: int) -> int:
        return self.pages[self._line_at(offset)]

    def confidence_of(self, start: int, end: int) -> float:
        """Of the least sure printed line of text[start:end]."""
        return min(self.sure[self._line_at(start) : self._line_at(max(start, end - 1)) + 1])

    def _line_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)


def paragraphs(pages: Sequence[Page], tables: Sequence[Table] = ()) -> tuple[Paragraph, ...]:
    """Paragraphs in reading order, over page breaks, without headers, footers and `tables`."""
    running = running_signatures(pages)
    inside = table_boxes(tables)
    blocks: list[list[tuple[int, TextLine]]] = []
    table_above = False  # since the last line of text
    for page in pages:
        lines: list[TextLine] = []
        below_table: set[int] = set()  # places in `lines`
        for line in body_lines(page, running):
            if any(holds(box, line.box) for box in inside.get(page.number, [])):
                table_above = True
            elif re.search(r"\w", line.text):
                if table_above:
                    below_table.add(len(lines))
                table_above = False
                lines.append(line)
        _add_page(blocks, page.number, lines, below_table)
    return tuple(_paragraph(block) for block in blocks)


def paragraphs_of_cell(cell: Cell) -> tuple[Paragraph, ...]:
    """The paragraphs of a cell that holds text."""
    blocks: list[list[tuple[int, TextLine]]] = []
    _add_page(blocks, cell.page, list(cell.lines), {0})
    return tuple(_paragraph(block) for block in blocks)


def table_boxes(tables: Sequence[Table]) -> dict[int, list[Box]]:
    """Where tables lie on each page."""
    boxes: dict[int, list[Box]] = {}
    for table in tables:
        cells: dict[int, list[Box]] = defaultdict(list)
        for cell in table.cells:
            cells[cell.page].append(cell.box)
        for page in sorted(cells):
            boxes.setdefault(page, []).append(_around(cells[page]))
    return boxes


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def holds(box: Box, line: Box) -> bool:
    """Whether the middle of a line lies in a box."""
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _add_page(
    blocks: list[list[tuple[int, TextLine]]],
    number: int,
    lines: list[TextLine],
    below_table: set[int],
) -> None:
    short, pitch = _text_edge(lines), _pitch(lines)
    for index, line in enumerate(lines):
        before = blocks[-1][-1][1] if blocks else None
        if before is None or is_list_item(line.text):
            opens = True
        elif _goes_on(before, line):
            opens = False
        elif index in below_table:
            opens = True
        elif index == 0:
            opens = bool(_SENTENCE_END.search(before.text)) and line.text[:1].isupper()
        else:
            opens = _opens(before, line, short, pitch)
        if opens:
            blocks.append([(number, line)])
        else:
            blocks[-1].append((number, line))


def _goes_on(before: TextLine, line: TextLine) -> bool:
    """Whether the words themselves show that a sentence runs from one printed line to the next."""
    if _UNFINISHED.search(before.text):
        return True
    return not _SENTENCE_END.search(before.text) and bool(_GOES_ON.match(line.text))


def _opens(before: TextLine, line: TextLine, short: float, pitch: float) -> bool:
    """Whether a printed line opens a paragraph, judged by where the line before it ends."""
    if line.box.y0 - before.box.y0 > WIDE_GAP * pitch or line.box.y0 < before.box.y0 - pitch:
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    is_short = before.box.x1 < short
    return is_short and (ended or line.text[:1].isupper() or before.bold != line.bold)


def is_list_item(text: str) -> bool:
    return bool(LIST_MARK.match(text) or _DECIMAL_MARK.match(text))


def _text_edge(lines: Sequence[TextLine]) -> float:
    """A line that ends left of this may end a paragraph (in justified text: short at all)."""
    edges = sorted(line.box.x1 for line in lines)
    if not edges:
        return 0.0
    right = edges[int(len(edges) * 0.8)]
    left = min(line.box.x0 for line in lines)
    at_right = sum(abs(edge - right) <= 2 for edge in edges)
    if at_right >= JUSTIFIED * len(edges):
        return right - 6
    return left + (right - left) * SHORT_LINE


def _pitch(lines: Sequence[TextLine]) -> float:
    steps = sorted(
        below.box.y0 - above.box.y0
        for above, below in pairwise(lines)
        if below.box.y0 > above.box.y1 - 2
    )
    return max(steps[len(steps) // 4], 8.0) if steps else 20.0


def _paragraph(block: list[tuple[int, TextLine]]) -> Paragraph:
    mark = _mark_of(block[0][1].text)
    text, starts = _joined([line.text for _, line in block])
    sure = tuple(line.confidence for _, line in block)
    again = None
    if any(line.readings or line.confidence < 1 for _, line in block):
        again, _ = _joined([(line.readings or (line.text,))[0] for _, line in block])
    pages = tuple(page for page, _ in block)
    return Paragraph(text, starts, pages, mark.group().strip() if mark else "", again, sure)


def _mark_of(text: str) -> re.Match[str] | None:
    first = " ".join(text.split())
    return LIST_MARK.match(first) or _DECIMAL_MARK.match(first)


def _joined(lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The lines as one text without its list mark, and where each begins."""
    mark = _mark_of(lines[0])
    text, starts = "", list[int]()
    for number, line in enumerate(lines):
        printed = " ".join(line.split())
        if number == 0 and mark:
            printed = printed[mark.end() :]
        if text:
            text += " "
        starts.append(len(text))
        text += printed
    return text, tuple(starts)
