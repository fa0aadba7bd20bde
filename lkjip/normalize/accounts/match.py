"""Names of lines to the official chart of accounts."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.accounts.chart import (
    ANY_YEAR,
    CENTRAL,
    Chart,
    Entry,
    load_chart,
    schemes_of,
)
from lkjip.normalize.accounts.compare import likenesses
from lkjip.normalize.accounts.fits import Guess, fits
from lkjip.normalize.accounts.tree import beliefs
from lkjip.normalize.accounts.weigh import Place, branch_of, guesses
from lkjip.normalize.accounts.words import words_of
from lkjip.records import Identity, Line, LineKind, Match, ReadTable, TableKind
from lkjip.settings import Settings

# Between 0.5 and 0.55 the names decided by hand have no match, and other reports wrong ones.
SURE = 0.55
CLEAR = 4.0  # log-odds of a name that is an entry's beyond doubt
BIDANG_MISSING = 0.4  # share of a field's name that an agency's may lack
SHOWN = 3  # candidates named in an issue
OFFICIAL = 0.5  # some entry is meant, though not which: a person should look,
RIVAL = 0.2  # and also where a second entry is this likely beside a sure one
CENTRAL_AGENCY = re.compile(
    r"kementerian|direktorat jenderal|kantor wilayah|pengadilan|kejaksaan|komisi pemilihan umum"
)
FOUR_DIGITS = "permendagri90_1317"  # the scheme whose sub kegiatan have four
SUB_CODE = re.compile(r"^(?:\d|X)\.(?:\d\d|XX)\.\d\d\.[12]\.\d\d\.(\d{2}|\d{4})$")
CENTRAL_CODE = re.compile(r"\d{6}")
PROVINCE = re.compile(r"\b(?:provinsi|propinsi|prov|daerah istimewa|dki)\b", re.I)
Weigh = Callable[[str, str | None], list[tuple[Guess, float]]]
REGENCY = re.compile(r"\b(?:kabupaten|kab|kota|kecamatan|kelurahan)\b", re.I)


def match_accounts(
    tables: Sequence[ReadTable], identity: Identity, settings: Settings
) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    """Give every line of a budget table its account, or its nearest sure ancestor.

    The fiscal year decides the scheme; without one, the scheme that knows most
    of the names. Lines of a table are decided together, down its tree. A line
    for which some entry is meant, but not clearly which, keeps none and gets an
    issue with the candidates.
    """
    every = [line for table in tables if table.kind is TableKind.BUDGET for line in table.lines]
    if not every:
        return tuple(tables), ()
    chart = _chart(every, identity, settings)
    place = place_of(chart, identity)
    if place.branch is None and "subkegiatan" in chart.kinds:
        place = replace(place, branch=_branch(chart, every))
    weigh = cache(lambda name, code: guesses(chart, name, code, place))
    matched, issues = [], []
    for table in tables:
        if table.kind is TableKind.BUDGET:
            verdicts = _decide(table.lines, weigh)
            issues += [issue for v in verdicts if (issue := _doubt(v, table.number))]
            accounts = _accounts(chart, verdicts)
            named = zip(table.lines, accounts, strict=True)
            lines = tuple(replace(line, account=account) for line, account in named)
            matched.append(replace(table, lines=lines))
        else:
            matched.append(table)
    return tuple(matched), tuple(issues)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a line may be, most likely first, and what was decided."""

    line: Line
    entries: tuple[tuple[Entry, float], ...]
    kind: str  # the likeliest kind, official or not
    account: Entry | None  # the entry that is sure enough

    @property
    def score(self) -> float:
        return self.entries[0][1]


def _decide(lines: Sequence[Line], weigh: Weigh) -> list[_Verdict]:
    place = {line.row: at for at, line in enumerate(lines)}
    parents = [place.get(line.parent) if line.parent else None for line in lines]
    rows = [
        weigh(line.name, line.code)
        if line.kind is not LineKind.TOTAL and line.name
        else [(Guess("other"), 0.0)]
        for line in lines
    ]
    states = [[guess for guess, _ in row] for row in rows]
    scores = [[odds for _, odds in row] for row in rows]
    believed = beliefs(parents, states, scores, fits)
    return [_verdict(*each) for each in zip(lines, states, believed, strict=True)]


def _verdict(line: Line, states: Sequence[Guess], chances: Sequence[float]) -> _Verdict:
    ranked = sorted(zip(states, chances, strict=True), key=lambda pair: -pair[1])
    entries = tuple((guess.entry, chance) for guess, chance in ranked if guess.entry)
    kinds: dict[str, float] = defaultdict(float)
    for guess, chance in ranked:
        kinds[guess.kind] += chance
    sure = bool(entries) and entries[0][1] > SURE
    return _Verdict(
        line, entries, max(kinds, key=kinds.__getitem__), entries[0][0] if sure else None
    )


def _accounts(chart: Chart, verdicts: Sequence[_Verdict]) -> list[Match | None]:
    by_row = {verdict.line.row: verdict for verdict in verdicts}
    return [_match(chart, verdict, by_row) for verdict in verdicts]


def _match(chart: Chart, verdict: _Verdict, by_row: Mapping[int, _Verdict]) -> Match | None:
    if entry := verdict.account:
        return Match(entry.scheme, entry.code, entry.name, verdict.score, entry.parent or None)
    above = _container(chart, verdict) or next(_coded_above(verdict, by_row), None)
    return Match(above.scheme, parent=above.code) if above else None


def _coded_above(verdict: _Verdict, by_row: Mapping[int, _Verdict]) -> Iterator[Entry]:
    """Accounts of the lines above it in the tree, nearest first."""
    seen: set[int] = set()
    at = verdict.line.parent
    while at is not None and at not in seen and at in by_row:
        seen.add(at)
        if entry := by_row[at].account:
            yield entry
        at = by_row[at].line.parent


def _container(chart: Chart, verdict: _Verdict) -> Entry | None:
    """The account whose whole name a local account's begins with: Belanja Pemeliharaan Komputer."""
    if verdict.kind != "account":
        return None
    words = words_of(verdict.line.name)
    index = chart.accounts
    for length in range(len(words) - 1, 1, -1):
        if (name := index.place.get(words[:length])) is not None:
            return min(index.holders[name], key=lambda entry: entry.level)
    return None


def _doubt(verdict: _Verdict, table: int) -> Issue | None:
    """An issue where the line is some official entry, but which one stays open."""
    chances = [chance for _, chance in verdict.entries]
    settled = verdict.account is not None and (len(chances) == 1 or chances[1] < RIVAL)
    if settled or sum(chances) <= OFFICIAL:
        return None
    line, shown = verdict.line, verdict.entries[:SHOWN]
    amounts = (line.value(line.anggaran), line.value(line.realisasi))
    return Issue(
        IssueCode.ACCOUNT_AMBIGUOUS,
        Severity.WARNING,
        f"“{line.name}” may be {' or '.join(e.code for e, _ in shown)}; nothing printed decides.",
        page=line.page,
        table=table,
        row=line.row,
        column="name",
        evidence={e.code: {"name": e.name, "score": round(chance, 3)} for e, chance in shown},
        candidates=tuple(entry.code for entry, _ in shown),
        proposed=verdict.account.code if verdict.account else None,
        rupiah_at_stake=next((amount for amount in amounts if amount is not None), None),
    )


def _chart(lines: Sequence[Line], identity: Identity, settings: Settings) -> Chart:
    """The chart that the year prescribes; without a year, the one that knows most of the names."""
    charts = [load_chart(s, settings.chart, settings.aliases) for s in _schemes(lines, identity)]
    if len(charts) == 1:
        return charts[0]
    names = {(line.name, line.code) for line in lines if line.name}
    return max(charts, key=lambda chart: sum(_known(chart, *name) for name in names))


def _schemes(lines: Sequence[Line], identity: Identity) -> list[tuple[str, ...]]:
    codes = [line.code for line in lines if line.code]
    central = sum(bool(CENTRAL_CODE.fullmatch(code)) for code in codes)
    if central * 2 > len(codes) or CENTRAL_AGENCY.search((identity.agency or "").lower()):
        return [CENTRAL]
    if identity.year is None:
        return list(ANY_YEAR)
    return [_nomenclature(codes, identity.year)]


def _nomenclature(codes: Sequence[str], year: int) -> tuple[str, ...]:
    """The schemes in force; printed sub kegiatan of four digits or of two tell which came first."""
    schemes = schemes_of(year)
    ends = [len(found[1]) for code in codes if (found := SUB_CODE.search("".join(code.split())))]
    if len(schemes) == 1 or not ends:
        return schemes
    four = ends.count(4) * 2 > len(ends)
    return tuple(sorted(schemes, key=FOUR_DIGITS.__eq__, reverse=four))


def _known(chart: Chart, name: str, code: str | None) -> float:
    odds = [odds for guess, odds in guesses(chart, name, code, Place()) if guess.entry]
    return 1 / (1 + math.exp(-max(odds, default=-math.inf)))


def place_of(chart: Chart, identity: Identity) -> Place:
    """What the region and the agency say of where lines belong."""
    agency = (identity.agency or "").lower()
    where = identity.region or agency.replace("kota", "")  # Dinas Tata Kota may be a province's
    branch = "1" if PROVINCE.search(where) else "2" if REGENCY.search(where) else None
    return Place(branch, agency, frozenset({"X.XX", *_bidang(chart, agency)}))


def _branch(chart: Chart, lines: Sequence[Line]) -> str | None:
    """The branch of government that most names belong to which only one branch has."""
    votes: Counter[str] = Counter()
    for name in {line.name for line in lines if line.name}:
        rows = [(g.entry, odds) for g, odds in guesses(chart, name, None, Place()) if g.entry]
        best = max((odds for _, odds in rows), default=0.0)
        branches = {branch_of(entry) for entry, odds in rows if odds > best - 1}
        if best > CLEAR and len(branches) == 1:
            votes.update(branch for branch in branches if branch)
    return max(votes, key=votes.__getitem__, default=None)


def _bidang(chart: Chart, agency: str) -> Iterator[str]:
    """Fields of government whose name the agency bears, as printed: Pertamanan is not Pertanian."""
    index = chart.activities
    for like in likenesses(index, [word for word in words_of(agency) if word in index.weight]):
        if like.missing < BIDANG_MISSING:
            yield from (e.code for e in index.holders[like.name] if e.kind == "bidang")
