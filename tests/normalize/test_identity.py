"""Who reports on what: names of offices, regions, years; agreement of places; contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lkjip.issues import IssueCode
from lkjip.normalize.identity.identify import identify
from lkjip.normalize.identity.office_columns import with_agencies
from lkjip.normalize.identity.offices import find_offices
from lkjip.normalize.identity.places import Passage, Place, close_spacing
from lkjip.normalize.identity.regions import find_regions
from lkjip.normalize.identity.years import find_years
from lkjip.records import (
    Box,
    Cell,
    Column,
    Identity,
    Line,
    LineKind,
    Page,
    PageKind,
    ReadTable,
    Role,
    Table,
    TableKind,
    TextLine,
)


def line(text: str, y: float, bold: bool = False) -> TextLine:
    return TextLine(text, Box(72, y, min(540, 72 + 6 * len(text)), y + 11), bold)


def page(
    number: int,
    body: Sequence[str] = (),
    header: str = "",
    footer: str = "",
    tables: tuple[Table, ...] = (),
) -> Page:
    lines = [line(header, 30)] if header else []
    lines += [line(text, 200 + 16 * i) for i, text in enumerate(body)]
    lines += [line(footer, 800)] if footer else []
    return Page(number, 595, 842, PageKind.TYPED, tuple(lines), tables)


def cover(*texts: str) -> Page:
    lines = [line(text, 150 + 30 * i, bold=True) for i, text in enumerate(texts)]
    return Page(1, 595, 842, PageKind.TYPED, tuple(lines))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dinas Kesehatan Provinsi Jawa Barat tahun 2016", ["Dinas Kesehatan"]),
        (  # bp3akb 2016, p1: broken over lines of a cover
            "BADAN PEMBERDAYAAN PEREMPUAN,\nPERLINDUNGAN ANAK DAN KELUARGA BERENCANA\n"
            "(LKIP BP3AKB)",
            ["Badan Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana", "BP3AKB"],
        ),
        (
            "pada Dinas Koperasi dan Usaha Mikro, Kecil dan Menengah mendapat",
            ["Dinas Koperasi dan Usaha Mikro, Kecil dan Menengah"],
        ),
        ("Biro Organisasi Sekretariat Daerah Provinsi", ["Biro Organisasi Sekretariat Daerah"]),
        # inspektorat 2016: letter-spaced region behind the name
        ("INSPEKTORAT P R O V I N S I J A W A B A R A T", ["Inspektorat"]),
        # binamarga 2016: the whole footer letter-spaced
        ("D i n a s B i n a M a r g a P r o v i n s i J a w a B a r a t", ["Dinas Bina Marga"]),
        ("LKIP BPLHD Provinsi Jawa Barat 2016", ["BPLHD"]),
        ("Kec. Ciputat Timur", ["Kecamatan Ciputat Timur"]),
        ("KECAMATAN KALIANGET\nTAHUN 2020", ["Kecamatan Kalianget"]),
        ("SATUAN POLISI PAMONG PRAJA KABUPATEN BLORA", ["Satuan Polisi Pamong Praja"]),
        ("RSUD DR. SOETOMO TAHUN 2021", ["RSUD dr. Soetomo"]),
        ("RUMAH SAKIT JIWA PROVINSI JAWA BARAT", ["Rumah Sakit Jiwa"]),
        ("RSUD KOTA BANDUNG TAHUN 2020", ["RSUD Kota Bandung"]),
        (
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan "
            "Keluarga Berencana Kota Batu",
            [
                "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan "
                "Keluarga Berencana"
            ],
        ),
        ("RSUD dr. Moewardi Provinsi Jawa Tengah", ["RSUD dr. Moewardi"]),
        ("Dinas Pendapatan dan Badan Kepegawaian", ["Dinas Pendapatan", "Badan Kepegawaian"]),
        ("perjalanan dinas badan, Dinas Provinsi dan dinas terkait", []),
        ("Kepala Dinas mempunyai tugas", []),
    ],
)
def test_names_offices(text: str, names: list[str]) -> None:
    assert [office.name for office in find_offices(text)] == names


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("PEMERINTAH KABUPATEN SUMENEP", ["Kabupaten Sumenep"]),
        ("Prov. Jawa Barat", ["Provinsi Jawa Barat"]),
        ("PROVINSIJAWABARAT", ["Provinsi Jawa Barat"]),
        ("Propinsi  Kepulauan Riau dan Kab. Bandung Barat",
         ["Provinsi Kepulauan Riau", "Kabupaten Bandung Barat"]),
        ("Kota Tangerang Selatan", ["Kota Tangerang Selatan"]),
        ("Prov. Jabar, Provinsi D.I. Yogyakarta",
         ["Provinsi Jawa Barat", "Provinsi Daerah Istimewa Yogyakarta"]),
        ("Kota Administrasi Jakarta Barat", ["Kota Jakarta Barat"]),
        ("Kabupaten/Kota, Kota Layak Anak, Provinsi Jawa", []),
    ],
)  # fmt: skip
def test_names_regions(text: str, regions: list[str]) -> None:
    assert [str(region) for region in find_regions(text)] == regions


@pytest.mark.parametrize(
    ("place", "text", "years"),
    [
        (Place.COVER, "LAPORAN KINERJA\nTAHUN 2016\nJANUARI 2017", [2016]),  # bp3akb 2016, p1
        (Place.RUNNING, "Laporan Kinerja Instansi Pemerintah Tahun 201637", [2016]),  # diskanlaut
        (Place.RUNNING, "LKIP T A H U N 2 0 1 6", [2016]),  # inspektorat
        (Place.RUNNING, "LKIP Tahun 201 6 Badan Kesbangpol Prov. Jawa Barat 30", [2016]),
        (Place.TITLE, "Tabel 3.1 Realisasi Pelaksanaan Anggaran 2019", [2019]),
        (Place.PROSE, "Renstra 2013-2018 dan Peraturan Nomor 9 Tahun 2008 tentang", []),
        (Place.PROSE, "Purwodadi, 18 Januari 2022", []),
        (Place.PROSE, "Bulan : Desember 2021", [2021]),  # rfk 2021, p1
        (Place.TITLE, "LAPORAN REALISASI PER 31 DESEMBER 2021", [2021]),
        (Place.TITLE, "Keadaan s/d Bulan Juni 2022", [2022]),
        (Place.TITLE, "TAHUN ANGGARAN : 2020", [2020]),
        (Place.PROSE, "sebanyak 2016 orang", []),
        (Place.PROSE, "Tahun Anggaran 2020 sampai dengan 31 Desember 2019", [2019, 2020]),
        (Place.PROSE, "RPJMD Kabupaten Tahun 2021 - 2026", []),
    ],
)
def test_finds_the_years_that_may_be_reported_on(place: Place, text: str, years: list[int]) -> None:
    assert [said.year for said in find_years(Passage(place, 1, text))] == years


def test_letter_spacing_is_closed_and_words_are_left_alone() -> None:
    assert close_spacing("LKIP T A H U N 2 0 1 6") == "LKIP TAHUN2016"
    assert close_spacing("Tabel 2 a b dan c") == "Tabel 2 a b dan c"


def test_cover_headers_and_text_agree() -> None:
    pages = [
        cover(
            "LAPORAN KINERJA INSTANSI PEMERINTAH",
            "(LKjIP)",
            "DINAS LINGKUNGAN HIDUP",
            "KABUPATEN WONOSOBO",
            "TAHUN 2019",
            "FEBRUARI 2020",
        ),
        *(page(n, ["Isi laporan."], header=f"LKjIP DLH Tahun 2019 | {n}") for n in range(2, 6)),
    ]
    identity, issues = identify(pages, "laporan.pdf")
    assert identity == Identity("lkjip", "Dinas Lingkungan Hidup", "Kabupaten Wonosobo", 2019)
    assert not issues


def test_a_chapter_without_cover_is_told_by_its_text() -> None:
    prose = [
        "BAB III",
        "AKUNTABILITAS KINERJA",
        "Capaian kinerja Sekretariat DPRD Kota Salatiga Tahun 2022 disajikan",
        "sebagai berikut. Sekretariat DPRD Kota Salatiga memperoleh anggaran",
        "pada tahun 2022 menurut Perjanjian Kinerja Tahun 2022.",
    ]
    identity, _ = identify([page(1, prose), page(2, prose), page(3, prose)], "bab3.pdf")
    assert identity == Identity("lkjip", "Sekretariat DPRD", "Kota Salatiga", 2022)


def test_a_bagian_reports_for_itself_not_for_its_sekretariat() -> None:
    pages = [
        cover(
            "LAPORAN KINERJA",
            "BAGIAN ORGANISASI",
            "SEKRETARIAT DAERAH",
            "KABUPATEN DEMAK",
            "TAHUN 2021",
        )
    ]
    identity, _ = identify(pages, "x.pdf")
    name = "Bagian Organisasi Sekretariat Daerah"
    assert identity == Identity("lkjip", name, "Kabupaten Demak", 2021)


def test_nothing_is_claimed_from_a_file_name() -> None:
    pages = [page(n, ["Uraian kegiatan dan hasilnya."]) for n in range(1, 4)]
    identity, _ = identify(pages, "lkjip2021-kabupaten-sumenep-dinkes.pdf")
    assert (identity.agency, identity.region, identity.year) == (None, None, None)


def test_a_list_of_other_offices_does_not_outweigh_the_footer() -> None:
    others = ["Dinas Sosial", "Dinas Perhubungan", "Badan Kepegawaian Daerah", "Dinas Pariwisata"]
    footer = "LKIP Inspektorat Provinsi Banten Tahun 2018"
    pages = [page(n, others if n == 2 else ["Isi."], footer=footer) for n in range(1, 6)]
    identity, _ = identify(pages, "x.pdf")
    assert identity == Identity("lkjip", "Inspektorat", "Provinsi Banten", 2018)


def test_a_footer_that_ocr_reads_differently_on_each_page_is_one() -> None:
    """psda 2016, a scan: the footer as read on five of its pages."""
    footers = (
        "1KIP Dnas PS1)A Provinsi Jawva Harat Tanm 2016 II - 12",
        "LK1P Dinas PSD Provins hpwa Barar Tahun 2016 I-13",
        "1KJP Dnas PSIA Provmn Jawu Borat Tahun 2016 [I - 14",
        "LKIP 1hnar PSDA Provmst Jawa Harat Fahmn 2016 III - 2",
        "1.K1! Dinas PSD,1 Provinsi Jnwa Baror Iatur 2010 1-5",
    )
    text = [
        "Perjanjian Kinerja tahun 2016 Dinas Pengelolaan Sumber Daya Air Provinsi Jawa Barat",
        "yang telah ditetapkan adalah sebagai berikut :",
    ]
    pages = [
        replace(page(n, text, footer=footer), kind=PageKind.SCANNED)
        for n, footer in enumerate(footers, start=1)
    ]
    identity, issues = identify(pages, "scan.pdf")
    name, region = "Dinas Pengelolaan Sumber Daya Air", "Provinsi Jawa Barat"
    assert identity == Identity("lkjip", name, region, 2016)
    assert not issues


def test_titles_of_another_year_are_an_issue() -> None:
    pages = [
        cover("LAPORAN KINERJA", "KECAMATAN KALIANGET", "KABUPATEN SUMENEP", "TAHUN 2020"),
        page(2, ["Tabel 3.1", "Realisasi Pelaksanaan Anggaran 2019", "Kecamatan Kalianget"]),
    ]
    identity, (issue,) = identify(pages, "x.pdf")
    assert identity.year == 2020
    assert issue.code is IssueCode.IDENTITY_CONTRADICTION
    assert issue.page == 2
    assert issue.candidates == ("2020", "2019")


def test_a_comparison_of_two_years_is_none() -> None:
    pages = [
        cover("LAPORAN KINERJA", "DINAS SOSIAL", "KOTA BATU", "TAHUN 2020"),
        page(2, ["Tabel 3.2 Perbandingan Realisasi Kinerja Tahun 2019 dan Tahun 2020"]),
    ]
    assert identify(pages, "x.pdf")[1] == ()


def test_what_another_office_left_in_a_template_is_an_issue() -> None:
    """kalianget 2020, Bab I: the seed names the office whose report it was copied from."""
    pages = [
        cover("LAPORAN KINERJA", "KECAMATAN KALIANGET", "KABUPATEN SUMENEP", "TAHUN 2020"),
        page(
            2,
            [
                "Laporan ini disusun dengan tujuan untuk mengevaluasi hasil kerja dari Dinas",
                "Kepemudaan dan Keolahragaan Provinsi Jawa Timur dalam 1 tahun.",
            ],
        ),
    ]
    identity, (issue,) = identify(pages, "x.pdf")
    assert identity.agency == "Kecamatan Kalianget"
    assert issue.evidence["agency"] == "Dinas Kepemudaan dan Keolahragaan"


def office_table(number: int, offices: Sequence[str], header: bool) -> Table:
    texts = [("Kegiatan", "Perangkat Daerah Penanggung Jawab")] if header else []
    texts += [(f"Kegiatan {i}", office) for i, office in enumerate(offices)]
    cells = [
        Cell(
            row, column, Box(72 + 200 * column, 100 + 20 * row, 270 + 200 * column, 118 + 20 * row),
            (TextLine(text, Box(80 + 200 * column, 104 + 20 * row, 260, 115 + 20 * row)),),
            page=number,
        )
        for row, pair in enumerate(texts)
        for column, text in enumerate(pair)
    ]  # fmt: skip
    return Table((number,), Box(72, 100, 472, 700), len(texts), 2, tuple(cells), "ruled")


def test_several_offices_in_one_file_are_joined() -> None:
    """triwulan 2023, kewilayahan: the last column names the kecamatan, headed on page 1 only."""
    pages = [
        page(1, tables=(office_table(1, ["Kec. Ciputat"] * 8, header=True),)),
        page(2, tables=(office_table(2, ["Kec. Ciputat"] * 3 + ["Kec. Pamulang"] * 6, False),)),
    ]
    identity, _ = identify(pages, "x.pdf")
    assert identity.agency == "Kecamatan Ciputat + Kecamatan Pamulang"
    assert identity.region is None


def test_rows_belong_to_the_office_that_their_column_names() -> None:
    column = Column(1, ("Perangkat Daerah", "Penanggung Jawab"), Role.OTHER)
    key = "Perangkat Daerah > Penanggung Jawab"
    lines = tuple(
        Line(row, 1, LineKind.DATA, "Rapat", "Rapat", other={key: office} if office else {})
        for row, office in enumerate(["Kec. Ciputat", "Kec. Pamulang", ""], start=1)
    )
    table = office_table(1, [], header=True)
    read = ReadTable(1, table, TableKind.BUDGET, (column,), 1, lines)
    (joined,) = with_agencies([read], Identity(agency="Kecamatan Ciputat + Kecamatan Pamulang"))
    assert [line.agency for line in joined.lines] == [
        "Kecamatan Ciputat",
        "Kecamatan Pamulang",
        None,
    ]


def test_an_empty_document_has_no_identity() -> None:
    assert identify([], "x.pdf") == (Identity(), ())
