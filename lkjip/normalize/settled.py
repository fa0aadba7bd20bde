"""Which columns are anggaran, realisasi and capaian where the rows' arithmetic tells.

A header can be misread, mistyped or silent; the rows cannot: realisasi / anggaran is
the printed percentage, anggaran less realisasi is what is left, in row after row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.agreement import ROWS, Numbers
from lkjip.normalize.content import MONEY_ROLES, Span, content_of, with_role
from lkjip.normalize.mains import CHOSEN, HALF, PART, candidates, main_columns
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import Row
from lkjip.records import Role

Pair = tuple[Span, Span]  # anggaran and realisasi
LOOKED_AT = 60  # rows that are enough to tell
REFUTED = 0.3  # share of the rows that a headed pair may fit at most
NEVER, OFTEN = 0.25, 4  # share, and rows, at which a percentage is not one of the money
MOSTLY = 0.4  # share of the cells of a silent column that are numbers of its kind
UNSAID = (Role.OTHER, Role.TARGET, Role.REALISASI_KINERJA, Role.CAPAIAN_KINERJA)


@dataclass(frozen=True, slots=True)
class Settled:
    """The columns with their roles, those that `lines` shows, and what was moved."""

    spans: tuple[Span, ...]
    mains: dict[Role, Span]
    issues: tuple[Issue, ...] = ()


def settle_roles(spans: Sequence[Span], rows: Sequence[Row], units: Mapping[int, int]) -> Settled:
    """The columns as the headers name them, unless the rows prove another reading.

    `units` is what one printed unit of each money column is worth.
    """
    mains = main_columns(spans)
    now = Settled(tuple(spans), mains)
    numbers = Numbers(rows[:LOOKED_AT], units)
    whole, part = mains.get(Role.ANGGARAN), mains.get(Role.REALISASI)
    percents = _percents(spans, mains, numbers)
    if whole and part:
        for percent in percents:
            fit = numbers.share(whole, part, percent, or_alike=True)
            is_named = percent.column.role is Role.CAPAIAN
            if fit.share > REFUTED if is_named else fit.is_proof:
                return _with_roles(now, {Role.CAPAIAN: percent})
    for percent in percents:
        proven = (
            pair
            for pair in permutations(_spendable(spans, numbers), 2)
            if numbers.share(*pair, percent).is_proof
        )
        pair = _best(list(proven), whole, part)
        if pair and percent.column.role is not Role.CAPAIAN and pair != (whole, part):
            continue  # a silent percentage says what it is of; it moves nothing
        if pair:
            return _by_percentage(now, _as_headed(pair, whole, percent, numbers), percent)
    if whole is None or part is None:
        proven = (
            pair
            for rest in spans
            if rest.column.role is Role.SISA
            for pair in permutations(_spendable(spans, numbers), 2)
            if numbers.difference(*pair, rest).is_proof
        )
        if pair := _best(list(proven), whole, part):
            return _told(_with_roles(now, _as_pair(pair)), pair, "what is left fits")
    return _without_rivals(_without_refuted(now, numbers), numbers)


def _spendable(spans: Iterable[Span], numbers: Numbers) -> list[Span]:
    """Columns of anggaran or realisasi by their heading, and silent ones that hold amounts."""
    return [
        span
        for span in spans
        if span.column.role in (Role.ANGGARAN, Role.REALISASI)
        or (span.column.role in UNSAID and content_of(_filled(numbers, span)).money >= MOSTLY)
    ]


def _percents(spans: Iterable[Span], mains: Mapping[Role, Span], numbers: Numbers) -> list[Span]:
    """Columns of percentages of the money: by their heading, the likeliest first, or silent."""
    named = [span for span in spans if span.column.role is Role.CAPAIAN]
    if named:
        return sorted(named, key=lambda span: span != mains.get(Role.CAPAIAN))
    silent = (s for s in spans if s.column.role in UNSAID and s.column.role is not Role.TARGET)
    return [s for s in silent if content_of(_filled(numbers, s)).percent >= MOSTLY]


def _filled(numbers: Numbers, span: Span) -> list[str]:
    return [text for text in numbers.texts(span) if text]


def _best(pairs: Sequence[Pair], whole: Span | None, part: Span | None) -> Pair | None:
    """The one pair that is proven; of several, the one that the headings speak for."""
    for fitting in (
        [pair for pair in pairs if pair == (whole, part)],
        [pair for pair in pairs if pair[0] == whole],
        [pair for pair in pairs if pair[1] == part],
        pairs,
    ):
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _as_headed(pair: Pair, whole: Span | None, percent: Span, numbers: Numbers) -> Pair:
    """The pair with the anggaran that the headings name, if its percentages fit as well."""
    if whole is None or whole in pair:
        return pair
    headed = numbers.share(whole, pair[1], percent)
    is_as_good = headed.share >= numbers.share(*pair, percent).share
    return (whole, pair[1]) if headed.agreed and is_as_good else pair


def _by_percentage(now: Settled, pair: Pair, percent: Span) -> Settled:
    """The pair that a percentage proves: the money of the year, of another, or no money."""
    roles = tuple(span.column.role for span in pair)
    period = pair[1].column.period
    known = [now.mains.get(Role.ANGGARAN), now.mains.get(Role.REALISASI)]
    if None not in known and not set(pair) & set(known):
        if all(role in UNSAID for role in roles):  # of a target and what was reached of it
            return _with_roles(now, {Role.CAPAIAN_KINERJA: percent})
        if roles == MONEY_ROLES[:2] and period != percent.column.period:
            return _of_period(now, percent, period)
    if roles == MONEY_ROLES[:2] and PART.match(period):
        return _of_period(now, percent, period)
    if HALF.search(squash(_heading(pair[1]))):
        return _with_roles(now, {Role.OTHER: percent})
    moved = _with_roles(now, {**_as_pair(pair), Role.CAPAIAN: percent})
    return moved if pair == tuple(known) else _told(moved, pair, "the percentages fit")


def _without_refuted(now: Settled, numbers: Numbers) -> Settled:
    """Without a capaian that is the percentage of the money in no row at all."""
    shown = [now.mains.get(role) for role in (Role.ANGGARAN, Role.REALISASI, Role.CAPAIAN)]
    whole, part, percent = shown
    if whole is None or part is None or percent is None:
        return now
    fit = numbers.share(whole, part, percent, or_alike=True)
    if fit.agreed if fit.tested < OFTEN else fit.share > NEVER:
        return now
    if fit.tested < ROWS:
        return now
    message = (
        f"“{_heading(percent)}” is not the percentage that “{_heading(part)}” is of "
        f"“{_heading(whole)}” in {fit.tested} rows: not taken for the capaian"
    )
    issue = Issue(IssueCode.ROLE_UNCERTAIN, Severity.WARNING, message, column=Role.CAPAIAN.value)
    return replace(_with_roles(now, {Role.OTHER: percent}), issues=(issue,))


def _without_rivals(now: Settled, numbers: Numbers) -> Settled:
    """Without an anggaran or realisasi beside another that is headed otherwise, and as good."""
    mains, issues = dict(now.mains), list(now.issues)
    for role, same in candidates(now.spans).items():
        main = mains.get(role)
        if main is None or role is Role.CAPAIAN:
            continue
        others = [*same, *(span for span in now.spans if _is_only_a_year(span))]
        rivals = [span for span in others if span != main and numbers.differ(main, span)]
        if rivals:
            del mains[role]
            heads = ", ".join(f"“{_heading(span)}”" for span in (main, *rivals))
            message = f"{heads} may each be the {role} of the year, and no sum tells: none is taken"
            issues.append(
                Issue(IssueCode.ROLE_UNCERTAIN, Severity.WARNING, message, column=role.value)
            )
    return replace(now, mains=mains, issues=tuple(issues))


def _is_only_a_year(span: Span) -> bool:
    """Headed "2019": an amount of that year, of what a lost storey told."""
    column = span.column
    return column.role is Role.OTHER and column.header == (column.period,)


def _as_pair(pair: Pair) -> dict[Role, Span]:
    return dict(zip(MONEY_ROLES, pair, strict=False))


def _with_roles(now: Settled, roles: Mapping[Role, Span]) -> Settled:
    """The columns with these roles; those of them that `lines` shows are shown."""
    named = {span: with_role(span, role) for role, span in roles.items()}
    spans = tuple(named.get(span, span) for span in now.spans)
    gone = set(named)
    mains = {role: span for role, span in now.mains.items() if span not in gone}
    shown = {role: named[span] for role, span in roles.items() if role in CHOSEN}
    return replace(now, spans=spans, mains=mains | shown)


def _of_period(now: Settled, percent: Span, period: str) -> Settled:
    """The percentage of what was spent in another period than the year: not shown."""
    moved = replace(percent, column=replace(percent.column, period=period))
    mains = dict(now.mains)
    mains.pop(Role.CAPAIAN, None)
    return replace(now, spans=tuple(moved if s == percent else s for s in now.spans), mains=mains)


def _told(now: Settled, pair: Pair, why: str) -> Settled:
    message = (
        f"{why} “{_heading(pair[1])}” over “{_heading(pair[0])}”: taken as realisasi over anggaran"
    )
    issue = Issue(IssueCode.ROLE_UNCERTAIN, Severity.WARNING, message)
    return replace(now, issues=(*now.issues, issue))


def _heading(span: Span) -> str:
    return " > ".join(span.column.header) or f"kolom {span.column.index + 1}"
