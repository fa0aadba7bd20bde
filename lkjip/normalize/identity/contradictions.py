"""Places of a report that contradict its identity: another year, office or region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.identity.offices import Office, key_of, same_office
from lkjip.normalize.identity.places import Passage, Place
from lkjip.normalize.identity.regions import Region
from lkjip.normalize.identity.years import SaidYear
from lkjip.records import Identity

# Right before an office's name: the report calls it its own (a leftover of a template).
_ABOUT_ITSELF = re.compile(
    r"(?:laporan\s+(?:akuntabilitas\s+)?kinerja|\bLK[Jj]?IP|\bLAK[Jj]?IP|hasil\s+kerja|kinerja)"
    r"(?:\s+instansi\s+pemerintah)?[\s()A-Za-z]{0,12}(?:\b(?:dari|pada|di(?:\s+lingkungan)?))?\s*$",
    re.IGNORECASE,
)
_NOT_AUTHORS = (
    "inspektorat",
    "bappeda",
    "badanperencanaan",
    "bagian",
    "balai",
    "kantor",
    "rumahsakit",
)
_FRONT = (Place.COVER, Place.LABEL, Place.RUNNING, Place.SIGNATURE)
_FILE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
REPEATED = 2  # pages; a running line that says so once is misread
SHOWN = 12  # pages that a message lists


def contradictions(
    identity: Identity,
    offices: Sequence[tuple[Passage, Office]],
    said: Sequence[SaidYear],
    file: str,
) -> tuple[Issue, ...]:
    """One issue for each other year, office or region, with the pages that name it."""
    return (
        *_other_years(identity, said, file),
        *_other_offices(identity, offices),
        *_other_regions(identity, offices),
    )


def _other_years(identity: Identity, said: Sequence[SaidYear], file: str) -> Iterator[Issue]:
    if identity.year is None:
        return
    own_pages = {(s.place, s.page) for s in said if s.year == identity.year}
    others: dict[tuple[int, Place], list[SaidYear]] = defaultdict(list)
    for one in said:
        is_text = one.place in (Place.PROSE, Place.CELL)
        beside_own = (one.place, one.page) in own_pages and not is_text
        tells = one.is_of_report or not is_text
        compares = one.also_says(identity.year) or beside_own
        if one.year != identity.year and tells and not compares:
            others[one.year, one.place].append(one)
    for (year, place), ones in sorted(others.items()):
        if place is Place.RUNNING and len({one.page for one in ones}) < REPEATED:
            continue
        yield _issue(
            f"the report is of {identity.year}, but its {place} on {_pages(ones)} says {year}: "
            f"{ones[0].text[-90:]!r}",
            ones[0].page,
            {"year": year, "place": str(place), "pages": sorted({one.page for one in ones})},
            (str(identity.year), str(year)),
            Severity.INFO if year > identity.year else Severity.WARNING,
        )
    yield from _file_year(identity, file)


def _file_year(identity: Identity, file: str) -> Iterator[Issue]:
    named = {int(year) for year in _FILE_YEAR.findall(file)}
    if named and identity.year is not None and not named & {identity.year, identity.year + 1}:
        year = min(named)
        yield _issue(
            f"the report is of {identity.year}, but the file name says {year}",
            None,
            {"year": year, "place": "file name"},
            (str(identity.year), str(year)),
            Severity.INFO,
        )


def _other_offices(
    identity: Identity, offices: Sequence[tuple[Passage, Office]]
) -> Iterator[Issue]:
    if identity.agency is None:
        return
    own = [key_of(name) for name in identity.agency.split(" + ")]
    others: dict[str, list[tuple[Passage, Office]]] = defaultdict(list)
    for passage, office in offices:
        if _claims(passage, office) and not any(same_office(office.key, key) for key in own):
            others[office.key].append((passage, office))
    for ones in others.values():
        passage, office = ones[0]
        if passage.place is Place.RUNNING and len({one.page for one, _ in ones}) < REPEATED:
            continue
        where = _pages([one for one, _ in ones])
        yield _issue(
            f"the report is of {identity.agency}, but {where} speaks of {office.name} as its own",
            passage.page,
            {"agency": office.name, "pages": sorted({one.page for one, _ in ones})},
            (identity.agency, office.name),
            Severity.WARNING,
        )


def _claims(passage: Passage, office: Office) -> bool:
    """Whether a passage names the office as the one that reports."""
    if office.key.startswith(_NOT_AUTHORS):
        return False
    if passage.place in _FRONT:
        return True
    before, named, _ = passage.text.partition(office.name)
    return bool(named and _ABOUT_ITSELF.search(before[-80:]))


def _other_regions(
    identity: Identity, offices: Sequence[tuple[Passage, Office]]
) -> Iterator[Issue]:
    """The agency's own name beside another region."""
    if identity.agency is None or identity.region is None:
        return
    own = [key_of(name) for name in identity.agency.split(" + ")]
    others: dict[Region, list[Passage]] = defaultdict(list)
    for passage, office in offices:
        region = office.region
        if region and str(region) != identity.region and office.key in own:
            others[region].append(passage)
    for region, ones in others.items():
        yield _issue(
            f"the report is of {identity.region}, but {_pages(ones)} says {region}",
            ones[0].page,
            {"region": str(region), "pages": sorted({one.page for one in ones})},
            (identity.region, str(region)),
            Severity.WARNING,
        )


def _pages(ones: Sequence[Passage | SaidYear]) -> str:
    pages = sorted({one.page for one in ones})
    listed = ", ".join(map(str, pages[:SHOWN])) + (", …" if len(pages) > SHOWN else "")
    return f"page {listed}" if len(pages) == 1 else f"pages {listed}"


def _issue(
    message: str,
    page: int | None,
    evidence: dict[str, object],
    candidates: tuple[str, ...],
    severity: Severity,
) -> Issue:
    return Issue(
        IssueCode.IDENTITY_CONTRADICTION,
        severity,
        message,
        page=page,
        evidence=evidence,
        candidates=candidates,
    )
