"""Who reports on what: agency, region, year and kind of report, by agreement of places.

Cover, running headers and footers, labels, titles, signature and text each say
something; what most of them say is taken, and whoever says otherwise is named in
an issue. What no place says stays null: the file name claims nothing.
"""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from lkjip.issues import Issue
from lkjip.normalize.identity.contradictions import contradictions
from lkjip.normalize.identity.office_columns import offices_of_rows
from lkjip.normalize.identity.offices import (
    Office,
    abbreviates,
    find_offices,
    is_abbreviation,
    is_part_of,
    key_of,
    same_office,
)
from lkjip.normalize.identity.places import Passage, Place, passages
from lkjip.normalize.identity.regions import Region, find_regions
from lkjip.normalize.identity.report_kinds import kind_of_report
from lkjip.normalize.identity.scans import doubted_office, doubted_year
from lkjip.normalize.identity.years import SaidYear, find_years
from lkjip.records import Identity, Page

Key = TypeVar("Key", bound=Hashable)

# What one page counts that names an office or region in a place. A running line repeats on
# every page, a cover stands once; a list of other offices fills a page or two of text.
OFFICE_WEIGHTS = {
    Place.COVER: 8.0,
    Place.LABEL: 8.0,
    Place.RUNNING: 1.0,
    Place.SIGNATURE: 4.0,
    Place.TITLE: 2.0,
    Place.PROSE: 0.5,
    Place.CELL: 0.25,
}
YEAR_WEIGHTS = {
    Place.COVER: 10.0,
    Place.LABEL: 4.0,
    Place.RUNNING: 1.0,
    Place.SIGNATURE: 0.0,
    Place.TITLE: 1.0,
    Place.PROSE: 0.25,
    Place.CELL: 0.1,
}
OF_REPORT = 1.0  # a sentence that names the report and its year
WEAK = (Place.PROSE, Place.CELL)
FRONT = 4.0  # more for a title or running line of the first page
LEAST = 1.0  # below this nothing is claimed: one sentence may speak of anybody
AHEAD = 1.2  # how far the first must lead the second
UNIT = 0.5  # share of its parent's count at which the unit is the one that reports
WIDESPREAD = 0.3  # share of pages on which a region in the text alone is the report's
# Offices of the state that reports cite and that never write them.
_CITED = (
    "badanpusatstatistik", "badanpemeriksa", "badanpengawas", "badankepegawaiannegara",
    "badannasional", "badanusaha", "badanlayanan", "badanhukum", "badanpermusyawaratan",
    "badanmeteorologi", "badanpertanahan", "badanintelijen", "bagiandari",
)  # fmt: skip


def identify(pages: Sequence[Page], file: str) -> tuple[Identity, tuple[Issue, ...]]:
    """The document's identity by agreement of several places; contradictions are issues.

    Several offices in one file (named row by row in its tables) are joined with " + ".
    """
    if not pages:
        return Identity(), ()
    found = passages(pages)
    offices = [(passage, office) for passage in found for office in _offices_in(passage)]
    agency = _agency(offices, pages)
    region = _region(found, offices, agency, len(pages))
    said = [year for passage in found for year in find_years(passage)]
    year = _year(said)
    doubts = list(_doubts(year, agency, said, offices))
    open_ = {doubt.column for doubt in doubts}
    identity = Identity(
        kind_of_report(found, file),
        None if "agency" in open_ else agency,
        None if region is None else str(region),
        None if "year" in open_ else year,
    )
    return identity, (*doubts, *contradictions(identity, offices, said, file))


def _doubts(
    year: int | None,
    agency: str | None,
    said: Sequence[SaidYear],
    offices: Sequence[tuple[Passage, Office]],
) -> Iterator[Issue]:
    """What a scan leaves open of year and agency."""
    if year is not None:
        sure = _year([one for one in said if one.is_sure])
        yield from filter(None, [doubted_year(year, sure, said)])
    for name in (agency or "").split(" + "):
        yield from filter(None, [doubted_office(name, offices)])


def _offices_in(passage: Passage) -> Iterable[Office]:
    return (office for office in find_offices(passage.text) if not office.key.startswith(_CITED))


def _agency(offices: Sequence[tuple[Passage, Office]], pages: Sequence[Page]) -> str | None:
    """The name most places give; the full one where an abbreviation leads."""
    scores = _scores((office.key, p, _office_weight(p, office)) for p, office in offices)
    strong = {office.key for passage, office in offices if passage.place not in WEAK}
    several = offices_of_rows(pages)
    key = _first(scores, are_same=_are_kin)
    unit = max(
        (k for k in scores if is_part_of(k, key or "")), key=lambda k: scores[k], default=None
    )
    if key is not None and unit is not None and scores[unit] >= UNIT * scores[key]:
        key = unit
    if several and (key is None or key not in strong or len(several) > 1):
        return " + ".join(several)
    if key is None:
        return None
    spelled = _spellings(office for _, office in offices)
    if is_abbreviation(spelled[key]):
        full = {k: score for k, score in scores.items() if abbreviates(key, k)}
        full = {k: score for k, score in full.items() if not is_abbreviation(spelled[k])}
        if full and max(full.values()) >= LEAST:
            key = max(full, key=lambda k: (full[k], k))
    return spelled[key]


def _are_kin(a: str, b: str) -> bool:
    return same_office(a, b) or is_part_of(a, b) or is_part_of(b, a)


def _spellings(offices: Iterable[Office]) -> dict[str, str]:
    """Key → the spelling most often printed."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for office in offices:
        seen[office.key][office.name] += 1
    return {
        key: max(names, key=lambda name: (name.count(" "), names[name], name))
        for key, names in seen.items()
    }


def _office_weight(passage: Passage, office: Office) -> float:
    """With its region behind it a name is an office's full style, not a passing mention."""
    return OFFICE_WEIGHTS[passage.place] * (2 if office.region else 1)


def _scores(votes: Iterable[tuple[Key, Passage | SaidYear, float]]) -> dict[Key, float]:
    """What each candidate counts: a place counts once a page."""
    ballots: dict[tuple[Key, Place, int], float] = defaultdict(float)
    for key, passage, weight in votes:
        ballot = (key, passage.place, passage.page)
        ballots[ballot] = max(ballots[ballot], weight)
    scores: dict[Key, float] = defaultdict(float)
    for (key, _, _), weight in ballots.items():
        scores[key] += weight
    return scores


def _first(
    scores: dict[Key, float],
    least: float = LEAST,
    are_same: Callable[[Key, Key], bool] = operator.eq,
) -> Key | None:
    """The candidate that leads every other one clearly, and counts `least`."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], str(item[0])))
    if not ranked or ranked[0][1] < least:
        return None
    first, most = ranked[0]
    rival = next((score for key, score in ranked[1:] if not are_same(first, key)), 0.0)
    return first if most >= AHEAD * rival else None


def _region(
    found: Sequence[Passage],
    offices: Sequence[tuple[Passage, Office]],
    agency: str | None,
    pages: int,
) -> Region | None:
    """The region behind the agency's name, or that of cover, running lines and titles."""

    own = key_of(agency) if agency else ""
    behind = _scores(
        (office.region, passage, OFFICE_WEIGHTS[passage.place])
        for passage, office in offices
        if office.region and own and same_office(office.key, own)
    )
    if behind:
        return _first(behind, 0.0)
    named = [(region, p, OFFICE_WEIGHTS[p.place]) for p in found for region in find_regions(p.text)]
    strong = _scores(vote for vote in named if vote[1].place not in WEAK)
    if strong:
        return _first(strong)
    return _first(_scores((region, p, 1.0) for region, p, _ in named), max(3, WIDESPREAD * pages))


def _year(said: Sequence[SaidYear]) -> int | None:
    """The year most places report on."""
    return _first(_scores((one.year, one, _year_weight(one)) for one in said))


def _year_weight(one: SaidYear) -> float:
    if one.place is Place.PROSE and one.is_of_report:
        return OF_REPORT
    is_front = one.page == 1 and one.place in (Place.TITLE, Place.RUNNING)
    return YEAR_WEIGHTS[one.place] + (FRONT if is_front else 0.0)
