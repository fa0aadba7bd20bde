"""Lines to accounts, alone and in their tree."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from lkjip.errors import UsageError
from lkjip.issues import Issue, IssueCode
from lkjip.normalize.accounts.match import match_accounts
from lkjip.records import (
    NOWHERE,
    Amount,
    Identity,
    Line,
    LineKind,
    Match,
    ReadTable,
    Slot,
    Table,
    TableKind,
)
from lkjip.settings import Settings

OFFICE = Identity("lkjip", "Dinas Kebersihan dan Pertamanan", "Kabupaten Cianjur", 2015)
DEFAULT = Settings()
ROAD = Identity("lkjip", "Dinas Pekerjaan Umum dan Penataan Ruang", "Kabupaten Grobogan", 2021)


def table(*rows: tuple[str, int | None] | Line, kind: TableKind = TableKind.BUDGET) -> ReadTable:
    lines = tuple(
        row if isinstance(row, Line) else line(number, *row)
        for number, row in enumerate(rows, start=1)
    )
    return ReadTable(1, Table((1,), NOWHERE, len(lines), 1, (), "ruled"), kind, (), lines=lines)


def line(
    row: int, name: str, parent: int | None = None, code: str | None = None,
    kind: LineKind = LineKind.DATA,
) -> Line:  # fmt: skip
    return Line(row, 7, kind, name, name, code=code, parent=parent)


def match(
    read: ReadTable, identity: Identity = OFFICE, settings: Settings = DEFAULT
) -> tuple[list[Match | None], tuple[Issue, ...]]:
    (matched,), issues = match_accounts([read], identity, settings)
    return [each.account for each in matched.lines], issues


def codes(read: ReadTable, identity: Identity = OFFICE) -> list[str | None]:
    return [account.code if account else None for account in match(read, identity)[0]]


@pytest.mark.parametrize(
    ("name", "code", "seen"),
    [
        ("Penyediaan Jasa Surat Menyurat", "X.XX.01.01", "cianjur dkp 2015, p50"),
        ("Penyedian Alat Tulis Kantor", "X.XX.01.10", "cianjur dkp 2015, p50"),
        ("Penyediaan Jasa dan Perizinan Kendaraan Dinas/Operasional", "X.XX.01.06", "cianjur, p50"),
        ("Penyediaan Makanan dan Minuman Belanja Barang dan Jasa", "X.XX.01.17", "cianjur, p50"),
        ("Pemeliharaan Rutin/Berkala Komputer", None, "cianjur dkp 2015, p51: local"),
        ("Pengadaan Komputer", None, "cianjur dkp 2015, p51: no account is meant"),
        ("Program Perencanaan dan Penganggaran", None, "cianjur dkp 2015, p52: local"),
        ("Belanja Modal Pengadaan Printer", "5.2.3.12.04", "kalianget 2020, Tabel 3.1"),
        ("Belanja Modal Pengadaan Meja Tunggu", None, "kalianget 2020, Tabel 3.1: local"),
        ("Belanja perangko, meterai", "5.2.2.01.04", "kalianget 2020, Tabel 3.1: cut short"),
        ("Retribusi Ijin Mendirikan Bangunan", "4.1.2.03.01", "kalianget 2020, Tabel 3.1"),
        ("Belanja ATK", "5.2.2.01.01", "abbreviation"),
        ("Rapat Koordinasi dan Konsultasi Keluar Daerah", "X.XX.01.18", "usual spelling"),
        ("Blanja Alat Tulis Kantor", "5.2.2.01.01", "a slip in the word that says what it is"),
        ("Progam Pelayanan Administrasi Perkantoran", "X.XX.01", "a slip in the word Program"),
        ("Prog. Peningkatan Sarana dan Prasarana Aparatur", "X.XX.02", "abbreviation"),
        (
            "Belanja Pemeliharaan Komputer",
            None,
            "kalianget 2020: 5.2.2.20 is only what it is part of",
        ),
        ("Belanja Modal Peralatan dan Mesin", None, "the group of 5.2.3.27 to 5.2.3.48, no entry"),
        ("Jumlah Belanja Langsung", None, "a total is no account"),
        ("Dinas Kesehatan", None, "an office"),
        ("", None, "an empty cell"),
    ],
)
def test_names_alone(name: str, code: str | None, seen: str) -> None:
    assert codes(table((name, None))) == [code], seen


def test_the_line_above_decides_between_twins() -> None:
    read = table(
        ("Belanja Tidak Langsung", None),
        ("Belanja Pegawai", 1),
        ("Belanja Langsung", None),
        ("Belanja Pegawai", 3),
        ("Program Pelayanan Administrasi Perkantoran", 3),
        ("Penyediaan Jasa Surat Menyurat", 5),
        ("Belanja Pegawai", 6),
    )
    found = codes(read)
    assert found == ["5.1", "5.1.1", "5.2", "5.2.1", "X.XX.01", "X.XX.01.01", "5.2.1"]


def test_children_tell_what_their_parent_is() -> None:
    read = table(
        ("Belanja Pegawai", None),
        ("Gaji dan Tunjangan", 1),
        ("Tambahan Penghasilan PNS", 1),
    )
    assert codes(read) == ["5.1.1", "5.1.1.01", "5.1.1.02"]


def test_below_a_kegiatan_stands_an_account() -> None:
    read = table(
        ("Program Peningkatan Sarana dan Prasarana Aparatur", None),
        ("Pengadaan Peralatan Gedung Kantor", 1),
        ("Belanja Modal Pengadaan Komputer", 2),
    )
    (_, _, account), _ = match(read)
    assert account is not None
    assert account.code == "5.2.3.12"


def test_the_region_decides_the_branch() -> None:
    read = table(("Administrasi Keuangan Perangkat Daerah", None))
    assert codes(read, ROAD) == ["X.XX.01.2.02"]
    province = Identity("lkjip", ROAD.agency, "Provinsi Jawa Barat", 2021)
    assert codes(read, province) == ["X.XX.01.1.02"]


def test_without_a_region_the_names_that_one_branch_has_decide_it() -> None:
    read = table(
        ("Administrasi Keuangan Perangkat Daerah", None),
        ("Penyelenggaraan Jalan Kabupaten/Kota", None),
    )
    assert codes(read, Identity(year=2021)) == ["X.XX.01.2.02", "1.03.10.2.01"]


def test_an_exact_name_stands_against_a_wrong_tree() -> None:
    read = (
        table(  # renaksi 2022 of grobogan dpupr: bands that nest in the ledger, brothers in truth
            ("Penggantian Jembatan", None),
            ("Pelebaran Jembatan", 1),
            ("Rehabilitasi Jembatan", 2),
        )
    )
    found = ["1.03.10.2.01.16", "1.03.10.2.01.17", "1.03.10.2.01.18"]
    assert codes(read, ROAD) == found


def test_a_package_named_as_its_sub_kegiatan_is_no_second_one() -> None:
    read = table(  # rfk 2021 of grobogan dpupr, p4
        ("Pemeliharaan Rutin Jalan", None),
        ("4 Pemeliharaan Rutin Jalan", 1),
    )
    assert codes(read, ROAD) == ["1.03.10.2.01.11", None]


@pytest.mark.parametrize(
    "name",
    [
        "Program Pemeliharaan Sarana dan Prasarana Aparatur",  # Peningkatan is official
        "Program Peningkatan Infrastruktur Perdesaan",  # Pembangunan is official
        "Rapat-Rapat Koordinasi dan Konsultasi Dalam Daerah",  # Luar is official
    ],
)
def test_another_deed_is_another_thing(name: str) -> None:
    assert codes(table((name, None))) == [None]


def test_the_office_decides_whose_common_program() -> None:
    read = table(("Administrasi Keuangan Perangkat Daerah", None))
    council = Identity("lkjip", "Sekretariat DPRD", "Provinsi Jawa Barat", 2021)
    assert codes(read, council) == ["4.02.01.1.02"]


def test_a_printed_code_decides_between_twins() -> None:
    name = "Monitoring, Evaluasi dan Pelaporan"  # a kegiatan of 111 programs
    assert codes(table((name, None))) == [None]
    assert codes(table(line(1, name, code="1.02.15.06"))) == ["1.02.15.06"]


def test_the_year_decides_the_scheme() -> None:
    read = table(("Belanja ATK", None))
    (old,), _ = match(read, Identity(year=2020))
    (new,), _ = match(read, Identity(year=2021))
    assert old is not None
    assert new is not None
    assert (old.scheme, new.scheme) == ("permendagri13", "permendagri90")


@pytest.mark.parametrize(
    ("code", "year", "scheme"),
    [
        ("X.XX.01.2.08.0001", 2023, "permendagri90_1317"),
        ("1.03.01.2.08.01", 2023, "permendagri90"),
        ("1.03.01.2.08.01", 2025, "permendagri90"),
        (None, 2023, "permendagri90"),
        (None, 2025, "permendagri90_1317"),
    ],
)
def test_printed_codes_tell_the_nomenclature(code: str | None, year: int, scheme: str) -> None:
    read = table(line(1, "Penyediaan Jasa Surat Menyurat", code=code))
    (account,), _ = match(read, Identity(year=year, region="Kota Bogor"))
    assert account is not None
    assert account.scheme == scheme


def test_without_a_year_the_scheme_that_knows_the_names() -> None:
    names = (
        "Penatausahaan Barang Milik Daerah pada SKPD",
        "Pengadaan Mebel",
        "Penyediaan Bahan/Material",
    )
    accounts, _ = match(table(*((name, None) for name in names)), Identity(region="Kota Bogor"))
    assert {a.scheme for a in accounts if a} <= {"permendagri90", "permendagri90_1317"}


def test_central_government_has_its_own_chart() -> None:
    read = table(line(1, "Belanja Perjalanan Biasa", code="524111"))
    (account,), _ = match(read, Identity(year=2021))
    assert account is not None
    assert (account.scheme, account.code) == ("bas", "524111")


def test_no_entry_names_the_nearest_sure_ancestor() -> None:
    read = table(
        ("Program Pelayanan Administrasi Perkantoran", None),
        ("Penyediaan Jasa Pengamanan Kantor", 1),
        ("Belanja Pemeliharaan Komputer", 2),
        ("Belanja Jasa Narasumber Lokal", 2),
    )
    (_, local, of_account, of_none), _ = match(read)
    assert local == Match("permendagri13", parent="X.XX.01")
    assert of_account == Match("permendagri13", parent="5.2.2.20")
    assert of_none == Match("permendagri13", parent="X.XX.01")


def test_one_line_for_two_entries_gets_both_as_candidates() -> None:
    name = "Pemeliharaan Rutin/Berkala Peralatan dan Perlengkapan Gedung Kantor"
    amount = Amount("1.000", Decimal(1000))
    slot = Slot("anggaran")
    row = Line(1, 7, LineKind.DATA, name, name, amounts={slot: amount}, anggaran=slot)
    (account,), (issue,) = match(table(row))
    assert account is None
    assert issue.code is IssueCode.ACCOUNT_AMBIGUOUS
    assert set(issue.candidates[:2]) == {"X.XX.02.26", "X.XX.02.28"}
    assert (issue.page, issue.table, issue.row) == (7, 1, 1)
    assert issue.rupiah_at_stake == 1000


def test_a_local_kegiatan_needs_nobody_to_look() -> None:
    _, issues = match(table(("Sosialisasi Revolusi Mental Aparatur Kecamatan", None)))
    assert issues == ()


def test_totals_and_other_tables_are_left_alone() -> None:
    total = table(line(1, "Belanja Langsung", kind=LineKind.TOTAL))
    assert codes(total) == [None]
    other = table(("Belanja Langsung", None), kind=TableKind.INDICATOR)
    assert match_accounts([other], OFFICE, Settings()) == ((other,), ())


def test_own_accounts_and_aliases_come_first(tmp_path: Path) -> None:
    chart = tmp_path / "own.csv"
    chart.write_text("code,level,kind,name,parent\n5.2.2.99,4,objek,Belanja Sesajen Adat,5.2.2\n")
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("alias,scheme,code,why\nBelanja Kertas HVS,permendagri13,5.2.2.01.01,ours\n")
    settings = Settings(chart=str(chart), aliases=str(aliases))
    read = table(("Belanja Sesajen Adat", None), ("Belanja Kertas HVS", None))
    (own, alias), _ = match(read, OFFICE, settings)
    assert own is not None
    assert alias is not None
    assert (own.scheme, own.code, own.parent) == ("own", "5.2.2.99", "5.2.2")
    assert alias.code == "5.2.2.01.01"


@pytest.mark.parametrize("text", ["", "kode,nama\n1,Belanja\n", None])
def test_a_faulty_file_of_the_user_is_told(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "own.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError, match=r"own\.csv"):
        match(table(("Belanja", None)), OFFICE, Settings(chart=str(path)))


def test_parents_in_a_circle_or_missing_do_no_harm() -> None:
    read = table(("Belanja Langsung", 2), ("Belanja Pegawai", 1), ("Belanja Modal", 99))
    assert codes(read)[0] == "5.2"
