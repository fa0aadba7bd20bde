"""What a reviewer types is read in one way or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip.errors import UsageError
from lkjip.review.corrections import amount
from lkjip.review.typed import read_typed


@pytest.mark.parametrize(
    ("typed", "column", "value"),
    [
        ("50.000.000", "anggaran", "50000000"),
        ("50000000", "realisasi", "50000000"),
        (" Rp. 2.671.018.687,50 ", "anggaran perubahan", "2671018687.50"),
        ("-1.500", "sisa", "-1500"),
        ("98,64", "capaian", "98.64"),
        ("98.64 %", "capaian", "98.64"),
        ("100", "fisik", "100"),
        ("5.1.02.01.01.0024", "account", "5.1.02.01.01.0024"),
        ("2021", "year", "2021"),
        ("Dinas Pekerjaan Umum", "agency", "Dinas Pekerjaan Umum"),
    ],
)
def test_read(typed: str, column: str, value: str) -> None:
    assert read_typed(typed, column) == value


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("50.0000.000", "anggaran"),
        ("50,000,000", "anggaran"),  # English, or 50 and a fraction
        ("1.5", "realisasi"),
        ("1e9", "anggaran"),
        ("1_000", "anggaran"),
        ("NaN", "anggaran"),
        ("", "anggaran"),
        ("٥٠", "anggaran"),
        ("50.000.000 (lima puluh juta)", "anggaran"),
        ("1.500.000", "capaian"),
        ("<b>5</b>", "account"),
        ("21", "year"),
        ("a\nb", "region"),
    ],
)
def test_refused(typed: str, column: str) -> None:
    with pytest.raises(UsageError):
        read_typed(typed, column)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30), st.sampled_from(["anggaran", "capaian", "realisasi triwulan_1"]))
def test_whatever_is_typed_gives_a_plain_number_or_a_refusal(typed: str, column: str) -> None:
    try:
        plain = read_typed(typed, column)
    except UsageError:
        return
    value = amount(plain)
    assert value is not None
    assert format(value, "f") == plain or plain.lstrip("-0") == format(value, "f").lstrip("-0")
