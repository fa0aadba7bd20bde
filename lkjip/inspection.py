"""How one page was read: gathered, explained in words, and drawn (see `picture`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from lkjip.errors import LkjipError, UsageError
from lkjip.extract.document import open_document
from lkjip.extract.engines import read_with
from lkjip.extract.leaf import Leaf
from lkjip.extract.pages import PageRead, read_pages
from lkjip.extract.stitch import stitch
from lkjip.extract.typed.geometry import frame_of
from lkjip.extract.typed.paths import read_paths
from lkjip.issues import Issue
from lkjip.normalize.confirm import confirm
from lkjip.normalize.ledger import prove_all
from lkjip.normalize.tables import read_tables
from lkjip.records import Amount, Box, Line, Page, PageKind, ReadTable, Slot, Table, TableKind
from lkjip.settings import Settings

PAGES_BACK = 30  # how far a table is followed to the page that has its header


@dataclass(frozen=True, slots=True)
class Inspection:
    """A page, its rulings, and the logical tables that have a part on it."""

    page: Page
    rulings: tuple[Box, ...]
    tables: tuple[ReadTable, ...]
    issues: tuple[Issue, ...]


def inspect_page(path: Path, number: int, settings: Settings) -> Inspection:
    """Read page `number` (from 1), and pages before it for as long as a table may go on.

    Raises `DocumentRejected` or `LimitExceeded` for the document, `UsageError`
    for a page that it does not have, and `LkjipError` for one that cannot be read.
    """
    with open_document(path, settings) as (pdf, _):
        if not 1 <= number <= len(pdf):
            raise UsageError(f"{path.name} has {len(pdf)} pages, no page {number}")
        pages = [_read(path, pdf, number, settings)]
        while pages[0].tables and 1 < pages[0].number > number - PAGES_BACK:
            pages.insert(0, _read(path, pdf, pages[0].number - 1, settings))
        rulings = _rulings(pdf, pages[-1]) if pages[-1].kind is PageKind.TYPED else ()
    tables, issues = _understand(pages)
    return Inspection(
        pages[-1],
        rulings,
        tuple(table for table in tables if number in table.table.pages),
        tuple(issue for issue in issues if issue.page == number),
    )


def explain(inspection: Inspection) -> Iterator[str]:
    """What was seen on the page, and why each table was or was not taken for a budget table."""
    page = inspection.page
    yield (
        f"page {page.number}: {page.kind}, {page.width:.0f} × {page.height:.0f} points, "
        f"{len(page.lines)} lines of text, {len(inspection.rulings)} rulings, "
        f"{len(inspection.tables)} tables"
    )
    if not inspection.tables:
        yield f"  no table: {_why_none(inspection)}"
    for table in inspection.tables:
        yield from _explain_table(table)
    for issue in inspection.issues:
        row = f"table {issue.table}, row {issue.row}, " if issue.row else ""
        yield f"  {issue.severity} {issue.code}: {row}{issue.message}"


def doubted(line: Line) -> dict[Slot, Amount]:
    """The amounts of a line that have candidates and no value."""
    return {s: a for s, a in line.amounts.items() if a.value is None and a.candidates}


def _read(path: Path, pdf: pdfium.PdfDocument, number: int, settings: Settings) -> Page:
    def keep(page: int, read: Callable[[], PageRead], total: int) -> PageRead:
        return read() if page == number else PageRead(None)

    pages, issues = read_pages(pdf, settings, keep)
    if not pages:
        raise LkjipError(issues[0].message)
    return read_with(path, pages, settings)[0][0]


def turn_of(page: Page, width: float, height: float) -> int:
    """Degrees that the page was turned to be read, against how it is displayed."""
    turned = next((table.orientation for table in page.tables), 0)
    return turned if (page.width > page.height) != (width > height) else 0


def _rulings(pdf: pdfium.PdfDocument, page: Page) -> tuple[Box, ...]:
    with Leaf(pdf[page.number - 1]) as leaf:
        frame = frame_of(leaf.page.raw)
        frame = frame.turned(-turn_of(page, *frame.size) // 90)
        return tuple(Box(*box) for box in read_paths(leaf, frame).rulings.tolist())


def _understand(pages: list[Page]) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    reads = read_tables(stitch(pages))
    tables, unproven = confirm(*prove_all(tuple(table for table, _ in reads)))
    return tables, (*(issue for _, issues in reads for issue in issues), *unproven)


def _why_none(inspection: Inspection) -> str:
    if inspection.page.kind is PageKind.SCANNED:
        return "neither rulings nor aligned text were found in the image of the page"
    if not inspection.page.lines:
        return "the page has no text"
    across = sum(box.x1 - box.x0 >= box.y1 - box.y0 for box in inspection.rulings)
    down = len(inspection.rulings) - across
    return (
        f"{across} rulings across and {down} down enclose no cells with text, "
        "and the text stands in no columns"
    )


def _explain_table(read: ReadTable) -> Iterator[str]:
    table = read.table
    size = f"{table.rows} × {table.columns}"
    yield f"table {read.number}: {read.kind}, {table.method}, {size}, {_pages(table)}"
    if table.title:
        yield f"  title: {table.title}"
    for column in read.columns:
        period = "" if column.period == "tahun" else f" ({column.period})"
        yield f"  column {column.index}: {' > '.join(column.header) or '-'} → {column.role}{period}"
    if read.unit != 1:
        yield f"  amounts are multiplied by {read.unit}"
    if read.kind is TableKind.OTHER:
        yield "  neither budget nor performance: no columns for a name with anggaran or realisasi"
    if read.lines:
        yield f"  {_count(read)}"


def _pages(table: Table) -> str:
    first, last = min(table.pages), max(table.pages)
    return f"page {first}" if first == last else f"pages {first} to {last}"


def _count(read: ReadTable) -> str:
    kinds = Counter(line.kind for line in read.lines)
    amounts = sum(len(line.amounts) for line in read.lines)
    proven = sum(len(line.verified) for line in read.lines)
    doubts = sum(len(doubted(line)) for line in read.lines)
    lines = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return (
        f"{len(read.lines)} lines ({lines}); {amounts} amounts, {proven} proven, {doubts} in doubt"
    )
