"""What one printed unit is worth, from titles and headings."""

from __future__ import annotations

import pytest

from lkjip.normalize.content import Span
from lkjip.normalize.units import unit_in, units_of
from lkjip.records import Column, Role


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Realisasi Anggaran (dalam ribuan rupiah)", 1_000),
        ("Realisasi Anggaran (Rp. 000)", 1_000),
        ("Anggaran (Rp. 000,-)", 1_000),
        ("Pagu (ribu Rp)", 1_000),
        ("PAGU (RP RIBU)", 1_000),
        ("(x Rp. 1.000,-)", 1_000),
        ("Satuan: Ribu Rupiah", 1_000),
        ("Pagu (000)", 1_000),
        ("(dlm ribuan rupiah)", 1_000),
        ("Anggaran (Rp. 000.000)", 1_000_000),
        ("Anggaran (juta Rp)", 1_000_000),
        ("Anggaran (jt Rp)", 1_000_000),
        ("Realisasi APBD dalam jutaan", 1_000_000),
        ("(dalam juta rupiah)", 1_000_000),
        ("Anggaran (Rp Milyar)", 1_000_000_000),
        ("Anggaran (Rp)", None),
        ("(dalam rupiah)", None),
        ("Kegiatan di atas 200 juta rupiah", None),
        ("sebesar lima ratus juta rupiah", None),
        ("Kegiatan dengan pagu di atas Rp 1.000.000", None),
        ("Jumlah Penduduk (ribu jiwa)", None),
        ("Produksi (ribu ton)", None),
        ("Tahun 2000", None),
    ],
)
def test_unit_in(text: str, unit: int | None) -> None:
    assert unit_in(text) == unit


def _units(title: str | None, *headers: str) -> list[int]:
    spans = [Span(Column(i, (h,), Role.ANGGARAN), i, i) for i, h in enumerate(headers)]
    return list(units_of(title, spans).values())


def test_a_title_speaks_for_every_column() -> None:
    assert _units("Anggaran (dalam ribuan)", "Pagu (Rp)", "Sisa") == [1_000, 1_000]


def test_one_heading_speaks_for_the_silent_ones() -> None:
    assert _units("Anggaran 2019", "Pagu (juta Rp)", "Realisasi") == [1_000_000, 1_000_000]


def test_a_heading_in_rupiah_beside_one_in_millions_is_in_rupiah() -> None:
    assert _units(None, "Pagu (Rp)", "Realisasi (Rp juta)") == [1, 1_000_000]
