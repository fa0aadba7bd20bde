"""The engines behind one protocol: same cells, and none imported unless chosen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from lkjip.errors import DocumentRejected, UsageError
from lkjip.extract import engines
from lkjip.extract.engines import find_tables, read_with
from lkjip.extract.engines.cells import lay_out
from lkjip.extract.engines.plumber import words_of
from lkjip.issues import IssueCode
from lkjip.records import Box, Page, PageKind, Table
from lkjip.settings import Settings

SAMPLES = Path(__file__).parents[2] / "fixtures" / "samples"
REPORT = SAMPLES / "lkjip2020-kalianget.pdf"

Grid = list[tuple[int, int, int, int, str]]


def grids(name: str, pages: list[int]) -> list[Grid]:
    found = find_tables(REPORT, pages, Settings(engine=name))  # type: ignore[arg-type]
    return [
        [(c.row, c.column, c.row_span, c.column_span, " ".join(c.text.split())) for c in t.cells]
        for t in found
    ]


def test_every_engine_sees_the_same_cells() -> None:
    """Kalianget 2020, page 6: a small table, and the first page of Tabel 3.1."""
    seen = grids("pdfplumber", [6])
    assert [len(grid) for grid in seen] == [4, 148]
    assert seen == grids("camelot", [6])


@pytest.mark.parametrize("name", ["pdfplumber", "camelot"])
def test_merged_cells_come_with_their_spans(name: str) -> None:
    assert (0, 1, 1, 2, "KEGIATAN") in grids(name, [6])[1]


def test_cells_are_laid_out_with_spans_and_lines() -> None:
    boxes = [Box(0, 0, 10, 20), Box(10, 0, 30, 10), Box(10.4, 10, 20, 20), Box(20, 10, 30, 20)]
    words = words_of([
        {"text": text, "x0": x0, "top": top, "x1": x0 + 4, "bottom": top + 4, "fontname": font}
        for text, x0, top, font in [
            ("right", 16, 3, "Arial-Bold"), ("Upper", 11, 2, "Arial-Bold"), ("one", 1, 2, "Arial"),
            ("two", 1, 6, "Arial"), ("outside", 40, 2, "Arial"),
        ]
    ])  # fmt: skip
    table = lay_out(boxes, words, 3)
    assert (table.rows, table.columns, table.box) == (2, 3, Box(0, 0, 30, 20))
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
    ]  # fmt: skip
    assert [[line.text for line in cell.lines] for cell in table.cells] == [
        ["one", "two"], ["Upper right"], [], [],
    ]  # fmt: skip
    assert table.cells[1].lines[0].bold


def page(number: int, kind: PageKind = PageKind.TYPED) -> Page:
    table = Table((number,), Box(0, 0, 1, 1), 1, 1, (), "built-in")
    return Page(number, 595, 842, kind, tables=(table,))


def test_the_chosen_engine_reads_typed_pages_only() -> None:
    pages = (page(6), page(7, PageKind.SCANNED))
    read, issues = read_with(REPORT, pages, Settings(engine="pdfplumber"))
    assert [table.method for table in read[0].tables] == ["ruled", "ruled"]
    assert read[1] == pages[1]
    assert issues == ()


def test_the_built_in_engine_leaves_the_pages_alone() -> None:
    assert read_with(REPORT, (page(6),), Settings()) == ((page(6),), ())


def test_an_engine_that_fails_costs_one_page(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    read, issues = read_with(tmp_path / "broken.pdf", (page(1),), Settings(engine="pdfplumber"))
    assert read[0].tables == ()
    assert [(issue.code, issue.page) for issue in issues] == [(IssueCode.PAGE_UNREADABLE, 1)]


def test_a_page_that_is_not_there_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="20 pages, no page 21"):
        list(find_tables(REPORT, [21], Settings(engine="pdfplumber")))


def test_engines_are_imported_when_chosen_only() -> None:
    code = (
        "import sys; from lkjip.extract.engines import engine; engine('pdfium');"
        "engine('pdfplumber'); engine('camelot');"
        "print(*{'pdfplumber', 'camelot', 'pandas', 'cv2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == ""


def test_a_page_that_fails_is_known_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def tables(path: Path, pages: Sequence[int], settings: Settings) -> Iterator[object]:
        for number in pages:
            if number == 7:
                raise ZeroDivisionError("no such glyph")
            yield number, ()

    monkeypatch.setattr(engines, "engine", lambda name: tables)
    pages = tuple(page(number) for number in (6, 7, 8))
    read, issues = read_with(REPORT, pages, Settings(engine="camelot"))
    assert [issue.page for issue in issues] == [7]
    assert "camelot fails on page 7: ZeroDivisionError" in issues[0].message
    assert [found.tables for found in read] == [(), (), ()]
    with pytest.raises(DocumentRejected, match="camelot fails on page 7"):
        list(find_tables(REPORT, [6, 7, 8], Settings(engine="camelot")))
