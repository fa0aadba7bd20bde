"""Tables as they were seen in print → lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lkjip.issues import IssueCode
from lkjip.normalize.ledger import prove_all
from lkjip.normalize.tables import read_table, read_tables
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


def test_a_row_that_says_nothing_was_spent_is_no_heading() -> None:
    lines = _lines(  # triwulan of Tangerang Selatan 2023
        [
            ["Program/Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)"],
            ["Program Penunjang", "", ""],
            ["Pengadaan Pakaian Dinas", "-", "-"],
            ["Pengadaan Kendaraan", "Rp -", "nihil"],
            ["Penyediaan Gaji", "17.538.825.998", "12.538.825.998"],
        ]
    )
    assert [line.kind.value for line in lines] == ["band", "data", "data", "data"]
    assert [line.value(line.anggaran) for line in lines[:3]] == [None, None, None]


def test_amounts_that_outgrow_their_thousands_may_rather_be_rupiah() -> None:
    lines = _lines(  # renja Bina Marga 2016, page 1
        [
            ["Program/Kegiatan", "Pagu Indikatif (Rp.000)"],
            ["Peningkatan Jalan", "198.058.693.000,00"],
            ["Perencanaan Teknis", "5.370.000,00"],
            ["Verifikasi", "275.000,000"],
        ]
    )
    amounts = [line.amount(line.anggaran) for line in lines]
    assert [amount and (amount.value, *map(int, amount.candidates)) for amount in amounts] == [
        (None, 198_058_693_000, 198_058_693_000_000),
        (None, 5_370_000, 5_370_000_000),
        (None, 275_000_000, 275_000_000_000),
    ]


def test_a_row_of_percentages_is_no_storey_of_the_header() -> None:
    rows = [  # lkjip Grobogan 2021, page 51: words of headings in the only row
        ["SASARAN", "INDIKATOR", "TARGET", "REALISASI", "%"],
        ["Meningkatnya Capaian Kinerja", "Persentase Capaian Kinerja", "100%", "95 %", "95%"],
    ]
    (found,) = read_table(_table(rows), 1)[0].indicators
    assert (found.indikator, found.target and found.target.value) == (rows[1][1], 100)


def test_half_a_year_is_not_the_year() -> None:
    lines = _lines(  # laporan realisasi semester pertama
        [
            ["Uraian", "Anggaran", "Realisasi Semester I", "Prognosis Semester II", "%"],
            ["Belanja Operasi", "900.000.000", "400.000.000", "500.000.000", "44,44"],
            ["Belanja Modal", "600.000.000", "301.000.000", "299.000.000", "50,17"],
            ["Belanja Tak Terduga", "300.000.000", "100.000.000", "200.000.000", "33,33"],
        ]
    )
    assert [line.value(line.anggaran) for line in lines] == [900_000_000, 600_000_000, 300_000_000]
    assert {line.value(line.realisasi) for line in lines} == {None}
    assert {line.value(line.capaian) for line in lines} == {None}


def test_what_was_to_be_spent_by_a_quarter_is_a_target() -> None:
    lines = _lines(
        [
            ["Uraian", "Pagu", "Target Keuangan s/d Triwulan III", "<", "Realisasi Keuangan", "<"],
            ["^", "^", "Rp", "%", "Rp", "%"],
            ["Program A", "900.000.000", "700.000.000", "77,78", "400.000.000", "44,44"],
            ["Kegiatan B", "600.000.000", "500.000.000", "83,33", "300.000.000", "50,00"],
        ]
    )
    assert {slot.measure for line in lines for slot in line.amounts} == {
        "anggaran", "realisasi", "capaian",
    }  # fmt: skip
    assert {slot.period for line in lines for slot in line.amounts} == {"tahun"}


def test_thousands_with_three_decimals_are_printed_to_the_rupiah() -> None:
    head = ["Program/Kegiatan", "Pagu Indikatif (Rp.000)"]
    body = [["Jalan A", "6.008.850,000"], ["Jalan B", "275.000,000"], ["Jalan C", "930,500"]]
    lines = _lines([head, *body])  # renja Bina Marga 2016, the left half of page 1
    assert [line.value(line.anggaran) for line in lines] == [6_008_850_000, 275_000_000, 930_500]
    assert [line.amounts[line.anggaran].raw for line in lines if line.anggaran] == [
        raw for _, raw in body
    ]
    mixed = _lines([head, *body, ["Jalan D", "5.370.000,00"]])
    assert [line.value(line.anggaran) for line in mixed[:3]] == [None, None, None]


def test_the_right_half_of_a_sheet_names_nothing() -> None:
    half = [  # a monthly report printed from Excel over two papers side by side
        ["Realisasi (Rp)", "%", "Sisa (Rp)", "KET"],
        *(["2.277.523.880", "87,60", "322.319.965", ""] for _ in range(8)),
        ["2.032.389.560", "87,67", "285.831.784", "lunas"],
    ]
    assert _lines(half) == ()


ROWS = (("Program A", "1.000.000", "901.000"), ("Kegiatan B", "2.000.000", "1.500.000"),
        ("Kegiatan C", "3.000.000", "2.910.000"), ("Kegiatan D", "500.000", "400.100"))  # fmt: skip


def _amounts(rows: Rows) -> list[tuple[int | None, int | None]]:
    values = [(line.value(line.anggaran), line.value(line.realisasi)) for line in _lines(rows)]
    return [(a and int(a), r and int(r)) for a, r in values]


def test_a_column_cut_in_two_is_one() -> None:
    rows = [["Uraian", "Pagu", "", "Realisasi (Rp)"], *([n, "", a, r] for n, a, r in ROWS)]
    assert _amounts(rows)[:2] == [(1_000_000, 901_000), (2_000_000, 1_500_000)]


def test_two_amounts_under_one_heading_are_neither() -> None:
    rows = [["Uraian", "Pagu (Rp)", "", "Realisasi (Rp)"]]
    rows += [[name, whole, part, part] for name, whole, part in ROWS]
    assert _amounts(rows)[0] == (None, 901_000)


def test_of_two_realisasi_that_differ_and_that_no_sum_tells_apart_none_is_taken() -> None:
    rows = [["Uraian", "Pagu", "Realisasi SP2D", "Realisasi SPJ"]]
    rows += [[name, whole, part, f"1{part}"] for name, whole, part in ROWS]
    assert _amounts(rows)[0] == (1_000_000, None)
    _, issues = read_table(_table(rows), 1)
    assert [issue.column for issue in issues] == ["realisasi"]


def test_money_of_other_things_gives_no_lines() -> None:
    rows = [["No", "Jenis Aset", "Jumlah", "Nilai (Rp)"]]
    rows += [["1", "Tanah", "2", "2.933.115.083"], ["2", "Gedung", "4", "9.490.185.621"]]
    assert not _lines(rows)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Realisasi dan Pencapaian Target Pendapatan", "Hasil Usaha Dinas"),  # diskanlaut 2016, p20
        (None, "Retribusi Izin Usaha Perikanan"),
        (None, "Pajak Kendaraan Bermotor"),
    ],
)
def test_income_planned_and_received_is_a_budget(title: str | None, name: str) -> None:
    rows = [["No", "Uraian", "Target (Rp)", "Realisasi (Rp)", "%"]]
    rows += [["1", name, "2.000.000", "2.100.000", "105"]] * 3
    rows += [["", "Jumlah", "6.000.000", "6.300.000", "105"]]
    lines = read_table(replace(_table(rows), title=title), 1)[0].lines
    assert [line.value(line.realisasi) for line in lines] == [2_100_000] * 3 + [6_300_000]
    assert lines[0].value(lines[0].anggaran) == 2_000_000


@pytest.mark.parametrize(
    "rows",
    [
        [["No", "Uraian", "Target (Rp)", "Realisasi (Rp)"]]
        + [["1", "Pendapatan per kapita petani", "2.000.000", "2.100.000"]] * 3,
        [["No", "Jenis Penerimaan", "Nilai (Rp)"], *[["1", "Pajak Hotel", "2.100.000"]] * 3],
    ],
    ids=["what people earn", "nothing planned"],
)
def test_other_income_is_no_budget(rows: Rows) -> None:
    assert not _lines(rows)


def test_a_space_beside_a_mark_is_no_damage_where_nothing_was_scanned() -> None:
    rows = [["Uraian", "Pagu", "Realisasi"], *map(list, ROWS)]
    rows += [["Perlindungan Anak", "2,602,500 ,000", "1. 234.500.000,-"]]  # bp3akb 2016, p62
    assert _amounts(rows)[-1] == (2_602_500_000, 1_234_500_000)


def test_kegiatan_in_a_column_of_their_own_hang_on_their_program_though_no_sum_closes() -> None:
    rows = [
        ["Program", "Kegiatan", "Rencana Anggaran (Rp.)"],
        ["Peningkatan Peran Serta", "", "3.500.000.000"],  # bp3akb 2016, p62
        ["", "Jejaring Kelembagaan", "1.100.000.000"],
        ["", "Gerakan Pengarusutamaan", "3.100.000.000"],
        ["", "Sistem Informasi", "1.200.000.000"],
        ["Peningkatan Kualitas Hidup", "", ""],
        ["", "Perlindungan Anak", "1.000.000.000"],
        ["Penataan Administrasi", "Pengendalian Kependudukan", "1.100.000.000"],
    ]
    (proven,), issues = prove_all([read_table(_table(rows), 1)[0]])
    assert [line.parent for line in proven.lines] == [None, 1, 1, 1, None, 5, None]
    assert [issue.code for issue in issues] == [IssueCode.SUM_MISMATCH]


def test_a_heading_that_repeats_over_the_rows_of_a_later_page_is_no_text_of_theirs() -> None:
    rows = [["No", "Program", "Anggaran"], ["1", "Pengendalian", "1.000.000"]]
    rows += [["NO", "Program", "Anggaran"], ["^", "Pengawasan", "2.000.000"]]  # bplhd 2016, p41
    assert [(line.no, line.name) for line in _lines(rows)] == [
        ("1", "Pengendalian"),
        (None, "Pengawasan"),
    ]


def test_tons_give_no_lines() -> None:
    rows = [["No", "Komoditas", "Target (Ton)", "Realisasi (Ton)", "%"]]
    rows += [["1", "Padi", "7.321.788", "7.400.652", "101,08"]] * 4
    assert not _lines(rows)


def test_a_realisasi_of_the_size_of_the_anggaran_is_money_though_units_stand_beside_it() -> None:
    rows = [["Kegiatan", "Indikator", "Satuan", "Target", "Pagu (Rp)", "Realisasi"]]
    rows += [[name, "Jumlah dokumen", "dokumen", "12", a, r] for name, a, r in ROWS]
    assert _amounts(rows)[0] == (1_000_000, 901_000)


def test_a_table_that_goes_on_is_in_the_unit_of_the_first_page() -> None:
    rows = [["Uraian", "Pagu", "Realisasi"], *map(list, ROWS)]
    first = replace(_table(rows), title="Realisasi Anggaran (dalam ribuan rupiah)")
    goes_on = replace(_table(rows), pages=(2,))
    anew = replace(_table(rows), pages=(2,), title="Tabel 4 Anggaran Bidang")
    assert [read.unit for read, _ in read_tables([first, goes_on])] == [1_000, 1_000]
    assert [read.unit for read, _ in read_tables([first, anew])] == [1_000, 1]
    joined = replace(_table([[" ".join(rows[0]), "", ""], *rows[1:]]), title=first.title)
    assert read_tables([joined, goes_on])[1][0].unit == 1_000  # rows-only rules, wild seed 2043


def test_a_speck_in_the_column_of_programs_leaves_the_items_in_the_next_theirs() -> None:
    rows = [["No", "", "Uraian", "Pagu", "Realisasi"]]
    for program in "123":
        rows.append([program, "", f"Program {program}", "10.000.000", "9.000.000"])
        rows += [["", str(item), f"Kegiatan {item}", "1.000.000", "900.000"] for item in range(9)]
    whole = [(line.no, line.name) for line in _lines(rows)]
    rows[5][0] = "1"  # the remains of a rule: scans at 150 dpi
    spoilt = [(line.no, line.name) for line in _lines(rows)]
    assert spoilt == [*whole[:4], ("1 3", "Kegiatan 3"), *whole[5:]]


def test_a_column_of_item_numbers_stays_one_where_a_scan_spoils_one_of_them() -> None:
    rows = [[str(n), f"Belanja Alat {n}", f"{n}.500.000"] for n in range(1, 25)]
    rows[6][0] = "7 :,"  # Kalianget, scanned at 150 dpi in black and white
    lines = _lines([["KEGIATAN", "<", "PAGU ANGGARAN"], *rows])
    assert [line.name for line in lines] == [row[1] for row in rows]
    assert lines[0].no == "1"
