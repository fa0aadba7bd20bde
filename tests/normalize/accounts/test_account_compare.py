"""Likeness of names: the index finds what a plain look at every name finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkjip.normalize.accounts.chart import load_chart
from lkjip.normalize.accounts.compare import (
    LEFT_OVER,
    Likeness,
    compare,
    likenesses,
    mended,
    spellings,
)
from lkjip.normalize.accounts.words import words_of

CHART = load_chart(("permendagri13", "permendagri13_modal_simda"))


def oracle(words: tuple[str, ...], accounts: bool) -> Likeness:
    """Every name of the list compared in full; the nearest."""
    index = CHART.accounts if accounts else CHART.activities
    read = [spellings(index, word) for word in mended(index, words)]
    every = (compare(index, read, name) for name in range(len(index.names)))
    return min(every, key=lambda like: (like.extra + like.missing, like.name))


def damaged(draw: st.DrawFn, name: tuple[str, ...]) -> tuple[str, ...]:
    words = list(name)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(words) - 1))
        how = draw(st.sampled_from(["drop letter", "drop word", "add word", "swap letters"]))
        cut = draw(st.integers(1, max(1, len(words[at]) - 1)))
        if how == "drop letter":
            words[at] = words[at][:cut] + words[at][cut + 1 :]
        elif how == "swap letters":
            words[at] = (
                words[at][:cut] + words[at][cut:][1:2] + words[at][cut:][:1] + words[at][cut + 2 :]
            )
        elif how == "add word":
            words.insert(at, draw(st.sampled_from(["jatigede", "komputer", "desa", "tahap"])))
        elif len(words) > 1:
            del words[at]
    return tuple(word for word in words if word)


@st.composite
def printed(draw: st.DrawFn) -> tuple[tuple[str, ...], bool]:
    accounts = draw(st.booleans())
    names = (CHART.accounts if accounts else CHART.activities).names
    return damaged(draw, names[draw(st.integers(0, len(names) - 1))]), accounts


@settings(deadline=None, max_examples=120)
@given(printed())
@example((("belana", "modal", "pengadaan"), True))  # near a name of common words only
def test_the_index_finds_what_the_plain_oracle_finds(case: tuple[tuple[str, ...], bool]) -> None:
    words, accounts = case
    best = oracle(words, accounts)
    if best.extra + best.missing < LEFT_OVER:
        found = likenesses(CHART.accounts if accounts else CHART.activities, words)
        assert found[0] == best


@settings(deadline=None, max_examples=60)
@given(printed())
def test_shares_are_shares(case: tuple[tuple[str, ...], bool]) -> None:
    words, accounts = case
    for like in likenesses(CHART.accounts if accounts else CHART.activities, words):
        assert -1e-9 <= like.extra <= 1 + 1e-9
        assert -1e-9 <= like.missing <= 1 + 1e-9


@pytest.mark.parametrize(
    ("printed_name", "meant", "seen"),
    [
        ("Belanja Pengandan", "belanja penggandaan", "kalianget 2020: not Pengadaan"),
        ("Penyedian Alat Tulis Kantor", "penyediaan alat tulis kantor", "cianjur dkp 2015, p50"),
        (
            "Belanja Pemeliharan Gedung dan Bangunan",
            "belanja pemeliharaan gedung bangunan",
            "usual",
        ),
        ("Belanja Surat Kabar/Maja lah", "belanja surat kabar majalah", "a word broken by a wrap"),
        ("Belanja Pengganti an Suku Cadang", "belanja penggantian suku cadang", "a broken word"),
        (
            "penyediaanjasasuratmenyurat",
            "penyediaan jasa surat menyurat",
            "OCR of scans: all spaces lost",
        ),
        ("Belanja SuratKabar/Majalah", "belanja surat kabar majalah", "two words run together"),
    ],
)
def test_slips_are_read(printed_name: str, meant: str, seen: str) -> None:
    words = words_of(printed_name)
    index = CHART.accounts if words[0] == "belanja" else CHART.activities
    best = likenesses(index, words)[0]
    assert " ".join(index.names[best.name]) == meant, seen


def test_a_short_parent_does_not_swallow_its_children() -> None:
    index = CHART.accounts
    words = words_of("Belanja Pemeliharaan Komputer")
    read = [spellings(index, word) for word in words]
    parent = compare(index, read, index.place["belanja", "pemeliharaan"])
    assert parent.missing == 0
    assert parent.extra > 0.4
