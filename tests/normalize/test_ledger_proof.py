"""What the ledger proves, repairs and flags, on small tables as seen in print."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.issues import Issue, IssueCode
from lkjip.normalize.ledger import prove
from lkjip.normalize.numbers import column_style, parse_money, parse_percent
from lkjip.records import (
    NOWHERE,
    Line,
    LineKind,
    ReadTable,
    Slot,
    Source,
    Table,
    TableKind,
)

Row = tuple[str, str, str, str]  # name, anggaran, realisasi, capaian; a leading number is its no


def table(rows: list[Row]) -> ReadTable:
    styles = [column_style(row[k] for row in rows) for k in (1, 2)]
    anggaran, realisasi, capaian = Slot("anggaran"), Slot("realisasi"), Slot("capaian")
    lines = []
    for number, (name, a, r, p) in enumerate(rows, start=1):
        no, _, rest = name.partition(" ")
        has_no = no.rstrip(".").isdigit()
        amounts = {
            anggaran: parse_money(a, styles[0]),
            realisasi: parse_money(r, styles[1]),
            capaian: parse_percent(p),
        }
        kind = LineKind.DATA if a or r else LineKind.BAND
        kind = LineKind.TOTAL if name.startswith("JUMLAH") else kind
        bare = rest if has_no else name
        line = Line(number, 1, kind, bare, bare, no if has_no else None, None, amounts)
        lines.append(_shown(line, anggaran, realisasi, capaian))
    printed = Table((1,), NOWHERE, len(rows), 4, (), "typed")
    return ReadTable(1, printed, TableKind.BUDGET, (), 1, tuple(lines))


def _shown(line: Line, *slots: Slot) -> Line:
    return Line(line.row, 1, line.kind, line.name, line.name, line.no, None, line.amounts, *slots)


def parents(read: ReadTable) -> list[int | None]:
    return [line.parent for line in read.lines]


def of_code(issues: tuple[Issue, ...], code: IssueCode) -> list[Issue]:
    return [issue for issue in issues if issue.code is code]


PAMERAN = [  # kalianget 2020, Tabel 3.1
    ("Penyelenggaraan Pameran", "25.730.000", "25.730.000", "100,00"),
    ("1 Belanja Alat Listrik", "1.265.000", "3.500.000", "100,00"),
    ("2 Belanja Bahan Baku", "2.755.000", "5.000.000", "100,00"),
    ("3 Belanja Bahan Percontohan", "4.390.000", "4.390.000", "100,00"),
    ("4 Belanja Jasa Tenaga Kerja", "17.320.000", "17.320.000", "100,00"),
]
PELAYANAN = [  # kalianget 2020, Tabel 3.1: two damaged cells, and an item too much
    ("Pelayanan Administarsi Terpadu", "79.625.000", "79.625.000", "100,00"),
    ("1 Belanja Pemeliharaan Bangunan", "50.0000.000", "50.0000.000", "100,00"),
    ("2 Belanja Modal Papan Visual", "6.675.0000", "6.675.0000", "100,00"),
    ("3 Belanja Modal Printer", "4.000.000", "4.000.000", "100,00"),
    ("4 Belanja Modal Meja Kerja", "10.000.000", "10.000.000", "100,00"),
    ("5 Belanja Modal Kursi Kerja", "1.500.000", "1.500.000", "100,00"),
    ("6 Belanja Modal Rak Buku", "1.950.000", "1.950.000", "100,00"),
    ("7 Belanja Modal Meja Tunggu", "3.500.000", "3.500.000", "100,00"),
    ("8 Belanja Modal TV", "3.500.000", "3.500.000", "100,00"),
]


def test_damage_is_undone_where_the_sum_does_without_one_item() -> None:
    read, issues = prove(table(PELAYANAN))
    for row, value in ((1, 50_000_000), (2, 6_675_000)):
        for slot in (Slot("anggaran"), Slot("realisasi")):
            amount = read.lines[row].amounts[slot]
            assert (amount.value, amount.source) == (value, Source.REPAIRED)
            assert amount.raw == PELAYANAN[row][1]
    assert len(of_code(issues, IssueCode.NUMBER_REPAIRED)) == 4
    assert "79.625.000" in of_code(issues, IssueCode.NUMBER_REPAIRED)[0].message
    (broken,) = of_code(issues, IssueCode.SUM_MISMATCH)
    assert (broken.row, broken.rupiah_at_stake) == (1, 1_500_000)


def test_a_broken_sum_is_flagged_at_its_line_and_a_denied_excess_at_its_rows() -> None:
    read, issues = prove(table(PAMERAN))
    assert parents(read) == [None, 1, 1, 1, 1]
    (broken,) = of_code(issues, IssueCode.SUM_MISMATCH)
    assert (broken.row, broken.column, broken.rupiah_at_stake) == (1, "realisasi", 4_480_000)
    assert [issue.row for issue in of_code(issues, IssueCode.CAPAIAN_MISMATCH)] == [2, 3]
    assert of_code(issues, IssueCode.REALISASI_OVER_ANGGARAN) == []
    assert read.lines[0].value(Slot("realisasi")) == 25_730_000


def test_a_blank_that_a_sum_determines_is_proposed_and_stays_blank() -> None:
    rows = [  # kalianget 2020, Tabel 3.1
        ("Pemeliharaan Kendaraan", "20.340.000", "20.340.000", "100,00"),
        ("1 Belanja Jasa Servis", "800.000", "800.000", "100,00"),
        ("2 Belanja Suku Cadang", "5.680.000", "5.680.000", "100,00"),
        ("3 Belanja Bahan Bakar", "13.860.000", "", ""),
    ]
    read, issues = prove(table(rows))
    (missing,) = issues
    assert (missing.code, missing.row) == (IssueCode.AMOUNT_MISSING, 4)
    assert missing.proposed == 13_860_000
    assert read.lines[3].value(Slot("realisasi")) is None


def test_several_readings_that_close_nothing_leave_the_cell_null() -> None:
    rows = [  # the items reach no printed number, whatever is read
        ("Penyediaan Jasa", "91.300.000", "91.300.000", "100,00"),
        ("1 Belanja Modal", "50.0000.000", "50.0000.000", "100,00"),
        ("2 Belanja Jasa", "4.000.000", "4.000.000", "100,00"),
        ("3 Belanja Cetak", "1.500.000", "1.500.000", "100,00"),
    ]
    read, issues = prove(table(rows))
    assert read.lines[1].value(Slot("anggaran")) is None
    malformed = of_code(issues, IssueCode.NUMBER_MALFORMED)
    assert [issue.row for issue in malformed] == [2, 2]
    assert malformed[0].candidates[:2] == (50_000_000, 500_000_000)


def test_a_percentage_alone_decides_between_readings_that_keep_all_digits() -> None:
    rows = [("Retribusi Kebersihan", "650.290.147.50", "714.765.000,-", "109.91%")]  # cianjur p49
    read, issues = prove(table(rows))
    assert read.lines[0].value(Slot("anggaran")) == Decimal("650290147.50")
    assert of_code(issues, IssueCode.REALISASI_OVER_ANGGARAN) == []  # income


def test_a_percentage_alone_does_not_decide_between_dropped_digits() -> None:
    rows = [("Administrasi Keuangan", "9.871.1466.000", "9.700.000.000", "98,27")]
    read, _ = prove(table(rows))
    assert read.lines[0].value(Slot("anggaran")) is None


@pytest.mark.parametrize("total_first", [True, False])
def test_totals_stand_first_or_last(total_first: bool) -> None:
    items = [
        ("1 Belanja Tidak Langsung", "10.927.840.003", "10.605.660.858", "97,05"),
        ("2 Belanja Langsung", "37.664.381.200", "33.030.490.451", "87,70"),
    ]
    total = ("JUMLAH", "48. 592.221.203", "43.636.151.309", "89,80")
    read, issues = prove(table([total, *items] if total_first else [*items, total]))
    assert parents(read) == ([None, 1, 1] if total_first else [3, 3, None])
    at = 0 if total_first else 2
    assert read.lines[at].value(Slot("anggaran")) == 48_592_221_203
    assert {issue.code for issue in issues} == {IssueCode.NUMBER_REPAIRED}
    assert all(len(line.verified) == 3 for line in read.lines)


def test_equal_neighbours_are_no_parent_and_child() -> None:
    rows = [  # kumkm 2016, p18
        ("Pengembangan industri keramik", "240.000.000", "231.740.900", "96,56"),
        ("Pengembangan jasa perdagangan", "240.000.000", "234.747.200", "97,81"),
        ("Pengembangan industri batik", "240.000.000", "239.710.450", "99,88"),
    ]
    read, issues = prove(table(rows))
    assert parents(read) == [None, None, None]
    assert issues == ()


def test_swapped_percentages_are_one_issue() -> None:
    rows = [  # inspektorat 2016, p16
        ("1 Belanja Tidak Langsung", "17.803.394.426,00", "17.655.134.167,00", "98,64"),
        ("2 Belanja Langsung", "25.897.885.000,00", "25.544.578.821,00", "99,17"),
        ("JUMLAH", "43.701.279.426,00", "43.199.712.988,00", "98,85"),
    ]
    _, issues = prove(table(rows))
    (swapped,) = issues
    assert (swapped.code, swapped.row) == (IssueCode.CAPAIAN_MISMATCH, 1)
    assert swapped.evidence["swapped_with_row"] == 2


def test_a_table_without_lines_comes_back_as_it_is() -> None:
    empty = table([])
    assert prove(empty) == (empty, ())
