"""Tables as they were seen in print → lines."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.normalize.tables import read_table
from lkjip.records import Box, Cell, Line, LineKind, Table, TextLine

Rows = Sequence[Sequence[str]]


def _table(rows: Rows, method: str = "ruled") -> Table:
    """A table of texts; `^` goes on from the cell above, `<` from the one at the left."""
    height, width = len(rows), len(rows[0])
    cells = []
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down = 1 + next(
                (k for k in range(height - i - 1) if rows[i + k + 1][j] != "^"), height - i - 1
            )
            across = 1 + next(
                (k for k in range(width - j - 1) if row[j + k + 1] != "<"), width - j - 1
            )
            box = Box(100.0 * j, 20.0 * i, 100.0 * (j + across), 20.0 * (i + down))
            lines = (TextLine(text, Box(box.x0 + 2, box.y0 + 5, box.x1 - 2, box.y0 + 15)),)
            cells.append(Cell(i, j, box, lines if text else (), down, across))
    box = Box(0, 0, 100.0 * width, 20.0 * height)
    return Table((1,), box, height, width, tuple(cells), method)


def _lines(rows: Rows) -> tuple[Line, ...]:
    return read_table(_table(rows), 1)[0].lines


def test_a_heading_that_reaches_over_the_rows_is_no_text_of_theirs() -> None:
    lines = _lines(  # bplhd 2016, page 41
        [
            ["NO", "PROGRAM / KEGIATAN", "ANGGARAN (Rp.)"],
            ["^", "Pengelolaan B3 dan Limbah B3", "245.000.000"],
            ["^", "Pengembangan Generasi Lingkungan", "1.079.033.400"],
            ["", "Penyusunan Buku Status Lingkungan", "284.650.000"],
        ]
    )
    assert [line.no for line in lines] == [None, None, None]


def test_a_name_left_out_where_it_is_printed_twice_is_taken_from_the_other_column() -> None:
    lines = _lines(  # renja bina marga, page 3, number 23
        [
            ["No", "Program/Kegiatan", "Pagu (Rp)", "Program/Kegiatan", "Pagu Perubahan (Rp)"],
            ["22", "Penanganan Kerusakan", "5.000.000", "Penanganan Kerusakan", "8.000.000"],
            ["23", "Verifikasi Bantuan", "275.000.000", "", "275.000.000"],
            ["24", "Pengadaan Alat", "10.000.000", "Pengadaan Peralatan", "5.000.000"],
        ]
    )
    assert [line.name for line in lines] == [
        "Penanganan Kerusakan",
        "Verifikasi Bantuan",
        "Pengadaan Peralatan",
    ]


def test_a_numbered_indicator_that_counts_is_no_total() -> None:
    lines = _lines(  # biro organisasi 2016, page 34
        [
            ["No", "Indikator Kinerja", "Anggaran", "Realisasi", "% Penggunaan"],
            ["1", "Jumlah rekomendasi", "1.500.810.000", "1.206.731.415", "80,41"],
            ["2", "Jumlah inovasi", "429.600.000", "364.664.000", "84,88"],
            ["", "Jumlah", "1.930.410.000", "1.571.395.415", "81,40"],
        ]
    )
    kinds = [line.kind for line in lines]
    assert kinds == [LineKind.DATA, LineKind.DATA, LineKind.TOTAL]


def test_a_program_over_its_first_kegiatan_is_a_row_above_it() -> None:
    lines = _lines(  # bp3akb 2016, page 62
        [
            ["Program", "Kegiatan", "Anggaran (Rp.)"],
            ["", "Sistem Informasi Gender", "1,160,238,000"],
            ["Program Perlindungan Anak", "", ""],
            ["^", "Perlindungan Perempuan", "1,021,875,000"],
            ["", "Optimalisasi Peran", "1,050,000,000"],
        ]
    )
    assert [(line.kind.value, line.name) for line in lines] == [
        ("data", "Sistem Informasi Gender"),
        ("band", "Program Perlindungan Anak"),
        ("data", "Perlindungan Perempuan"),
        ("data", "Optimalisasi Peran"),
    ]


def test_a_row_of_dashes_is_no_row() -> None:
    lines = _lines(  # rfk Grobogan 2021, page 1
        [
            ["Kode", "Program", "Anggaran (Rp)"],
            ["", "", "-"],
            ["1.01", "Program Penunjang", "17.538.825.998"],
            ["1.02", "Program Pengelolaan", "48.391.000.000"],
        ]
    )
    assert [line.code for line in lines] == ["1.01", "1.02"]


def test_the_right_half_of_a_sheet_names_nothing() -> None:
    half = [  # a monthly report printed from Excel over two papers side by side
        ["Realisasi (Rp)", "%", "Sisa (Rp)", "KET"],
        *(["2.277.523.880", "87,60", "322.319.965", ""] for _ in range(8)),
        ["2.032.389.560", "87,67", "285.831.784", "lunas"],
    ]
    assert _lines(half) == ()
