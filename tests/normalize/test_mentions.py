"""Amounts in running text: measure, name, percentage, words, and the line they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap

import pytest

from fixtures import truth
from lkjip.issues import Issue, IssueCode
from lkjip.normalize.mentions.find import find_mentions
from lkjip.records import (
    Amount,
    Box,
    Cell,
    Line,
    LineKind,
    Mention,
    Page,
    PageKind,
    ReadTable,
    Slot,
    Source,
    Table,
    TableKind,
    TextLine,
)

WIDTH = 70  # characters of a printed line


def page_of(paragraphs: Sequence[str], number: int = 1) -> Page:
    """A page with ragged text: one printed line every 14 points, a gap between paragraphs."""
    lines, y = [], 150.0
    for paragraph in paragraphs:
        for text in wrap(paragraph, WIDTH):
            lines.append(TextLine(text, Box(72, y, 72 + 6.2 * len(text), y + 11)))
            y += 14
        y += 20
    return Page(number, 595, max(842, y + 150), PageKind.TYPED, tuple(lines))


def amount(raw: str) -> Amount | None:
    return Amount(raw, Decimal(raw), Source.PARSED) if raw else None


def budget(rows: Sequence[tuple[int, str, str, str, str]], number: int = 1) -> ReadTable:
    """A budget table: (row, name, anggaran, realisasi, capaian)."""
    slots = [Slot(measure) for measure in ("anggaran", "realisasi", "capaian")]
    lines = []
    for row, name, *raws in rows:
        read = {slot: amount(raw) for slot, raw in zip(slots, raws, strict=True)}
        amounts = {slot: value for slot, value in read.items() if value is not None}
        lines.append(Line(row, 9, LineKind.DATA, name, name, None, None, amounts, *slots))
    table = Table((9,), Box(0, 0, 500, 800), len(lines), 5, (), "ruled")
    return ReadTable(number, table, TableKind.BUDGET, (), 1, tuple(lines))


def facts(text: str) -> list[tuple[str | None, str, int | None, str | None]]:
    found, _ = find_mentions([page_of(text.split("\n"))], [])
    return [
        (
            m.name,
            m.measure,
            None if m.value is None else int(m.value),
            None if m.percent is None else str(m.percent),
        )
        for m in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # kalianget 2020, Bab III
            "a) Penyediaan jasa surat menyurat sebesar Rp. 11.099.000,- terealisasi sebesar "
            "Rp. 11.099.000 (100,00%),",
            [
                ("Penyediaan jasa surat menyurat", "anggaran", 11_099_000, None),
                ("Penyediaan jasa surat menyurat", "realisasi", 11_099_000, "100.00"),
            ],
        ),
        (  # kalianget 2020: no cue before the first, a misspelt one before the second
            "Peningkatan Pelayanan Publik Rp. 79.625.000,- terrealisasi Rp. 79.000.000,-",
            [
                ("Peningkatan Pelayanan Publik", "anggaran", 79_625_000, None),
                ("Peningkatan Pelayanan Publik", "realisasi", 79_000_000, None),
            ],
        ),
        (  # binamarga 2016, p33: the percentage of money, not the physical one
            "Kegiatan Pengawasan dan Pemanfaatan Jalan dengan alokasi anggaran sebesar Rp. "
            "229.668.000,00 realisasi anggaran sebesar Rp. 227.021.823,00 atau 98,85% realisasi "
            "fisik 100%.",
            [
                ("Pengawasan dan Pemanfaatan Jalan", "anggaran", 229_668_000, None),
                ("Pengawasan dan Pemanfaatan Jalan", "realisasi", 227_021_823, "98.85"),
            ],
        ),
        (  # kesbangpol 2016, p30: the name in the sentence before
            "9. Kegiatan Pemantapan Ideologi Bangsa. Jumlah anggaran yang dialokasikan untuk "
            "pelaksanaan kegiatan ini sebesar Rp. 419.940.000,00, dan realisasi anggaran sebesar "
            "Rp. 416.940.000,00 dengan Output Kegiatan meningkatnya pemahaman.",
            [
                ("Pemantapan Ideologi Bangsa", "anggaran", 419_940_000, None),
                ("Pemantapan Ideologi Bangsa", "realisasi", 416_940_000, None),
            ],
        ),
        (  # bp3akb 2016, p3: English marks, two subjects in a row, a sum of all
            "Dalam kinerja keuangan, alokasi Belanja Langsung sebesar Rp.45,381,466,800.00 "
            "terealisasi sebesar Rp.41,865,825,758.00 atau 92.08%. Dengan demikian dari total "
            "alokasi anggaran tahun 2016 sebesar Rp.54,419,466,800.00 terealisasi sebesar "
            "Rp.52,099,556,264.00 atau 92.34%.",
            [
                ("Belanja Langsung", "anggaran", 45_381_466_800, None),
                ("Belanja Langsung", "realisasi", 41_865_825_758, "92.08"),
                (None, "anggaran", 54_419_466_800, None),
                (None, "realisasi", 52_099_556_264, "92.34"),
            ],
        ),
        (  # bp3akb 2016, p36: "program ini", and its own total
            "Sasaran dijabarkan melalui satu program yaitu Program Peningkatan Kualitas Hidup. "
            "Total anggaran untuk program ini sebesar Rp.15,826,297,300.00.",
            [("Program Peningkatan Kualitas Hidup", "anggaran", 15_826_297_300, None)],
        ),
        (  # bp3akb 2016, p27: a plural points back to nothing single
            "Program Pendewasaan Usia Perkawinan alokasi Rp.900,000,000.00. Total alokasi untuk "
            "keempat program ini sebesar Rp.13,818,939,500.00.",
            [
                ("Program Pendewasaan Usia Perkawinan", "anggaran", 900_000_000, None),
                (None, "anggaran", 13_818_939_500, None),
            ],
        ),
        (  # dinkes 2016, p87: an abbreviation ends no sentence; who gets it is no name
            "a) Dana Alokasi Khusus Bidang Kesehatan Sub Bid. Pelayanan Dasar Tahun Anggaran 2016 "
            "sebesar Rp. 487.393.140.000,- untuk 22 Kabupaten/Kota",
            [
                (
                    "Dana Alokasi Khusus Bidang Kesehatan Sub Bid. Pelayanan Dasar",
                    "anggaran",
                    487_393_140_000,
                    None,
                )
            ],
        ),
        (  # heading above, bare sentence below
            "1. Program Penataan Administrasi Kependudukan\n"
            "Dengan pagu anggaran sebesar Rp 1.032.525.000,- dan realisasi Rp 1.000.000.000,-.",
            [
                ("Program Penataan Administrasi Kependudukan", "anggaran", 1_032_525_000, None),
                ("Program Penataan Administrasi Kependudukan", "realisasi", 1_000_000_000, None),
            ],
        ),
        (  # a rounded amount, and what is left over
            "Belanja Modal dianggarkan Rp 2,67 milyar, terserap Rp 2,5 milyar, sisa anggaran "
            "sebesar Rp 170 juta.",
            [
                ("Belanja Modal", "anggaran", 2_670_000_000, None),
                ("Belanja Modal", "realisasi", 2_500_000_000, None),
                ("Belanja Modal", "sisa", 170_000_000, None),
            ],
        ),
        # dpmdesa 2016, p17, and cianjur 2015, p22: half of a damaged number would be a wrong one
        ("b. Bantuan Keuangan Rp 2.400.,000,000,-", [("Bantuan Keuangan", "anggaran", None, None)]),
        ("Jumlah Anggaran Wajib : Rp. 10.924024.550,-", [(None, "anggaran", None, None)]),
        ("Retribusi sampah Rp. 15,- per kg dan 4.485.654 jiwa penduduk", []),
        # dinkes 2016, p88: groups of three read one way, whatever stands between them
        (
            "Pengendalian Kusta, sebesar Rp. 581.985.000,- dengan realisasi Rp. 503,753.650,-",
            [
                ("Pengendalian Kusta", "anggaran", 581_985_000, None),
                ("Pengendalian Kusta", "realisasi", 503_753_650, None),
            ],
        ),
        # invented forms
        (
            "Pagu Sub Kegiatan Penyusunan Dokumen Perencanaan adalah sebesar Rp12.500.000 dan "
            "sampai akhir tahun telah digunakan Rp12.250.000 (98 persen).",
            [
                ("Penyusunan Dokumen Perencanaan", "anggaran", 12_500_000, None),
                ("Penyusunan Dokumen Perencanaan", "realisasi", 12_250_000, "98"),
            ],
        ),
        (
            "Realisasi Program Pelayanan Perkantoran mencapai Rp 95.000.000,- atau 95,00% dari "
            "pagu sebesar Rp 100.000.000,-",
            [
                ("Program Pelayanan Perkantoran", "realisasi", 95_000_000, "95.00"),
                ("Program Pelayanan Perkantoran", "anggaran", 100_000_000, None),
            ],
        ),
        (
            "Realisasi belanja langsung sampai dengan akhir Desember 2020 sebesar "
            "Rp1.234.567.890,00 atau 91,23% dari anggaran Rp1.353.247.715,00.",
            [
                ("belanja langsung", "realisasi", 1_234_567_890, "91.23"),
                ("belanja langsung", "anggaran", 1_353_247_715, None),
            ],
        ),
        (
            "Belanja Pegawai Rp. 9.000.000.000,00 terealisasi Rp. 8.900.000.000,00 atau 98,89% dan "
            "Belanja Barang dan Jasa Rp. 3.000.000.000,00 terealisasi Rp. 2.700.000.000,00.",
            [
                ("Belanja Pegawai", "anggaran", 9_000_000_000, None),
                ("Belanja Pegawai", "realisasi", 8_900_000_000, "98.89"),
                ("Belanja Barang dan Jasa", "anggaran", 3_000_000_000, None),
                ("Belanja Barang dan Jasa", "realisasi", 2_700_000_000, None),
            ],
        ),
        (  # labels under a heading
            "1. Kegiatan Rehabilitasi Gedung\nAnggaran : Rp. 200.000.000,-\n"
            "Realisasi : Rp. 198.500.000,- (99,25%)",
            [
                ("Rehabilitasi Gedung", "anggaran", 200_000_000, None),
                ("Rehabilitasi Gedung", "realisasi", 198_500_000, "99.25"),
            ],
        ),
        (
            "Pendapatan retribusi ditargetkan sebesar Rp. 500.000.000,- terealisasi "
            "Rp. 525.000.000,- atau 105,00%.",
            [
                ("Pendapatan retribusi", "target", 500_000_000, None),
                ("Pendapatan retribusi", "realisasi", 525_000_000, "105.00"),
            ],
        ),
        # what is no budget has no measure of one
        (
            "Nilai investasi PMA mencapai Rp 12,5 triliun pada tahun 2020.",
            [("Nilai investasi PMA", "other", 12_500_000_000_000, None)],
        ),
        (
            "Kegiatan Sosialisasi (Rp. 45.000.000,-) telah dilaksanakan.",
            [("Sosialisasi", "anggaran", 45_000_000, None)],
        ),
    ],
)
def test_reads_statements(
    text: str, expected: list[tuple[str | None, str, int | None, str | None]]
) -> None:
    assert facts(text) == expected


def test_a_sentence_over_a_page_break_is_one() -> None:
    pages = [
        page_of(["Kegiatan Kesejahteraan Aparatur dengan anggaran sebesar Rp."], 1),
        page_of(["670.950.000,00 dan realisasi sebesar Rp. 358.925.500,00."], 2),
    ]
    found, _ = find_mentions(pages, [])
    assert [(m.page, m.name, m.value) for m in found] == [
        (2, "Kesejahteraan Aparatur", Decimal("670950000.00")),
        (2, "Kesejahteraan Aparatur", Decimal("358925500.00")),
    ]


def test_words_that_contradict_the_digits_are_an_issue() -> None:
    text = "Alokasi dana sebesar Rp. 1.200.000,- (satu juta tiga ratus ribu rupiah) disediakan."
    (mention,), (issue,) = find_mentions([page_of([text])], [])
    assert (mention.value, mention.words_value) == (1_200_000, 1_300_000)
    assert issue.code is IssueCode.WORDS_MISMATCH
    assert issue.candidates == (1_200_000, 1_300_000)


def test_a_percentage_that_does_not_follow_is_an_issue() -> None:
    text = "Belanja Langsung sebesar Rp. 1.000.000,- terealisasi Rp. 900.000,- (95,00%)"
    _, (issue,) = find_mentions([page_of([text])], [])
    assert issue.code is IssueCode.MENTION_MISMATCH
    assert "90.00" in issue.message


def test_of_similar_names_the_telling_word_decides() -> None:
    table = budget(
        [
            (1, "Pemeliharaan Jalan di Wilayah Pelayanan I", "500000000", "490000000", "98"),
            (2, "Pemeliharaan Jalan di Wilayah Pelayanan II", "700000000", "690000000", "98.57"),
        ]
    )
    text = (
        "Kegiatan Pemeliharaan Jalan di Wilayah Pelayanan II dengan anggaran sebesar "
        "Rp. 500.000.000,-"
    )
    (mention,), (issue,) = find_mentions([page_of([text])], [table])
    assert (mention.line, mention.agrees) == ((1, 2), False)
    assert issue.candidates == (700_000_000, 500_000_000)


def test_of_lines_of_one_name_the_one_with_the_amounts_is_meant() -> None:
    table = budget(
        [
            (1, "Belanja Alat Tulis Kantor", "810000", "810000", "100"),
            (2, "Belanja Alat Tulis Kantor", "1170000", "1170000", "100"),
        ]
    )
    text = "Belanja Alat Tulis Kantor sebesar Rp. 1.170.000,-"
    (mention,), _ = find_mentions([page_of([text])], [table])
    assert (mention.line, mention.agrees) == ((1, 2), True)


def test_a_line_that_has_realisasi_goes_before_one_of_a_plan() -> None:
    """kalianget 2020: Tabel 4.4 has the name to the letter, Tabel 3.1 the realisasi."""
    plan = budget([(1, "Penyediaan jasa komunikasi", "13800000", "", "")])
    done = budget([(4, "Penyediaan Jasa Komunikasi, Air", "13800000", "10306007", "74.68")], 2)
    text = (
        "Penyediaan jasa komunikasi sebesar Rp. 13.800.000,- terealisasi Rp. 13.800.000,- (74.68%)"
    )
    found, _ = find_mentions([page_of([text])], [plan, done])
    assert [(mention.line, mention.agrees) for mention in found] == [
        ((2, 4), True),
        ((2, 4), False),
    ]


def test_a_heading_that_runs_into_its_sentence_is_named_once() -> None:
    text = (
        "9) Peningkatan Kapasitas Aparatur dan Ketertiban Umum Peningkatan Kapasitas Aparatur Dan "
        "Ketertiban Umum sebesar Rp. 68.530.000,- terealisasi Rp. 68.530.000,- (100%)"
    )
    assert {name for name, *_ in facts(text)} == {
        "Peningkatan Kapasitas Aparatur Dan Ketertiban Umum"
    }


def test_tidak_langsung_is_not_langsung() -> None:
    """kesbangpol 2016, p25: the table has Belanja Tidak Langsung only."""
    table = budget([(1, "Belanja Tidak Langsung", "9761548039", "9432190995", "96.63")])
    text = "Belanja Langsung sebesar Rp. 14.513.515.000,00."
    (mention,), issues = find_mentions([page_of([text])], [table])
    assert (mention.line, issues) == (None, ())


def test_lost_zeros_are_a_contradiction_another_size_is_another_thing() -> None:
    """bp3akb 2016, p27: Rp.1,688,000.00 for 1,688,000,000; dinkes 2016, p87: APBN beside APBD."""
    table = budget(
        [
            (1, "Perlindungan Anak", "1688000000", "", ""),
            (2, "Program Pembinaan Kesehatan Masyarakat", "403900000", "", ""),
        ]
    )
    texts = [
        "4) Perlindungan Anak dengan alokasi biaya sebesar Rp.1.688.000,00",
        "c) Program Pembinaan Kesehatan Masyarakat, sebesar Rp. 41.814.414.000,-",
    ]
    found, (issue,) = find_mentions([page_of(texts)], [table])
    assert [(mention.line, mention.agrees) for mention in found] == [((1, 1), False), (None, None)]
    assert issue.row == 1


def test_unlike_names_are_not_joined() -> None:
    table = budget([(1, "Belanja Modal Kipas Angin", "1000000", "1000000", "100")])
    text = "Program Pelayanan Administrasi sebesar Rp. 241.895.000,- terealisasi Rp. 238.201.007,-"
    found, issues = find_mentions([page_of([text])], [table])
    assert [mention.line for mention in found] == [None, None]
    assert not issues


NARRATIVE = truth.rows("narasi.mentions")  # eleven programs, eight lettered items
Reading = tuple[tuple[Mention, ...], tuple[Issue, ...]]


@pytest.fixture(scope="module")
def kalianget() -> Reading:
    lines = [
        (int(row["row"]), row["name"], row["anggaran"], row["realisasi"], row["capaian"])
        for row in truth.load("tabel-3-1").lines
    ]
    pages = [page_of([row["text"] for row in truth.rows("narasi")])]
    return find_mentions(pages, [budget(lines)])


def test_kalianget_narrative_every_amount_is_found_and_named(kalianget: Reading) -> None:
    assert [(m.name, m.measure, str(m.value and int(m.value))) for m in kalianget[0]] == [
        (row["name"] or None, row["measure"], row["value"]) for row in NARRATIVE
    ]


def test_kalianget_narrative_every_amount_is_joined_to_its_line(kalianget: Reading) -> None:
    assert [(m.name, m.line and m.line[1], m.agrees) for m in kalianget[0]] == [
        (row["name"] or None, int(row["line"]), row["agrees"] == "true") for row in NARRATIVE
    ]


def test_kalianget_narrative_every_contradiction_gives_both_figures(kalianget: Reading) -> None:
    wrong = [row["value"] for row in NARRATIVE if row["agrees"] == "false"]
    told = [i for i in kalianget[1] if i.code is IssueCode.MENTION_MISMATCH and i.table]
    assert sorted(issue.evidence["text"].partition(".")[0] for issue in told) == sorted(wrong)


def test_kalianget_narrative_the_percentage_tells_which_figure_fits(kalianget: Reading) -> None:
    (issue,) = (i for i in kalianget[1] if i.evidence.get("table") == "10306007")
    assert issue.candidates == (10_306_007, 13_800_000)
    assert "74.68 % fits the table" in issue.message


def test_sentences_in_a_table_are_read_cell_by_cell() -> None:
    """cianjur 2015, p46: the page's lines run over both columns, its cells do not."""
    texts = [
        "No",
        "Analisis penyebab keberhasilan",
        "1",
        "Kegiatan Pengadaan Truk dengan anggaran sebesar Rp. 500.000.000,- telah selesai.",
    ]
    boxes = [Box(72 + 60 * (i % 2), 100 + 40 * (i // 2), 130 + 300 * (i % 2), 130 + 40 * (i // 2))
             for i in range(4)]  # fmt: skip
    cells = tuple(
        Cell(i // 2, i % 2, box, (TextLine(text, box),))
        for i, (text, box) in enumerate(zip(texts, boxes, strict=True))
    )
    table = Table((1,), Box(72, 100, 430, 170), 2, 2, cells, "ruled")
    rows = (TextLine("1 Kegiatan Pengadaan Truk dengan Rp. 500.000.000,- lain", boxes[3]),)
    page = Page(1, 595, 842, PageKind.TYPED, rows, (table,))
    (mention,), _ = find_mentions([page], [ReadTable(1, table, TableKind.OTHER, ())])
    assert (mention.name, mention.measure) == ("Pengadaan Truk", "anggaran")
