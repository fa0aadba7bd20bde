"""Printed names to the words that tell them apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip.normalize.accounts.words import words_of, words_of_all

CASES = [
    ("b. Belanja :", "belanja", "cianjur dkp 2015, p49"),
    ("- Belanja Tidak Langsung", "belanja tidak langsung", "cianjur dkp 2015, p49"),
    ("Penataan RTH (L)", "penataan ruang terbuka hijau", "cianjur dkp 2015, p53"),
    ("KegiatanPenyediaan Jasa Penunjang", "penyediaan jasa penunjang", "grobogan dpupr 2021, p47"),
    ("Sub Kegiatan Pengadaan Mebel", "pengadaan mebeulair", "form of Permendagri 90"),
    ("Belanja Sewa Sewa Alat – Alat Musik", "belanja sewa alat musik", "kalianget 2020"),
    ("Belanja Pakaian Olah Raga", "belanja pakaian olahraga", "kalianget 2020"),
    ("Rapat-Rapat Koordinasi", "rapat koordinasi", "Permendagri 13"),
    ("dibawah 1.000 Ha", "bawah 1000 ha", "grobogan dpupr 2021, p47"),
    ("Pemilihan Presiden Tahun 2019", "pemilihan presiden", "kalianget 2020"),
    ("IV. Program Pelayanan", "program pelayanan", "roman numbers, dpmdesa 2016"),
    ("Belanja A", "belanja a", "a letter that is the name"),
    ("", "", "an empty cell"),
]


@pytest.mark.parametrize(("name", "words", "seen"), CASES)
def test_words_of_printed_names(name: str, words: str, seen: str) -> None:
    assert " ".join(words_of(name)) == words, seen


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_many_names_read_as_each_alone(names: list[str]) -> None:
    assert words_of_all(names) == [words_of(name) for name in names]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([name for name, _, _ in CASES]), st.sampled_from(["upper", "lower"]))
def test_case_and_spaces_do_not_matter(name: str, case: str) -> None:
    if not name.startswith("Kegiatan"):  # a capital inside a word parts two words
        spaced = getattr(name, case)().replace(" ", "  ")
        assert words_of(spaced) == words_of(name)
