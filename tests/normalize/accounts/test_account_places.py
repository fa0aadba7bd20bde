"""Lines whose place in the tree only the chart of accounts knows."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.normalize.accounts.match import match_accounts
from lkjip.normalize.accounts.places import with_places
from lkjip.normalize.ledger import prove_all
from lkjip.normalize.numbers import parse_money
from lkjip.records import (
    NOWHERE,
    Identity,
    Line,
    LineKind,
    ReadTable,
    Slot,
    Table,
    TableKind,
)
from lkjip.settings import Settings

OFFICE = Identity("triwulan", "Kecamatan Ciputat Timur", "Kota Tangerang Selatan", 2023)
SPENT = Slot("realisasi", "triwulan_1")
QUARTER = (  # kewilayahan 2023, pages 4 and 5: nothing spent but by one kegiatan
    ("PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN / KOTA", "1.893.851.588", None),
    ("Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah", "-", 1),
    ("Penyusunan Dokumen Perencanaan Perangkat Daerah", "-", 2),
    ("Evaluasi Kinerja Perangkat Daerah", "-", 2),
    ("Administrasi Keuangan Perangkat Daerah", "1.893.851.588", 1),
    ("Penyediaan Gaji dan Tunjangan ASN", "1.890.127.588", 5),
    ("Penyediaan Administrasi Pelaksanaan Tugas ASN", "3.724.000", 5),
    ("Administrasi Kepegawaian Perangkat Daerah", "-", 1),
    ("Monitoring, Evaluasi, dan Penilaian Kinerja Pegawai", "-", 8),
)


def table(rows: Sequence[tuple[str, str, int | None]], codes: Sequence[str] = ()) -> ReadTable:
    lines = tuple(
        Line(
            row,
            1,
            LineKind.DATA,
            name,
            name,
            code=codes[row - 1] if codes else None,
            amounts={SPENT: parse_money(spent)},
        )
        for row, (name, spent, _) in enumerate(rows, start=1)
    )
    printed = Table((1,), NOWHERE, len(rows), 2, (), "ruled")
    return ReadTable(1, printed, TableKind.BUDGET, (), lines=lines)


def grown(read: ReadTable) -> ReadTable:
    """The table with its tree and accounts."""
    proven, _ = prove_all([read])
    (matched,), _ = match_accounts(proven, OFFICE, Settings())
    return matched


def parents(read: ReadTable) -> list[int | None]:
    return [line.parent for line in read.lines]


def test_lines_without_amounts_hang_where_the_chart_has_them() -> None:
    read = table(QUARTER)
    placed = with_places([read], [grown(read)])
    assert placed is not None
    again = grown(placed[0])
    assert parents(again) == [parent for _, _, parent in QUARTER]
    assert with_places(placed, [again]) is None


def test_a_tree_that_the_chart_agrees_with_stays() -> None:
    rows = [row for row in QUARTER if row[1] != "-"]
    read = table(rows)
    assert parents(grown(read)) == [None, 1, 2, 2]
    assert with_places([read], [grown(read)]) is None


def test_printed_codes_count_more_than_names() -> None:
    codes = [f"1.{row}" for row in range(1, len(QUARTER) + 1)]
    read = table(QUARTER, codes)
    assert with_places([read], [grown(read)]) is None


def test_accounts_of_belanja_place_nothing() -> None:
    read = table((("Belanja Pegawai", "-", None), ("Belanja Modal", "-", None)))
    assert with_places([read], [grown(read)]) is None
