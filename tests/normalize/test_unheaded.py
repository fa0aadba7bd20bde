"""What the cells tell where a header does not."""

from __future__ import annotations

from lkjip.normalize.tables import read_table
from lkjip.records import Box, Cell, Role, Table, TableKind, TextLine

BOX = Box(0, 0, 10, 10)


def table(*rows: tuple[str | tuple[str, int], ...]) -> Table:
    """A table of rows of texts; (text, n) is a cell merged over n rows, "^" lies under one."""
    cells = []
    for r, row in enumerate(rows):
        for c, entry in enumerate(row):
            text, span = entry if isinstance(entry, tuple) else (entry, 1)
            if text != "^":
                lines = (TextLine(text, BOX),) if text else ()
                cells.append(Cell(r, c, BOX, lines, row_span=span))
    return Table((1,), BOX, len(rows), len(rows[0]), tuple(cells), "scan-ruled")


LOST = (  # jabar-sda 2016, tabel 2.4: the header is black noise
    ("", "", ""),
    ("", "BELANJA LANGSUNG", "294.160.463.728"),
    ("1", "Program Pengembangan Jaringan Irigasi", "162.254.370.560"),
    ("2", "Program Pengendalian Banjir", "2.696.230.440"),
    ("3", "Program Pembinaan Jasa Konstruksi", "3.220.616.290"),
)


def test_large_amounts_beside_words_are_a_budget() -> None:
    read, _ = read_table(table(*LOST), 1)
    assert read.kind is TableKind.BUDGET
    assert [column.role for column in read.columns] == [Role.NO, Role.NAME, Role.ANGGARAN]
    assert len(read.lines) == 4


def test_small_numbers_beside_words_are_none() -> None:
    rows = [(no, name, "1.250") for no, name, _ in LOST[1:]]
    assert read_table(table(*rows), 1)[0].kind is TableKind.OTHER


def test_rows_are_named_by_indicators_where_sasaran_are_merged() -> None:
    """jabar-sda 2016, tabel 3.5; its last column is a share of the whole budget."""
    read, _ = read_table(
        table(
            ("NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "ANGGARAN", "% ANGGA- RAN"),
            (
                ("1", 2),
                ("Meningkatnya pengelolaan", 2),
                "Rekomendasi teknis",
                "6.383.235.800",
                "2,17",
            ),
            ("^", "^", "Intensitas tanam", "405.141.240", "0,14"),
            (
                ("2", 2),
                ("Meningkatnya partisipasi", 2),
                "Partisipasi warga",
                "15.605.995.130",
                "5,31",
            ),
            ("^", "^", "Pengelola yang ikut diklat", "1.046.965.040", "0,36"),
        ),
        1,
    )
    assert [line.name for line in read.lines][:2] == ["Rekomendasi teknis", "Intensitas tanam"]
    assert read.lines[0].capaian is None
