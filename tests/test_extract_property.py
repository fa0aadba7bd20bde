"""A drawn table with any spans, wraps, rules, shading and rotation comes back cell for cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.grid import Grid, Look, Piece, Rules
from fixtures.paper import LANDSCAPE, PORTRAIT, Paper, Setting
from fixtures.tables import draw_table
from lkjip.extract.document import open_document
from lkjip.extract.pages import read_pages
from lkjip.records import Page
from lkjip.settings import Settings

WORDS = ("belanja", "jasa", "kantor", "Program", "dan", "rutin/berkala", "a)", "Tahun")
NUMBERS = ("1.250.000", "98,47", "(Rp)", "")  # one a cell: several would be several rows
FILLS = (None, (0.9, 0.9, 0.9), (0.8, 0.9, 1.0))

texts = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(NUMBERS)
).map(lambda parts: " ".join((*parts[0], parts[1])).strip())
looks = st.builds(
    Look,
    font=st.sampled_from(["Helvetica", "Times-Roman", "Vera"]),
    size=st.sampled_from([7.0, 8.0, 9.0, 10.0]),
    padding=st.sampled_from([2.0, 3.0, 5.0]),
    rules=st.builds(
        Rules,
        width=st.sampled_from([0.2, 0.5, 1.0]),
        gray=st.sampled_from([0.0, 0.5]),
        dash=st.sampled_from([(), (1.0, 1.0)]),
        joined=st.booleans(),
        filled=st.booleans(),
    ),
)
papers = st.one_of(
    st.sampled_from([0, 90, 180, 270]).map(lambda turn: replace(PORTRAIT, rotate=turn)),
    st.sampled_from([0, 90, 180, 270]).map(lambda turn: replace(LANDSCAPE, rotate=turn)),
    st.sampled_from([90, 270]).map(lambda turn: replace(PORTRAIT, turn=turn)),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A grid whose first row and column are unmerged, so that each of its lines shows."""
    rows, columns = draw(st.integers(3, 7)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    pieces = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            down, across = 1, 1
            if row and column:
                down = draw(st.integers(1, min(3, rows - row)))
                across = draw(st.integers(1, min(3, columns - column)))
            cells = {(row + i, column + j) for i in range(down) for j in range(across)}
            if cells & taken:
                down, across, cells = 1, 1, {(row, column)}
            taken |= cells
            pieces.append(
                Piece(
                    row,
                    column,
                    draw(texts),
                    down,
                    across,
                    align=draw(st.sampled_from(["left", "center", "right"])),
                    valign=draw(st.sampled_from(["top", "middle", "bottom"])),
                    fill=draw(st.sampled_from(FILLS)),
                )
            )
    widths = tuple(draw(st.integers(80, 98)) for _ in range(columns))
    return Grid(widths, rows, 0, tuple(pieces))


def _read(setting: Setting, grid: Grid, look: Look) -> Page:
    paper = Paper(setting)
    paper.text("Rincian anggaran menurut kegiatan tampak pada tabel berikut.")
    paper.skip(10)
    draw_table(paper, grid, look)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "grid.pdf"
        path.write_bytes(paper.finish())
        with open_document(path, Settings()) as (document, _):
            pages, issues = read_pages(document, Settings(ocr="never"))
    assert not issues
    return pages[0]


@settings(max_examples=60, deadline=None)
@given(papers, grids(), looks)
def test_a_ruled_table_comes_back_cell_for_cell(setting: Setting, grid: Grid, look: Look) -> None:
    page = _read(setting, grid, look)
    assert len(page.tables) == 1
    read = [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
        for cell in page.tables[0].cells
    ]
    drawn = [
        (piece.row, piece.column, piece.row_span, piece.column_span, piece.text)
        for piece in sorted(grid.pieces, key=lambda piece: (piece.row, piece.column))
    ]
    assert read == drawn
