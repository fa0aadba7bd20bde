"""The tree: from sums, numbering, codes, words and typography, as seen in print."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lkjip.normalize.ledger import prove
from lkjip.normalize.numbers import parse_money, parse_percent
from lkjip.normalize.proof.traits import read_traits
from lkjip.records import NOWHERE, Line, LineKind, ReadTable, Slot, Table, TableKind

TRUTH = Path(__file__).parents[2] / "fixtures" / "truth" / "tabel-3-1.lines.csv"
ANGGARAN, REALISASI, CAPAIAN = Slot("anggaran"), Slot("realisasi"), Slot("capaian")


def line(row: int, name: str, anggaran: str, **more: object) -> Line:
    amounts = {ANGGARAN: parse_money(anggaran)}
    kind = LineKind.DATA if anggaran else LineKind.BAND
    given = {"kind": kind, "amounts": amounts, "anggaran": ANGGARAN} | more
    return Line(row=row, page=1, name_raw=name, name=name, **given)  # type: ignore[arg-type]


def table(lines: Sequence[Line]) -> ReadTable:
    printed = Table((1,), NOWHERE, len(lines), 3, (), "typed")
    return ReadTable(1, printed, TableKind.BUDGET, (), 1, tuple(lines))


def parents(lines: Sequence[Line]) -> list[int | None]:
    return [found.parent for found in prove(table(lines))[0].lines]


def test_every_line_of_tabel_3_1_finds_its_parent() -> None:
    with TRUTH.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = [
        Line(
            row=int(row["row"]), page=1, kind=LineKind.DATA, name_raw=row["name"],
            name=row["name"], no=row["no"] or None, anggaran=ANGGARAN, realisasi=REALISASI,
            capaian=CAPAIAN,
            amounts={
                ANGGARAN: parse_money(_printed(row["anggaran"])),
                REALISASI: parse_money(_printed(row["realisasi"])),
                CAPAIAN: parse_percent(row["capaian"]),
            },
        )
        for row in rows
    ]  # fmt: skip
    wanted = [int(row["parent"]) if row["parent"] else None for row in rows]
    assert parents(lines) == wanted


def _printed(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".") if digits else ""


def test_codes_make_the_tree_where_no_sum_closes() -> None:
    names = ["1.03.01", "1.03.01.2.01", "1.03.01.2.01.01", "1.03.01.2.01.02", "1.03.01.2.02"]
    lines = [
        line(row, "Penyediaan", "", code=code, kind=LineKind.DATA)
        for row, code in enumerate(names, 1)
    ]
    assert parents(lines) == [None, 1, 2, 2, 1]


def test_bands_take_the_lines_up_to_the_next_band() -> None:
    lines = [  # dinkes 2016, p82
        line(1, "PROGRAM PROMOSI KESEHATAN", ""),
        line(2, "Peningkatan Perilaku Hidup Bersih", "3.102.512.000"),
        line(3, "Kegiatan Promosi Kesehatan RS", "714.632.875"),
        line(4, "PROGRAM PENGEMBANGAN LINGKUNGAN SEHAT", ""),
        line(5, "Pengawasan Kualitas Kesehatan", "422.171.500"),
        line(6, "Penguatan STBM", "631.344.000"),
    ]
    assert parents(lines) == [None, 1, 1, None, 4, 4]


def test_numbering_that_runs_on_through_the_programs_hides_no_parent() -> None:
    lines = [  # dpmdesa 2016, p30
        line(1, "Program Perencanaan", "900.000.000", no="I", bold=True),
        line(2, "Perencanaan program", "900.000.000", no="1"),
        line(3, "Program Infrastruktur", "3.805.000.000", no="II", bold=True),
        line(4, "Peningkatan Kapasitas", "3.805.000.000", no="2"),
    ]
    assert parents(lines) == [None, 1, None, 3]


def test_a_number_that_several_lines_share_numbers_none_of_them() -> None:
    """Sasaran in merged cells: their number comes back on every line (disnakertrans 2016, p38)."""
    names = ["Program A", "Pelatihan", "Magang", "Program B", "Bursa Kerja", "Padat Karya"]
    lines = [
        line(row, name, "" if name.startswith("Program") else f"{row}00.000", no=no)
        for row, (no, name) in enumerate(zip(["1."] * 3 + ["2."] * 3, names, strict=True), 1)
    ]
    assert parents(lines) == [None, 1, 1, None, 4, 4]


def test_items_without_amounts_are_no_headings_where_most_lines_are_such() -> None:
    """An action plan with amounts per kegiatan only (renaksi Grobogan 2022, p1)."""
    names = ["Kegiatan Irigasi", "Bendung", "Saluran", "Pintu Air", "Kegiatan Drainase"]
    names += ["Drainase Kota", "Drainase Desa", "Gorong-gorong"]
    lines = [
        line(row, name, f"{row}50.000" if name.startswith("Kegiatan") else "")
        for row, name in enumerate(names, 1)
    ]
    assert parents(lines) == [None, 1, 1, 1, None, 5, 5, 5]


def test_a_dash_is_nothing_and_no_heading() -> None:
    lines = [  # kewilayahan 2023, p4
        line(1, "Administrasi Keuangan", "1.893.851.588"),
        line(2, "Penyediaan Gaji", "1.890.127.588"),
        line(3, "Penyediaan Administrasi", "-", kind=LineKind.BAND),
        line(4, "Koordinasi Laporan Akhir", "-", kind=LineKind.BAND),
        line(5, "Koordinasi Laporan Bulanan", "3.724.000"),
    ]
    assert parents(lines) == [None, 1, 1, 1, 1]


def test_totals_of_sections_stand_below_their_items() -> None:
    lines = [  # disnakertrans 2016, p24
        line(1, "Program Penempatan", "3.633.525.000", no="1."),
        line(2, "Program Hubungan Industrial", "2.427.694.000", no="2."),
        line(3, "JUMLAH I", "6.061.219.000", kind=LineKind.TOTAL),
        line(4, "Program Kawasan", "4.193.690.000", no="1."),
        line(5, "Program Pembangunan", "137.232.000", no="2."),
        line(6, "JUMLAH II", "4.330.922.000", kind=LineKind.TOTAL),
        line(7, "JUMLAH I + II", "10.392.141.000", kind=LineKind.TOTAL),
    ]
    assert parents(lines) == [3, 3, 7, 6, 6, 7, None]


@pytest.mark.parametrize(
    ("no", "name", "marks"),
    [
        ("1.", "Belanja", {"number": 1}),
        (None, "4 Belanja penggandaan", {"number": 4}),
        ("C.", "Program", {"upper": 3, "roman upper": 100}),
        ("iv", "Program", {"roman lower": 4}),
        ("a)", "Sewa", {"lower)": 1}),
        (None, "- Belanja Langsung", {"dash": 1}),
        ("1.01.02", "Program", {}),
        (None, "Belanja", {}),
    ],
)
def test_numberings_keep_all_their_readings(no: str | None, name: str, marks: object) -> None:
    (found,) = read_traits([line(1, name, "1.000", no=no)])
    assert found.marks == marks


def test_a_flat_table_has_no_tree_and_no_issue() -> None:
    amounts = [304_495, 76_412, 850_954, 556_070, 1_157_028, 1_846_197]
    lines = [
        line(row, f"Kegiatan {row}", f"{amount:,}".replace(",", ".") + ".000", no=f"{row}.")
        for row, amount in enumerate(amounts, 1)
    ]
    read, issues = prove(table(lines))
    assert [found.parent for found in read.lines] == [None] * 6
    assert issues == ()
    assert Decimal(304_495_000) == read.lines[0].value(ANGGARAN)


def test_sums_in_thousands_hold_within_rounding() -> None:
    lines = [
        line(1, "Belanja Langsung", "10.001"),
        line(2, "1 Belanja Pegawai", "3.334"),
        line(3, "2 Belanja Barang", "3.333"),
        line(4, "3 Belanja Modal", "3.333"),
    ]
    thousands = [
        replace(found, amounts={ANGGARAN: parse_money(found.amounts[ANGGARAN].raw, unit=1000)})
        for found in lines
    ]
    read, issues = prove(replace(table(thousands), unit=1000))
    assert [found.parent for found in read.lines] == [None, 1, 1, 1]
    assert issues == ()
    assert all(ANGGARAN in found.verified for found in read.lines)


def test_two_equal_halves_are_children_and_not_a_parent_with_an_item_too_much() -> None:
    lines = [  # dishub 2023, p3
        line(1, "Persetujuan Hasil Analisis", "13.770.000"),
        line(2, "Koordinasi dan Sinkronisasi", "6.885.000"),
        line(3, "Pengawasan Pelaksanaan", "6.885.000"),
        line(4, "Penyediaan Angkutan Umum", "51.627.060"),
        line(5, "Penyediaan Angkutan Orang", "51.627.060"),
        line(6, "Penetapan Jaringan Trayek", "-"),
    ]
    assert parents(lines)[:3] == [None, 1, 1]
