"""Amounts in words: round trip against num2words, and forms as print breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from lkjip.normalize.words import find_words, parse_words

AMOUNTS = st.one_of(
    st.integers(1, 10**15 - 1),
    st.integers(1, 10**6),
    st.builds(lambda a, b: a * 10**b, st.integers(1, 999), st.integers(0, 12)),
)


@given(AMOUNTS)
@settings(max_examples=400, deadline=None)
def test_reads_back_what_num2words_says(number: int) -> None:
    assert parse_words(num2words(number, lang="id")) == number


@given(AMOUNTS)
@settings(max_examples=100, deadline=None)
def test_spaces_and_case_do_not_matter(number: int) -> None:
    words = num2words(number, lang="id")
    assert parse_words(words.replace(" ", "").upper() + " Rupiah") == number


@given(AMOUNTS, st.data())
@settings(max_examples=100, deadline=None)
def test_one_lost_letter_is_the_number_or_a_doubt(number: int, data: st.DataObject) -> None:
    words = num2words(number, lang="id")
    at = data.draw(st.integers(0, len(words) - 1))
    assert parse_words(words[:at] + words[at + 1 :]) in (number, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        # as printed (kalianget 2020, Bab III)
        (
            "dua milyar enam ratus tujuh puluh satu juta delapan belas ribu enam ratus "
            "delapan puluh tujuh rupiah",
            2_671_018_687,
        ),
        (
            "dua milyar dua ratus sembilan belas juta empat ratus sembilan puluh tujuh ribu "
            "empat ratus sembilan puluh sembilan rupiah",
            2_219_497_499,
        ),
        # dinkes 2016, p86: capitals
        (
            "Seratus Milyar Tiga Ratus Lima Puluh Juta Enam Ratus Dua Puluh Tujuh Ribu Lima "
            "Ratus Rupiah",
            100_350_627_500,
        ),
        # spellings of the scales
        ("dua miliar", 2_000_000_000),
        ("dua milliar lima ratus juta", 2_500_000_000),
        ("dua milyard", 2_000_000_000),
        ("satu trilyun", 1_000_000_000_000),
        ("satu triliyun dua ratus milyar", 1_200_000_000_000),
        # broken and glued words
        ("enam ratus sembi lan puluh tiga juta", 693_000_000),
        ("tiga ratus de lapan ribu", 308_000),
        ("se ratus ribu", 100_000),
        ("lima be las juta", 15_000_000),
        ("duaratus limapuluh juta", 250_000_000),
        ("tujuhratus ribu rupiah", 700_000),
        ("sem-\nbilan puluh ribu", 90_000),
        ("enam  puluh\ntiga   ribu", 63_000),
        ("Dua Puluh-Lima Juta", 25_000_000),
        ("e m p a t  r i b u", 4_000),
        # misspelt
        ("delapam ratus ribu", 800_000),
        ("delapan ratys ribu", 800_000),
        ("empt puluh juta", 40_000_000),
        ("sembilam belas ribu", 19_000),
        ("sembian belas ribu", 19_000),
        ("tujh puluh juta", 70_000_000),
        ("tujuhh puluh juta", 70_000_000),
        ("tuju puluh juta", 70_000_000),
        ("enma puluh juta", 60_000_000),
        ("dua milyra", 2_000_000_000),
        ("lima jutta seratus rbu", 5_100_000),
        ("lima juta seratus ribuh rupiah", 5_100_000),
        ("serratus dua puluh juta rupah", 120_000_000),
        ("sertus dua pluh juta", 120_000_000),
        ("sratus juta", 100_000_000),
        ("satu jt dua ratus rb", 1_200_000),
        # small words and tails
        ("seribu", 1_000),
        ("sejuta", 1_000_000),
        ("satu ribu satu", 1_001),
        ("sebelas ribu sepuluh", 11_010),
        ("tiga ratus ribu koma nol nol rupiah", 300_000),
        ("nol rupiah", 0),
    ],
)
def test_forms_of_print(words: str, value: int) -> None:
    assert parse_words(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "",
        "rupiah",
        "ribu",
        "se",
        "dua dua",
        "dua juta tiga milyar",  # scales must fall
        "enam tujuh puluh ribu",  # a word is missing, and nobody can say which
        "tujuh belas dua",
        "tiga koma lima",
        "kegiatan ini",
        "tabel satu",
        "alokasi awal",
        "ua ratus",  # found by the property above: what stands before ratus is lost
        "tiga puluh ua ribu",
    ],
)
def test_no_number_is_invented(words: str) -> None:
    assert parse_words(words) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "sebesar Rp. 9.100.000,- (sembilan juta seratus ribu rupiah) sedangkan",
            [("sembilan juta seratus ribu rupiah", 9_100_000)],
        ),
        ("Terbilang : sem bilan juta seratus ribu rupiah saja.", [(None, 9_100_000)]),
        ("terdapat 7 (tujuh) program terdiri dari 8 (delapan) kegiatan", []),
        ("8 (delapan) dua puluh satu orang", [("dua puluh satu", 21)]),
        ("(Tabel 2.3.), terealisasi dua kali", []),
        ("dua puluh satu pegawai dan tiga puluh lima kursi", [(None, 21), (None, 35)]),
    ],
)
def test_finds_amounts_in_running_text(
    text: str, found: list[tuple[str | None, int | None]]
) -> None:
    spans = list(find_words(text))
    assert [span.value for span in spans] == [value for _, value in found]
    for span, (words, _) in zip(spans, found, strict=True):
        assert words is None or text[span.start : span.end] == words
