"""What a scan says of its identity is written only where it is sure, or said again and again.

The rule of trust for amounts, for the year and the office: no arithmetic proves them, so
that several pages must agree where none was read for sure.
"""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.identity.offices import Office
from lkjip.normalize.identity.places import Passage
from lkjip.normalize.identity.years import SaidYear

YEARS = 3  # pages that must say a year of which no reading is sure: digits are misread alike
NAMES = 2  # pages that must spell an office alike: letters are misread each in its way


def doubted_year(year: int, sure: int | None, said: Sequence[SaidYear]) -> Issue | None:
    """Why a year of a scan may not be written; None where it may.

    `sure` is the year by the places alone where it was read for sure.
    """
    ones = [one for one in said if one.year == year]
    if any(one.is_sure for one in ones):
        return None
    if sure in (None, year) and len({one.page for one in ones}) >= YEARS:
        return None
    others = () if sure in (None, year) else (str(sure),)
    return _issue("year", str(year), ones[0].page, (str(year), *others))


def doubted_office(name: str, offices: Sequence[tuple[Passage, Office]]) -> Issue | None:
    """Why an office named by a scan may not be written; None where it may."""
    passages = [passage for passage, office in offices if office.name == name]
    if not passages or any(_is_readable(passage, name) for passage in passages):
        return None
    if len({passage.page for passage in passages}) >= NAMES:
        return None
    return _issue("agency", name, passages[0].page, (name,))


def _is_readable(passage: Passage, name: str) -> bool:
    """Whether the lines that bear the name are; a name may run over two of them."""
    blurred = _letters(passage.blurred)
    return not any(_letters(word) in blurred for word in name.split() if len(word) > 2)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


def _issue(what: str, said: str, page: int, candidates: tuple[str, ...]) -> Issue:
    return Issue(
        IssueCode.OCR_DISAGREEMENT,
        Severity.WARNING,
        f"the {what} of the report is read from the scan as {said!r}, and nothing confirms it",
        page=page,
        column=what,
        candidates=candidates,
        proposed=candidates[0],
    )
