"""Running headers and footers: lines that come back at the edge of page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from lkjip.records import Page, PageKind, TextLine

EDGE = 0.13  # share of the page height that a header or footer keeps to; the corpus stays below 0.1
FEWEST = 3  # pages that must repeat a line, in a document that has as many
ALIKE = 65  # likeness of one footer read twice; the scan of psda 2016 has 68 to 90
LONG = 20  # letters; shorter lines are alike by chance
_PAGE_NUMBER = re.compile(
    r"(?:hal(?:aman)?\.?|page|bab)?[\s|\-–]*(?:[ivxlc]+|\d{1,4})(?:\s*[.\-–/|]\s*\d{1,4})*[\s|\-–]*",
    re.IGNORECASE,
)


def signature(text: str) -> str:
    """A line without what changes from page to page: digits, case, spaces, roman numerals."""
    text = re.sub(r"\b[ivxlc]+\b", "", text.casefold())
    return re.sub(r"[\W\d_]+", "", text)


def at_edge(line: TextLine, page: Page) -> bool:
    return line.box.y1 <= EDGE * page.height or line.box.y0 >= (1 - EDGE) * page.height


def running_signatures(pages: Sequence[Page]) -> dict[str, int]:
    """Signatures of the lines that repeat at the edges, with the number of pages that bear them."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if at_edge(line, page):
                bearers[signature(line.text)].add(page.number)
    fewest = min(FEWEST, max(2, len(pages)))
    running = {key: len(found) for key, found in bearers.items() if key and len(found) >= fewest}
    if any(page.kind is PageKind.SCANNED for page in pages):
        running |= _alike(bearers, fewest)
    return running


def _alike(bearers: Mapping[str, set[int]], fewest: int) -> dict[str, int]:
    """Lines that OCR read a little differently on each page ("LKIP Dinas", "1KIP Dnas")."""
    keys = [key for key in bearers if len(key) >= LONG]
    alike = {}
    for key in keys:
        near = [other for other in keys if fuzz.ratio(key, other) >= ALIKE]
        pages = set[int]().union(*(bearers[other] for other in near))
        if len(pages) >= fewest:
            alike[key] = len(pages)
    return alike


def body_lines(page: Page, running: dict[str, int]) -> list[TextLine]:
    """The lines of a page without its running headers, footers and page number."""
    return [line for line in page.lines if not _is_running(line, page, running)]


def _is_running(line: TextLine, page: Page, running: dict[str, int]) -> bool:
    if not at_edge(line, page):
        return False
    return signature(line.text) in running or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))
