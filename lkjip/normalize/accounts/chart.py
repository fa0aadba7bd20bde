"""The official charts of accounts, as data with an index over their words.

A scheme is one official list. Schemes that are in force together form one
`Chart`, the preferred scheme first: an entry that a preferred scheme already
has (same name under the same parent) is not taken again from a later one.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

from lkjip.errors import UsageError
from lkjip.normalize.accounts.words import BRACKETS, words_of, words_of_all

Row = TypeVar("Row")

SCHEMES = (
    "permendagri13",
    "permendagri13_modal_simda",
    "permendagri90",
    "permendagri90_1317",
    "bas",
)

# Fiscal years a set of schemes was budgeted under: last year, schemes, most binding first.
# Permendagri 90/2019 art. 9: from fiscal year 2021. Kepmendagri 900.1.15.5-1317/2023: from 2024.
IN_FORCE = (
    (2020, ("permendagri13", "permendagri13_modal_simda")),
    (2022, ("permendagri90",)),
    (2023, ("permendagri90", "permendagri90_1317")),
    (9999, ("permendagri90_1317", "permendagri90")),
)
CENTRAL = ("bas",)
ANY_YEAR = (IN_FORCE[0][1], IN_FORCE[2][1], CENTRAL)  # each list once
HEADS_NAMES = 4  # a word is a head when it is that of so many names
MANY = 600  # a word of more names than this is common: it tells names apart, but finds none
ENTRY_COLUMNS = ("code", "level", "kind", "name", "parent")
ALIAS_COLUMNS = ("alias", "scheme", "code")
OWN = "own"  # scheme of the entries that users bring
SHORTENED = (  # mark, pattern, short form
    (", ", re.compile(r"(Belanja .+, .+?),? (?:dan|atau) .+"), r"\1"),
    ("-", re.compile(r"Belanja Alat/Bahan untuk Kegiatan Kantor-(?!Alat/)(.+)"), r"Belanja \1"),
)
PROGRAM_KINDS = ("program", "kegiatan", "subkegiatan")
FIELD_KINDS = ("urusan", "bidang")
ACTIVITY_KINDS = frozenset({*FIELD_KINDS, *PROGRAM_KINDS})


class Entry(NamedTuple):
    """One official entry. `kind` is the level's name: program, kegiatan, jenis, rincian, …"""

    scheme: str
    code: str
    level: int
    kind: str
    name: str
    parent: str  # "" at the top

    @property
    def is_account(self) -> bool:
        return self.kind not in ACTIVITY_KINDS


@dataclass(frozen=True, slots=True)
class Index:
    """The distinct names of accounts, or of activities, with an index over their words.

    `names[i]` are the words of a name, `place` its i, `holders[i]` the entries that bear it;
    `postings` lead from a word to its names; `weight` says how telling a word
    is: 1 for a word of a single name, near 0 for one of nearly all names.
    """

    names: tuple[tuple[str, ...], ...]
    place: Mapping[tuple[str, ...], int]
    holders: tuple[tuple[Entry, ...], ...]
    postings: Mapping[str, tuple[int, ...]]
    weight: Mapping[str, float]
    whole: tuple[float, ...]  # weight of all words of a name
    common: frozenset[int]  # names of common words only, such as Belanja Modal
    groups: frozenset[tuple[str, ...]]  # "Belanja Modal Tanah" of Belanja Modal Tanah - Pengadaan …
    heads: frozenset[str]  # words that say what is done: Peningkatan, Pemeliharaan, Modal, Sewa, …
    spelled: dict[str, Mapping[str, float]] = field(default_factory=dict)  # words read before


@dataclass(frozen=True, slots=True)
class Chart:
    """The entries in force. Accounts and activities are two lists: the same word tells little
    in one and much in the other, and they share codes."""

    entries: tuple[Entry, ...]
    accounts: Index
    activities: Index
    jenis: tuple[str, ...]  # names of the accounts' third level, in lower case
    kinds: tuple[str, ...]  # what a line may be at all: account, other, and kinds of activities


def schemes_of(year: int) -> tuple[str, ...]:
    """The schemes that a region's budget of this fiscal year is written in."""
    return next(schemes for last, schemes in IN_FORCE if year <= last)


@cache
def load_chart(
    schemes: tuple[str, ...], own: str | None = None, own_aliases: str | None = None
) -> Chart:
    """The chart of these schemes, most binding first, with a region's own entries and aliases.

    `own` and `own_aliases` are paths of CSV files with the columns of the
    package's own files (docs/accounts.md). An alias of a code that the chart
    does not have is left out.
    """
    lists = [_entries(_data(f"{scheme}.csv"), scheme) for scheme in schemes]
    if own:
        lists.insert(0, _yours(own, lambda text: _entries(text, OWN), ENTRY_COLUMNS))
    aliases = read_aliases()
    if own_aliases:
        aliases += _yours(own_aliases, _aliases, ALIAS_COLUMNS)
    entries, equals = _merged(lists)
    codes = {code for _, _, code in aliases}
    # Accounts come first in the files: 4, 5 and 6 mean Pendapatan, Belanja and Pembiayaan.
    standing = {(e.scheme, e.code): e for e in reversed(entries) if e.code in codes} | equals
    named = [(alias, standing.get((scheme, code))) for alias, scheme, code in aliases]
    return _charted(tuple(entries), [(alias, entry) for alias, entry in named if entry])


def read_aliases() -> list[tuple[str, str, str]]:
    """The package's other names of entries: (alias, scheme, code)."""
    return _aliases(_data("aliases.csv"))


def _data(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text("utf-8")


def _yours(path: str, read: Callable[[str], list[Row]], columns: Sequence[str]) -> list[Row]:
    """A file that the user brings, or what is wrong with it."""
    try:
        return read(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}; it must be CSV with {', '.join(columns)}") from error


def _aliases(text: str) -> list[tuple[str, str, str]]:
    return [(alias, scheme, code) for alias, scheme, code in _columns(text, ALIAS_COLUMNS)]


def _entries(text: str, scheme: str) -> list[Entry]:
    rows = _columns(text, ENTRY_COLUMNS)
    return [Entry(scheme, code, int(level), kind, name, up) for code, level, kind, name, up in rows]


def _columns(text: str, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    header, *rows = csv.reader(text.splitlines()) or [[]]
    if missing := [column for column in columns if column not in header]:
        raise ValueError(f"no column {missing[0]}")
    return map(itemgetter(*map(header.index, columns)), filter(None, rows))


def _merged(
    lists: Sequence[Sequence[Entry]],
) -> tuple[list[Entry], dict[tuple[str, str], Entry]]:
    """The lists' entries, and (scheme, code) of those left out → their equal of an earlier list."""
    kept = list(lists[0])
    equals: dict[tuple[str, str], Entry] = {}
    known = {_key(entry): entry for entry in kept} if lists[1:] else {}
    for entries in lists[1:]:
        for entry in entries:
            if (equal := known.get(_key(entry))) and equal.scheme != entry.scheme:
                equals[entry.scheme, entry.code] = equal
            else:
                kept.append(entry)
        known |= {_key(entry): entry for entry in kept}
    return kept, equals


def _key(entry: Entry) -> tuple[str, ...]:
    """Where an entry stands. The fourth group of a kegiatan's code is its branch of government."""
    return (entry.parent, entry.name.lower(), *entry.code.split(".")[3:4])


def _charted(entries: tuple[Entry, ...], aliases: Sequence[tuple[str, Entry]]) -> Chart:
    named = [*((entry.name, entry) for entry in entries), *aliases]
    kinds = {entry.kind for entry in entries}
    return Chart(
        entries,
        _indexed([(name, entry) for name, entry in named if entry.kind not in ACTIVITY_KINDS]),
        _indexed([(name, entry) for name, entry in named if entry.kind in ACTIVITY_KINDS]),
        tuple(dict.fromkeys(entry.name.lower() for entry in entries if entry.kind == "jenis")),
        ("account", "other", *sorted(kinds & set(PROGRAM_KINDS))),
    )


def _indexed(named: Sequence[tuple[str, Entry]]) -> Index:
    holders: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    # What stands in brackets is often left out in print.
    bare = [(BRACKETS.sub("", name), entry) for name, entry in named if "(" in name]
    forms = [*named, *bare]
    distinct = list(dict.fromkeys(name for name, _ in forms))
    words_by_name = dict(zip(distinct, words_of_all(distinct), strict=True))
    for name, entry in forms:
        holders[words_by_name[name]].append(entry)
    for short, entry in _short_forms(named):
        holders.setdefault(short, [entry])
    names = tuple(holders)
    postings: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(names):
        for word in words:
            postings[word].append(index)
    common = {word for word, where in postings.items() if len(where) > MANY}
    scale = math.log(len(names) + 1)
    weight = {w: math.log((len(names) + 1) / len(at)) / scale for w, at in postings.items()}
    return Index(
        names,
        {name: at for at, name in enumerate(names)},
        tuple(map(_once, holders.values())),
        {word: tuple(where) for word, where in postings.items()},
        weight,
        tuple(sum(map(weight.__getitem__, name)) for name in names),
        frozenset(at for at, name in enumerate(names) if common.issuperset(name)),
        frozenset(words_of(name.partition(" - ")[0]) for name, _ in named if " - " in name),
        frozenset(word for word, times in _heads(names).items() if times >= HEADS_NAMES),
    )


def _heads(names: Iterable[tuple[str, ...]]) -> Counter[str]:
    return Counter(name[head_place(name)] for name in names if name)


def head_place(words: Sequence[str]) -> int:
    """Where the word stands that says what is done: first, or after Program and Belanja."""
    return 1 if words[0] in ("program", "belanja") and len(words) > 1 else 0


def _once(bearers: list[Entry]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(bearers)) if len(bearers) > 1 else tuple(bearers)


def _short_forms(named: Iterable[tuple[str, Entry]]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Shortened names of accounts that lead to one entry only.

    "Belanja Perangko, Materai" for "… dan Benda Pos Lainnya": the first of the
    things listed; "Belanja Alat Tulis Kantor" for "Belanja Alat/Bahan untuk
    Kegiatan Kantor-Alat Tulis Kantor": without the group before the dash.
    """
    short: dict[tuple[str, ...], set[Entry]] = defaultdict(set)
    for name, entry in named:
        for mark, pattern, form in SHORTENED:
            if mark in name and entry.is_account and (match := pattern.match(name)):
                short[words_of(match.expand(form))].add(entry)
    return ((words, entries.pop()) for words, entries in short.items() if len(entries) == 1)
