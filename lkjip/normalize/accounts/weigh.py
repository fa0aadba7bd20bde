"""What a printed line may be: official entries and "no entry", each with its log-odds.

The log-odds of an entry is that of its being right when it stands alone against
having no entry: LIKE for the name, then what the line's first word, its printed
code, the region and the agency say. What other lines say is the tree's matter
(`fits.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from lkjip.normalize.accounts.chart import FIELD_KINDS, PROGRAM_KINDS, Chart, Entry, Index
from lkjip.normalize.accounts.compare import Likeness, likenesses
from lkjip.normalize.accounts.fits import Guess, kind_of
from lkjip.normalize.accounts.words import BRACKETS, ENUMERATOR, words_of


class Odds(NamedTuple):
    """Log-odds of a likeness: start, less so much per share left over.

    `swapped` counts what is left over on both sides: another word in its place is
    worse than a word more or less. `turned` is for each head left over (the word
    that says what is done), `blunt` for the most telling word; `same` is what the
    very words earn.
    """

    start: float
    extra: float
    missing: float
    swapped: float
    turned: float
    blunt: float
    same: float

    def of(self, like: Likeness) -> float:
        _, extra, missing, turned, blunt = like
        less = self.extra * extra + self.missing * missing + self.swapped * min(extra, missing)
        return self.start - less - self.turned * turned - self.blunt * blunt


# benchmarks/accounts.py --cross: 18 settings around this one; each report judged by the setting
# that is best on all others, 96 % of names find their entry, none of those without is coded.
LIKE = Odds(start=6.0, extra=12.0, missing=10.0, swapped=8.0, turned=0.5, blunt=1.5, same=2.5)
PART_OF = 2.0  # "Belanja Pemeliharaan Komputer" is a part of 5.2.2.20 Belanja Pemeliharaan, not it
UPPER_KINDS = ("akun", "kelompok", "jenis", "objek")
FARTHER = 0.5  # taken off again of what an entry is less like than the likest
WITHOUT_BRACKETS = 1.0  # taken off where what stands in brackets must be left out to fit
WHOLE = 0.1  # a name is all there when it misses less than this
LOWEST = -3.0  # entries less likely than this are not considered
MOST = 8  # entries considered for one line


@dataclass(frozen=True, slots=True)
class Place:
    """What the document says of where its lines belong."""

    branch: str | None = None  # "1" provinsi, "2" kabupaten/kota
    agency: str = ""  # in lower case
    bidang: frozenset[str] = frozenset()  # codes of the fields of government the agency works in


# The first word of a printed name and the kinds it may name. Seen in every report.
HEADS = (
    (re.compile(r"^prog(?:ram)?\b"), "program"),
    (re.compile(r"^sub\s*-?\s*kegiatan"), "subkegiatan"),
    (re.compile(r"^keg(?:\b|iatan)"), "kegiatan"),
    (re.compile(r"^(?:belanja|bj|honor|honorarium|uang|gaji|tunjangan|pendapatan|retribusi|pajak"
                r"|hibah|pembiayaan|penerimaan|pengeluaran|dana|lain-lain)\b"), "account"),
    (re.compile(r"^(?:dinas|badan|sekretariat|inspektorat|bidang|urusan|unit|upt\w*|balai|seksi"
                r"|bagian|biro|kecamatan|kelurahan|jumlah|total|sub ?total|sasaran)\b"), "other"),
)  # fmt: skip
LEADS = ("program", "kegiatan", "belanja")
HEADED = 3.0  # a head that fits or not
UNHEADED_PROGRAM = -2.0  # a program is nearly always printed with the word
UNHEADED_ACCOUNT = -4.5  # "Pengadaan Komputer" for "Belanja Modal Pengadaan Komputer"
UNHEADED_FIELD = -4.0  # "Pertanian" is the field only after Urusan or Bidang

WRONG_REGION, WRONG_OFFICE = -7.0, -5.0
DEEPER_TWIN = -2.0  # per level that an entry lies below another of the same name
CODE_WHOLE, CODE_TAIL = 4.0, (-1.0, 0.5, 2.0)  # by how many groups agree from the end
NOT_HOME = -3.0

# Permendagri 90 repeats the common program under the offices that do not use X.XX.
OFFICES = (
    ("4.01.", re.compile(r"\bsekretariat daerah|\bsetda\b|\bbiro\b")),
    ("4.02.", re.compile(r"\bdprd\b|\bsetwan\b|dewan perwakilan")),
)


def guesses(chart: Chart, name: str, code: str | None, place: Place) -> list[tuple[Guess, float]]:
    """Every state of a line that is worth considering, with its log-odds."""
    name = _led(name)
    head = _head(name)
    out = [(Guess(kind), _headed(kind, head)) for kind in chart.kinds]
    alone = name if head == "account" else _alone(chart, name)
    for entry, like in _entries(chart, alone, head):
        kind = kind_of(entry)
        said = _headed(kind, head) + _official_head(entry, head)
        odds = like + said + _placed(entry, place) + _coded(entry, code)
        out.append((Guess(kind, entry), odds))
    entries = _home_first([row for row in out if row[0].entry], place)
    kept = sorted(entries, key=lambda row: -row[1])[:MOST]
    return [row for row in out if not row[0].entry] + [row for row in kept if row[1] > LOWEST]


def _home_first(rows: list[tuple[Guess, float]], place: Place) -> list[tuple[Guess, float]]:
    """Of entries of one name, those of the agency's own field before those of others."""
    home = {words_of(e.name) for guess, _ in rows if (e := guess.entry) and _home(e, place)}
    return [
        (guess, odds if _home(e, place) or words_of(e.name) not in home else odds + NOT_HOME)
        for guess, odds in rows
        if (e := guess.entry)
    ]


def _led(name: str) -> str:
    """The name with a slip in its first word undone, where that is one of the usual ones."""
    first, space, rest = ENUMERATOR.sub("", name).partition(" ")
    lead = next((w for w in LEADS if OSA.distance(first.lower(), w, score_cutoff=1) == 1), None)
    return lead + space + rest if lead else name


def _head(name: str) -> str | None:
    text = ENUMERATOR.sub("", name).lower()
    return next((kind for pattern, kind in HEADS if pattern.search(text)), None)


def _headed(kind: str, head: str | None) -> float:
    if head is None:
        return UNHEADED_PROGRAM if kind == "program" else 0.0
    return 0.0 if kind == head else -HEADED


def _official_head(entry: Entry, head: str | None) -> float:
    if head is None and entry.is_account and entry.name.startswith("Belanja"):
        return UNHEADED_ACCOUNT
    return UNHEADED_FIELD if head is None and kind_of(entry) == "other" else 0.0


def _alone(chart: Chart, name: str) -> str:
    """The name without an account that a narrow table set behind it in the same cell."""
    text = name.lower()
    tail = next((jenis for jenis in chart.jenis if text.endswith(" " + jenis)), "")
    return name.removesuffix(name[len(name) - len(tail) :])


def _entries(chart: Chart, name: str, head: str | None) -> Iterator[tuple[Entry, float]]:
    words = words_of(name)
    forms = {words_of(BRACKETS.sub("", name)): WITHOUT_BRACKETS, words: 0.0}
    for index in _lists(chart, words, head):
        best: dict[Entry, float] = {}
        for form, less in forms.items():
            for entry, odds in _alike(index, form) if form else ():
                best[entry] = max(odds - less, best.get(entry, odds - less))
        yield from best.items()


def _lists(chart: Chart, words: tuple[str, ...], head: str | None) -> tuple[Index, ...]:
    """The lists that a name can be in: no activity is called Belanja, no account Program."""
    if words[:1] == ("belanja",):
        return (chart.accounts,)
    return (chart.activities,) if head in PROGRAM_KINDS else (chart.accounts, chart.activities)


def _alike(index: Index, words: tuple[str, ...]) -> list[tuple[Entry, float]]:
    likes = likenesses(index, words)
    if words in index.groups:  # what stands before the dash is no entry by itself
        likes = [like for like in likes if index.place.get(words) == like.name]
    children = {
        entry.parent: like.extra
        for like in likes
        if like.missing < WHOLE < like.extra
        for entry in index.holders[like.name]
        if entry.kind in ("kegiatan", "subkegiatan")
    }
    found: list[tuple[Entry, float]] = []
    for like in likes:
        holders = index.holders[like.name]
        top = min((e.level for e in holders if e.kind not in FIELD_KINDS), default=0)
        official = index.names[like.name]
        same = words == official
        begun = not same and words[: len(official)] == official
        for entry in holders:
            odds = LIKE.start + LIKE.same if same else LIKE.of(like)
            if begun and entry.kind in UPPER_KINDS:
                odds -= PART_OF
            if _with_child(like, children.get(entry.code)):
                odds = LIKE.start
            found.append((entry, odds + DEEPER_TWIN * max(0, entry.level - top)))
    best = max((odds for _, odds in found), default=0.0)
    return [(e, odds - FARTHER * (best - odds)) for e, odds in found if odds > LOWEST]


def _with_child(parent: Likeness, child: float | None) -> bool:
    """Whether a cell holds an entry's whole name and, for the rest, that of one of its children."""
    return child is not None and parent.missing < WHOLE and parent.extra + child < 1 + WHOLE


def branch_of(entry: Entry) -> str | None:
    """Whose an entry of Permendagri 90 is: "1" provinsi, "2" kabupaten/kota."""
    groups = entry.code.split(".")
    named = entry.scheme.startswith("permendagri90") and not entry.is_account and len(groups) > 3
    return groups[3] if named else None


def _placed(entry: Entry, place: Place) -> float:
    """What region and agency say of an entry, where a list repeats names for them."""
    if entry.is_account or not entry.scheme.startswith("permendagri90"):
        return 0.0
    odds = 0.0
    if place.branch and branch_of(entry) not in (None, place.branch):
        odds += WRONG_REGION
    for prefix, offices in OFFICES:
        if entry.code.startswith(prefix) and not offices.search(place.agency):
            odds += WRONG_OFFICE
        elif entry.code.startswith("X.") and offices.search(place.agency):
            odds += NOT_HOME
    return odds


def _home(entry: Entry, place: Place) -> bool:
    """Whether the entry is of the agency's own field, or of the program that every office has."""
    return not entry.is_account and ".".join(entry.code.split(".")[:2]) in place.bidang


def _coded(entry: Entry, code: str | None) -> float:
    """What the printed code says; it may have fewer groups in front than the entry's, or more."""
    printed = re.findall(r"\d+|X+", (code or "").upper())
    if not printed:
        return 0.0
    official = entry.code.split(".")
    same = 0
    for a, b in zip(reversed(printed), reversed(official), strict=False):
        if a.lstrip("0X") != b.lstrip("0X") and "X" not in a + b:
            break
        same += 1
    if same >= 3 and same == min(len(printed), len(official)):
        return CODE_WHOLE
    return CODE_TAIL[min(same, 2)] if len(printed) > 1 else 0.0
