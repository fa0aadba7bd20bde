"""Performance tables: every table of the Kalianget report, and layouts seen elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures import kalianget, truth
from lkjip.extract.document import open_document
from lkjip.extract.pages import read_pages
from lkjip.extract.stitch import stitch
from lkjip.issues import Issue, IssueCode
from lkjip.normalize.tables import read_table
from lkjip.records import Amount, Box, Cell, Indicator, ReadTable, Table, TableKind, TextLine
from lkjip.settings import Settings

SETTINGS = Settings(ocr="never")
Facts = tuple[str, ...]


def facts(one: Indicator) -> Facts:
    def both(amount: Amount | None) -> tuple[str, str]:
        value = None if amount is None else amount.value
        return ("" if amount is None else amount.raw, "" if value is None else str(value))

    texts = (one.sasaran or "", one.program or "", one.indikator, one.satuan or "")
    year = "" if one.year is None else str(one.year)
    return (str(one.row), *texts, year, *both(one.target), *both(one.realisasi), *both(one.capaian))


def expected(name: str) -> set[Facts]:
    columns = (
        *("row", "sasaran", "program", "indikator", "satuan", "year", "target_raw", "target"),
        *("realisasi_raw", "realisasi", "capaian_raw", "capaian"),
    )
    return {tuple(row[column] for column in columns) for row in truth.load(name).indicators}


@pytest.mark.parametrize("layout", ["ruled", "landscape", "turned-90"])
@pytest.mark.parametrize("name", truth.names())
def test_kalianget_table(name: str, layout: str, tmp_path: Path) -> None:
    """Tabel 2.1 to 4.4, skala pengukuran, cost per outcome a and b, both Rencana Aksi."""
    path = tmp_path / "table.pdf"
    path.write_bytes(kalianget.one_table(name, layout))
    with open_document(path, SETTINGS) as (pdf, _):
        pages, _ = read_pages(pdf, SETTINGS)
    read = [read_table(table, n)[0] for n, table in enumerate(stitch(pages), start=1)]
    found = {facts(one) for table in read for one in table.indicators}
    assert found == expected(name)


def table_of(
    rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Table:
    """A ruled table: "|" breaks a line, "^" belongs to the cell above, "<" to the one left.

    A text line may start with ">n " to stand n points lower.
    """
    cells, y = [], 100.0
    heights = [max(14.0 * (text.count("|") + 1) for text in row) + 6 for row in rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down = next(
                (n for n in range(1, len(rows) - r) if rows[r + n][c] != "^"), len(rows) - r
            )
            right = next((n for n in range(1, len(row) - c) if row[c + n] != "<"), len(row) - c)
            box = Box(50 + 90 * c, y, 50 + 90 * (c + right), y + sum(heights[r : r + down]))
            cells.append(Cell(r, c, box, tuple(_lines(text, box)), down, right))
        y += heights[r]
    box = Box(50, 100, 50 + 90 * len(rows[0]), y)
    return Table((1,), box, len(rows), len(rows[0]), tuple(cells), "ruled", title=None)


def _lines(text: str, box: Box) -> list[TextLine]:
    lines, y = [], box.y0 + 3
    for part in text.split("|"):
        if part.strip():
            x1 = min(box.x1, box.x0 + 3 + 5.0 * len(part))
            lines.append(TextLine(part, Box(box.x0 + 3, y, x1, y + 10)))
        y += 14
    return lines


def read(rows: Sequence[Sequence[str]]) -> tuple[ReadTable, tuple[Issue, ...]]:
    return read_table(table_of(rows), 1)


def values(rows: Sequence[Sequence[str]]) -> list[tuple[str, int | None, str, str, str]]:
    table, _ = read(rows)
    return [(one.indikator, one.year, *facts(one)[7::2]) for one in table.indicators]


HEAD = ["Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"]


def test_two_years_and_a_long_term_target() -> None:
    """diskanlaut 2016, p3: year over target, realisasi, capaian; Target Renstra beside them."""
    rows = [
        ["No", "Indikator", "Tahun 2015", "<", "<", "Tahun 2016", "<", "<", "Target Renstra 2016"],
        ["^", "^", "Target", "Realisasi", "%", "Target", "Realisasi", "%", "^"],
        ["1", "Produksi", "105", "105.39", "100.37", "105", "101.12", "96.30", "105,00"],
    ]
    assert values(rows) == [
        ("Produksi", 2015, "105", "105.39", "100.37"),
        ("Produksi", 2016, "105", "101.12", "96.30"),
    ]


def test_capaian_beside_a_target_alone_is_the_realised_value() -> None:
    """kumkm 2016, p4: two indicator columns, one a year; "Capaian" holds the value."""
    rows = [
        ["No", "Sasaran", "Tahun 2015", "<", "<", "Tahun 2016", "<", "<"],
        ["^", "^", "Indikator", "Target", "Capaian", "Indikator", "Target", "Capaian"],
        ["1.", "Akses", "Koperasi (Kop)", "6", "6,14", "Kredit (%)", "8", "6,4"],
        ["2.", "Usaha", "UMKM (UMKM)", "16.078", "16.855", "UMKM (UMKM)", "16.478", "16.542"],
    ]
    assert values(rows) == [
        ("Koperasi (Kop)", 2015, "6", "6.14", ""),
        ("Kredit (%)", 2016, "8", "6.4", ""),
        ("UMKM (UMKM)", 2015, "16078", "16855", ""),
        ("UMKM (UMKM)", 2016, "16478", "16542", ""),
    ]


def test_capaian_that_keeps_to_the_hundreds_is_a_percentage() -> None:
    rows = [
        ["Indikator", "Target", "Capaian"],
        ["Jumlah siswa", "5.200", "98,5"],
        ["Jumlah guru", "310", "101,2"],
        ["Jumlah sekolah", "45", "100"],
    ]
    table, _ = read(rows)
    assert [facts(one)[7::2] for one in table.indicators] == [
        ("5200", "", "98.5"),
        ("310", "", "101.2"),
        ("45", "", "100"),
    ]


def test_realisasi_left_of_target() -> None:
    rows = [
        ["Indikator Kinerja", "Realisasi 2020", "Target 2021", "Realisasi 2021", "Capaian"],
        ["Indeks", "70,06", "81", "80,10", "98,89"],
    ]
    assert values(rows) == [
        ("Indeks", 2020, "", "70.06", ""),
        ("Indeks", 2021, "81", "80.10", "98.89"),
    ]


def test_money_is_no_performance() -> None:
    """biro-organisasi 2016, p34, and cost per outcome: the same lower headers under both."""
    flat = [
        ["Indikator Kinerja", "Anggaran", "Realisasi", "% Penggunaan"],
        ["Nilai SAKIP", "488.810.000", "393.692.650", "80,54"],
    ]
    grouped = [
        ["Indikator Kinerja", "Kinerja", "<", "<", "Anggaran", "<", "<"],
        ["^", "Target", "Real", "Capaian", "Target", "Real", "Capaian"],
        ["Nilai SAKIP", "81", "80,10", "98,89", "488.810.000", "393.692.650", "80,54"],
    ]
    assert values(flat) == []
    assert values(grouped) == [("Nilai SAKIP", None, "81", "80.10", "98.89")]


def test_comparisons_and_sums_over_years_are_left_out() -> None:
    rows = [
        [
            "Indikator",
            "Realisasi 2015",
            "Realisasi 2016",
            "Realisasi 2016 thd 2015",
            "Hasil sd 2016",
        ],
        ["Jalan", "97,5", "98,01", "100,5", "195,51"],
    ]
    assert values(rows) == [("Jalan", 2015, "", "97.5", ""), ("Jalan", 2016, "", "98.01", "")]


def test_grades_and_ranges_keep_their_text_only() -> None:
    """inspektorat 2016, p3; bplhd 2016, p21."""
    rows = [
        HEAD,
        ["Keuangan", "Opini BPK", "", "WTP", "WTP", "100%"],
        ["Iklim", "Emisi GRK", "%", "5-6%", "11,45%", "190,83%"],
        ["Demokrasi", "Indeks", "", "71", "NA", "-"],
    ]
    table, _ = read(rows)
    assert [facts(one)[6:] for one in table.indicators] == [
        ("WTP", "", "WTP", "", "100%", "100"),
        ("5-6%", "", "11,45%", "11.45", "190,83%", "190.83"),
        ("71", "71", "NA", "", "-", ""),
    ]


def test_indicators_listed_in_one_row() -> None:
    """cianjur 2015, p48; grobogan 2021, p49: bullets beside as many values, not level."""
    rows = [
        HEAD,
        [
            "a. Kegiatan Jalan|b. Kegiatan Irigasi",
            "• Panjang jalan|  yang baik|• Luas irigasi|  teraliri",
            "km|ha",
            "12|1.250",
            "11||1.300",
            "91,67||104",
        ],
    ]
    assert [(name, *rest) for name, _, *rest in values(rows)] == [
        ("Panjang jalan yang baik", "12", "11", "91.67"),
        ("Luas irigasi teraliri", "1250", "1300", "104"),
    ]


def test_values_that_cannot_be_told_apart_stay_out() -> None:
    rows = [
        HEAD,
        ["Jalan", "• Panjang|• Lebar|• Tinggi", "", "12|14", "11|||15", "92|100|88"],
        ["Irigasi", "• Luas", "ha", "5", "5", "100"],
    ]
    table, issues = read(rows)
    assert [one.indikator for one in table.indicators] == ["Luas"]
    assert [issue.code for issue in issues] == [IssueCode.ROLE_UNCERTAIN]


def test_two_values_of_one_indicator_are_no_number() -> None:
    """inspektorat 2016, p3: "22,7% atau 75%" in one cell."""
    rows = [HEAD, ["Kasus", "TLHP kasus", "", "75%", "22,7%|atau|75%", "30,2%|100%"]]
    table, _ = read(rows)
    assert [facts(one)[6:] for one in table.indicators] == [
        ("75%", "75", "22,7% atau 75%", "", "30,2% 100%", "")
    ]


def test_a_dot_that_may_be_decimal_is_decided_by_the_capaian() -> None:
    """cianjur 2015, p48: 79.912 m3 beside 338.5 M3; the second row has nothing to decide it."""
    rows = [
        HEAD,
        ["", "Volume sampah", "m3", "1.733.980 m3", "79.912 m3", "5 %"],
        ["", "Penyedotan tinja", "m3", "340 M3", "338.5 M3", "99%"],
        ["", "Curah hujan", "mm", "", "79.912", ""],
    ]
    table, _ = read(rows)
    assert [facts(one)[9] for one in table.indicators] == ["79912", "338.5", ""]
    assert table.indicators[2].realisasi is not None
    assert len(table.indicators[2].realisasi.candidates) == 2


def test_capaian_of_every_year_is_a_value_where_one_is() -> None:
    rows = [
        ["Indikator", "Capaian 2015", "Target 2016", "Capaian 2016"],
        ["Nilai SAKIP", "70,06", "81", "80,10"],
        ["Jumlah desa", "312", "320", "322"],
    ]
    assert values(rows)[:2] == [
        ("Nilai SAKIP", 2015, "", "70.06", ""),
        ("Nilai SAKIP", 2016, "81", "80.10", ""),
    ]


def test_capaian_of_the_years_before_those_of_targets_is_a_value() -> None:
    """disnakertrans 2016, p29: reached in 2014 to 2016, planned for 2017."""
    rows = [
        ["Indikator Sasaran", "Capaian Kinerja pada Tahun", "<", "Target Kinerja pada Tahun"],
        ["^", "2015", "2016", "2017"],
        ["Jumlah wirausaha", "1.180", "640", "1.000"],
    ]
    assert values(rows) == [
        ("Jumlah wirausaha", 2015, "", "1180", ""),
        ("Jumlah wirausaha", 2016, "", "640", ""),
        ("Jumlah wirausaha", 2017, "1000", "", ""),
    ]


def test_bare_years_hold_what_the_title_says() -> None:
    """inspektorat 2016, p4: "Perbandingan Realisasi Kinerja Tahun 2015 dan 2016"."""
    rows = [
        ["No.", "Sasaran", "Indikator Sasaran", "Tahun 2015", "Tahun 2016", "Keterangan"],
        ["1", "Pengawasan", "Tindak lanjut temuan", "76,34%", "74,85%", "menurun"],
        ["2", "Opini", "Opini BPK", "WTP", "WTP", "-"],
    ]
    titled = replace(table_of(rows), title="Perbandingan Realisasi Kinerja Tahun 2015 dan 2016")
    found = read_table(titled, 1)[0].indicators
    assert [(one.year, facts(one)[9]) for one in found] == [
        (2015, "76.34"), (2016, "74.85"), (2015, ""), (2016, ""),
    ]  # fmt: skip
    assert values(rows) == []


def test_of_a_changed_target_the_last_counts() -> None:
    rows = [
        ["Indikator", "Target Murni", "Target Perubahan", "Realisasi"],
        ["Jumlah desa", "300", "320", "322"],
    ]
    assert values(rows) == [("Jumlah desa", None, "320", "322", "")]


def test_a_ratio_over_several_lines_is_one_text() -> None:
    """dinkes 2016, p37: "89/" over "100.000" over "KH" is no 100.000."""
    rows = [
        HEAD,
        ["Ibu", "Ratio|kematian|ibu", "", "89/|100.000|KH", "86,97/|100.000|KH", "|102,33"],
    ]
    table, _ = read(rows)
    assert [facts(one)[6:] for one in table.indicators] == [
        ("89/ 100.000 KH", "", "86,97/ 100.000 KH", "", "102,33", "102.33")
    ]


def test_a_number_broken_in_its_cell_is_one() -> None:
    """diskanlaut 2016, p5: "11.805.00" over "0"; but "12" over "1.250" are two values."""
    rows = [HEAD, ["Ikan", "Jumlah benih", "ekor", "6.000.000", "11.805.00|0", "196,75"]]
    table, _ = read(rows)
    assert [facts(one)[8:10] for one in table.indicators] == [("11.805.00 0", "11805000")]


def test_a_cell_with_a_value_for_each_of_several_rows_is_shared_out() -> None:
    """distan 2016, p7: rows split at their rules, units and realisasi in one tall cell."""
    tall = "12.540.550 *)|1.630.238 *)|92.078 *)"
    rows = [
        HEAD,
        ["Produksi", "Padi", "Ton|Ton|Tangkai", "12.317.066", tall, "101,81"],
        ["^", "Jagung", "^", "1.190.793", "^", "136,90"],
        ["^", "Hias", "^", "51.823", "^", "177,68"],
    ]
    table = table_of(rows)
    targets = ("12.317.066", "1.190.793", "51.823")
    tops = [c.lines[0].box.y0 for text in targets for c in table.cells if c.text == text]
    cells = tuple(_level(cell, tops) if "|" in _printed(cell) else cell for cell in table.cells)
    read_back, _ = read_table(replace(table, cells=cells), 1)
    assert [(one.satuan, *facts(one)[7:10:2]) for one in read_back.indicators] == [
        ("Ton", "12317066", "12540550"),
        ("Ton", "1190793", "1630238"),
        ("Tangkai", "51823", "92078"),
    ]


def _printed(cell: Cell) -> str:
    return "|".join(line.text for line in cell.lines)


def _level(cell: Cell, tops: Sequence[float]) -> Cell:
    lines = tuple(
        replace(line, box=line.box._replace(y0=top, y1=top + 10))
        for line, top in zip(cell.lines, tops, strict=True)
    )
    return replace(cell, lines=lines)


def test_lines_of_an_indicator_that_fell_to_a_row_of_their_own() -> None:
    """cianjur 2015, p26: the values stand level with the first line, the number alone on it."""
    rows = [
        HEAD,
        ["Ruang", "3.10.4 RTH", "%", "0.820", "0.162", "19.76 %"],
        ["^", "persatuan wilayah", "", "", "", ""],
        ["^", "3.10.5", "%", "5", "5", "100"],
        ["^", "Presentase sampah", "", "", "", ""],
        ["Hutan", "Kelompok tanpa nilai", "", "", "", ""],
    ]
    table = table_of(rows)
    close = tuple(_raised(cell) if cell.row in (2, 4) else cell for cell in table.cells)
    read_back, _ = read_table(replace(table, cells=close), 1)
    assert [(one.indikator, *facts(one)[7:10:2]) for one in read_back.indicators] == [
        ("3.10.4 RTH persatuan wilayah", "0.820", "0.162"),
        ("3.10.5 Presentase sampah", "5", "5"),
    ]


def _raised(cell: Cell) -> Cell:
    """A cell whose text stands one line below that of the row above."""
    lines = tuple(
        replace(line, box=line.box._replace(y0=line.box.y0 - 8, y1=line.box.y1 - 8))
        for line in cell.lines
    )
    return replace(cell, lines=lines)


def test_a_header_printed_again_is_no_row() -> None:
    """bplhd 2016, p41: on a later page the header cells reach down beside the rows."""
    rows = [
        HEAD,
        ["Air bersih", "Mutu sungai", "%", "42,5", "56,12", "132,05"],
        HEAD,
        ["^", "Mutu udara", "", "60", "66,24", "110,40"],
    ]
    table, _ = read(rows)
    assert [(one.sasaran, one.indikator) for one in table.indicators] == [
        ("Air bersih", "Mutu sungai"),
        ("Air bersih", "Mutu udara"),
    ]


def test_sasaran_comes_from_merged_cells_blank_cells_and_bands() -> None:
    rows = [
        HEAD,
        ["Sasaran 1: Jalan mantap", "<", "<", "<", "<", "<"],
        ["", "Kemantapan", "%", "98", "98,01", "100,01"],
        ["Irigasi lancar", "Luas", "ha", "10", "10", "100"],
        ["^", "Panjang", "km", "5", "5", "100"],
        ["", "Debit", "l/s", "7", "7", "100"],
    ]
    table, _ = read(rows)
    assert [one.sasaran for one in table.indicators] == [
        "Sasaran 1: Jalan mantap",
        "Irigasi lancar",
        "Irigasi lancar",
        "Irigasi lancar",
    ]


def test_means_and_totals_are_no_indicators() -> None:
    rows = [HEAD, ["Jalan", "Jumlah jembatan", "unit", "4", "4", "100"],
            ["Rata-rata", "<", "<", "<", "<", "100"]]  # fmt: skip
    table, _ = read(rows)
    assert [one.indikator for one in table.indicators] == ["Jumlah jembatan"]


def test_quarters_below_one_header_with_money_beside() -> None:
    """triwulan 2023, bapenda: I to IV, K | Rp below the column numbers."""
    rows = [
        ["Program/Kegiatan", "Indikator Kinerja", "Realisasi Pada Triwulan I - IV Tahun 2023",
         "<", "<", "<"],
        ["^", "^", "I", "<", "II", "<"],
        ["1", "2", "3", "<", "4", "<"],
        ["", "", "K", "Rp", "K", "Rp"],
        ["Penyediaan Gaji", "Jumlah orang", "74", "9.717.201.032", "75", "21.204.241.578"],
        ["Penyediaan ATK", "Jumlah paket", "1", "63.259.890", "2", "46.041.150"],
    ]  # fmt: skip
    table, _ = read(rows)
    assert table.kind is TableKind.BUDGET
    assert [(one.period, one.year, *facts(one)[9:10]) for one in table.indicators][:2] == [
        ("triwulan_1", 2023, "74"),
        ("triwulan_2", 2023, "75"),
    ]
    assert {slot.period for slot in table.lines[0].amounts} == {"triwulan_1", "triwulan_2"}


def test_a_line_for_each_quarter() -> None:
    rows = [
        ["Indikator Kinerja", "Triwulan", "Target", "Realisasi", "%"],
        ["Nilai SAKIP", "I", "20", "18", "90"],
        ["^", "II", "40", "42", "105"],
        ["^", "TW III", "60", "60", "100"],
    ]
    table, _ = read(rows)
    assert [(one.indikator, one.period, *facts(one)[7:12:2]) for one in table.indicators] == [
        ("Nilai SAKIP", "triwulan_1", "20", "18", "90"),
        ("Nilai SAKIP", "triwulan_2", "40", "42", "105"),
        ("Nilai SAKIP", "triwulan_3", "60", "60", "100"),
    ]


def test_a_capaian_that_follows_from_nothing_is_a_warning() -> None:
    """diskanlaut 2016, p4: NTP 100,46 of 105,72 printed 89,50. Falling indicators are none."""
    rows = [
        HEAD,
        ["Nelayan", "NTP", "indeks", "105,72", "100,46", "89,50"],
        ["Sampah", "Tempat per penduduk", "%", "18", "25", "61%"],
        ["Hama", "Luas serangan", "ha", "113.889", "85.362", "125,05"],
    ]
    _, issues = read(rows)
    assert [(issue.code, issue.row) for issue in issues] == [(IssueCode.INDICATOR_MISMATCH, 1)]


HEADERS = (  # of the values, and what they hold in order
    (("Target", "Realisasi", "Capaian (%)"), "trc"),
    (("Target", "Realisasi", "%"), "trc"),
    (("Realisasi", "Target", "Capaian"), "rtc"),
    (("Target 2021", "Realisasi 2021", "Persentase Capaian"), "trc"),
    (("Target Tahun 2021", "Capaian Tahun 2021", "Tingkat Capaian (%)"), "trc"),
    (("Rencana", "Realisasi", "Prosentase"), "trc"),
    (("Target", "Realisasi", "Ket."), "tr-"),
)
NUMBERS = st.one_of(
    st.integers(0, 999).map(str),
    st.integers(1000, 9_999_999).map(lambda n: f"{n:,}".replace(",", ".")),
    st.decimals(0, 999, places=2).map(lambda d: str(d).replace(".", ",")),
    st.sampled_from(["", "-", "WTP", "BB", "NA", "12 bulan", "100 %", "98,5%", "1 dokumen"]),
)
UNITS = ("bulan", "%", "dokumen")


def plain(raw: str) -> str:
    """What a reader takes from a printed number of these kinds."""
    number = raw
    for unit in UNITS:
        number = number.removesuffix(unit).strip()
    number = number.replace(".", "").replace(",", ".")
    return number if number.replace(".", "", 1).isdigit() else ""


@given(
    st.sampled_from(HEADERS),
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_a_number_is_right_or_left_out(
    header: tuple[tuple[str, ...], str], rows: list[tuple[str, str, str]], has_units: bool
) -> None:
    titles, order = header
    head = ["Sasaran", "Indikator Kinerja", *(["Satuan"] if has_units else []), *titles]
    body = [
        [f"Sasaran {n}", f"Persentase hal {chr(65 + n)}", *(["unit"] if has_units else []), *row]
        for n, row in enumerate(rows)
    ]
    table, _ = read([head, *body])
    for one in table.indicators:
        printed = dict(zip(order, rows[ord(one.indikator[-1]) - 65], strict=True))
        found = {"t": one.target, "r": one.realisasi, "c": one.capaian}
        for key, amount in found.items():
            if amount is not None and amount.value is not None:
                assert str(amount.value) == plain(printed.get(key, ""))


@st.composite
def listed_row(draw: st.DrawFn) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """One physical row of several indicators, and the values that stand beside each."""
    count = draw(st.integers(2, 4))
    columns: list[list[str]] = [[], [], [], []]
    printed: dict[str, tuple[str, ...]] = {}
    for n in range(count):
        height = draw(st.integers(1, 3))
        name = [f"• Jumlah hal {chr(65 + n)}", *["yang baik"] * (height - 1)]
        columns[0] += name
        row = []
        for column in columns[1:]:
            value = draw(st.sampled_from(["5", "12", "100", "98,5", "7 unit", ""]))
            at = draw(st.integers(0, height - 1))
            column += [value if i == at else "" for i in range(height)]
            row.append(value)
        printed[" ".join(name).removeprefix("• ")] = tuple(row)
    return ["|".join(column) for column in columns], printed


@given(listed_row())
@settings(max_examples=150, deadline=None)
def test_values_of_a_listed_row_are_paired_right_or_left_out(
    drawn: tuple[list[str], dict[str, tuple[str, ...]]],
) -> None:
    cells, printed = drawn
    table, _ = read([["Sasaran", *HEAD[1:2], *HEAD[3:]], ["Sasaran A", *cells]])
    for one in table.indicators:
        assert one.indikator in printed or len(table.indicators) == 1
        for amount, raw in zip(
            (one.target, one.realisasi, one.capaian), printed.get(one.indikator, ()), strict=False
        ):
            if amount is not None and amount.value is not None:
                assert str(amount.value) == plain(raw.removesuffix(" unit"))
