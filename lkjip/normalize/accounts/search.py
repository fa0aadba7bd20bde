"""One name against the official lists, for a person who looks a code up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lkjip.normalize.accounts.chart import ANY_YEAR, Chart, Entry, load_chart, schemes_of
from lkjip.normalize.accounts.fits import fits
from lkjip.normalize.accounts.match import place_of
from lkjip.normalize.accounts.tree import beliefs
from lkjip.normalize.accounts.weigh import guesses
from lkjip.records import Identity
from lkjip.settings import Settings


def search(
    name: str, identity: Identity, settings: Settings
) -> list[tuple[Entry, float, tuple[Entry, ...]]]:
    """Entries that `name` may mean, likeliest first, with their score and what lies above them.

    The lists are those of the identity's fiscal year; without one, all.
    """
    schemes = [schemes_of(identity.year)] if identity.year else ANY_YEAR
    found = []
    for chart in (load_chart(s, settings.chart, settings.aliases) for s in schemes):
        found += _search(chart, name, identity)
    return sorted(found, key=lambda row: (-row[1], row[0].scheme, row[0].code))


def _search(
    chart: Chart, name: str, identity: Identity
) -> list[tuple[Entry, float, tuple[Entry, ...]]]:
    by_code = {(e.is_account, e.code): e for e in chart.entries}
    rows = guesses(chart, name, None, place_of(chart, identity))
    states = [guess for guess, _ in rows]
    (chances,) = beliefs([None], [states], [[odds for _, odds in rows]], fits)
    return [
        (guess.entry, chance, tuple(_above(by_code, guess.entry)))
        for guess, chance in zip(states, chances, strict=True)
        if guess.entry
    ]


def _above(by_code: Mapping[tuple[bool, str], Entry], entry: Entry) -> Iterator[Entry]:
    """The entry's parent, its parent's parent, … up to the top."""
    parent = by_code.get((entry.is_account, entry.parent))
    while parent:
        yield parent
        parent = by_code.get((parent.is_account, parent.parent))
