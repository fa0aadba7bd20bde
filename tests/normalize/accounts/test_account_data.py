"""The package's charts, words and aliases are sound, and every row of them works."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pandera.errors
import pytest

from lkjip.normalize.accounts.build import build
from lkjip.normalize.accounts.chart import IN_FORCE, SCHEMES, load_chart
from lkjip.normalize.accounts.check import check_aliases, check_chart
from lkjip.normalize.accounts.fits import Guess
from lkjip.normalize.accounts.weigh import Place, guesses
from lkjip.normalize.accounts.words import read_words, words_of

DATA = files("lkjip.normalize.accounts") / "data"


def rows(scheme: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / f"{scheme}.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_chart_is_sound(scheme: str) -> None:
    check_chart(rows(scheme))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "5.2.2.01.02"),  # twice
        ("parent", "5.2.9"),  # not there
        ("parent", "4"),  # not the start of the code
        ("level", "4"),
        ("name", " Belanja  Alat "),
    ],
)
def test_a_faulty_chart_is_refused(column: str, value: str) -> None:
    chart = rows("permendagri13")
    broken = [{**r, column: value} if r["code"] == "5.2.2.01.01" else r for r in chart]
    with pytest.raises(pandera.errors.SchemaErrors):
        check_chart(broken)


def test_the_charts_are_those_of_the_reference(shared: Path, tmp_path: Path) -> None:
    build(shared / "reference", tmp_path)
    for scheme in SCHEMES:
        built = (tmp_path / f"{scheme}.csv").read_text("utf-8")
        assert built == (DATA / f"{scheme}.csv").read_text("utf-8")


ALIASES = list(csv.DictReader((DATA / "aliases.csv").read_text("utf-8").splitlines()))


def test_aliases_are_sound() -> None:
    check_aliases(ALIASES)


@pytest.mark.parametrize("row", ALIASES, ids=lambda row: f"{row['alias']} {row['code']}")
def test_every_alias_leads_to_its_entry(row: dict[str, str]) -> None:
    chart = load_chart((row["scheme"],))
    found = guesses(chart, row["alias"], None, Place())
    best = max(odds for guess, odds in found if guess.entry)
    codes = [g.entry.code for g, odds in found if g.entry and odds == best]
    assert row["code"] in codes


@pytest.mark.parametrize("row", read_words(), ids=lambda row: row["variant"])
def test_every_variant_reads_as_its_canonical_form(row: dict[str, str]) -> None:
    frame = "Belanja Papan {} Reklame".format
    assert words_of(frame(row["variant"])) == words_of(frame(row["canonical"]))


@pytest.mark.parametrize("row", read_words(), ids=lambda row: row["variant"])
def test_canonical_forms_are_final(row: dict[str, str]) -> None:
    assert " ".join(words_of(row["canonical"])) == row["canonical"]


@pytest.mark.parametrize("schemes", [schemes for _, schemes in IN_FORCE] + [("bas",)])
def test_every_official_name_finds_its_entry(schemes: tuple[str, ...]) -> None:
    chart = load_chart(schemes)
    for entry in chart.entries[::37]:
        states = [guess for guess, _ in guesses(chart, entry.name, entry.code, Place())]
        twins = [g for g in states if g.entry and words_of(g.entry.name) == words_of(entry.name)]
        assert Guess(twins[0].kind, entry) in states or len(twins) >= 8, entry
