"""Which of several anggaran, realisasi and capaian columns stand for the year of the report.

Headers propose; where they leave a choice, the rows' own arithmetic decides:
realisasi / anggaran is the printed capaian.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lkjip.normalize.content import Span
from lkjip.normalize.roles import squash
from lkjip.records import Role

CHOSEN = (Role.ANGGARAN, Role.REALISASI, Role.CAPAIAN)
MONEY = (Role.ANGGARAN, Role.REALISASI)
FUTURE = re.compile(r"maju|tahunberikut|n\+1|usulan")
PART = re.compile(r"(triwulan|bulan)_")
HALF = re.compile(r"semester\(?(i|1|pertama)(?![a-z])")
KIND = re.compile(r"(operasi|modal|tidaklangsung|langsung|tidakterduga|transfer)(\(?rp\)?)?$")
PERCENT = re.compile(r"%|persen|prosen|presen")
WHOLE = re.compile(r"(jumlah|total)")
# Better periods first; the last printed of equals: after a change counts what was changed last.
RANK = {"perubahan": 0, "tahun": 1, "murni": 2}
STRONG = re.compile(r"anggaran|pagu|alokasi|dpp?a|plafon|apbd|belanja|perubahan|murni")


def main_columns(spans: Sequence[Span]) -> dict[Role, Span]:
    """The column of each role that `lines` shows; none where no column is of the whole year."""
    mains: dict[Role, Span] = {}
    for role, same in candidates(spans).items():
        if same and not (role in MONEY and _are_alike(same)):
            mains[role] = same[-1] if role is Role.ANGGARAN else same[0]
        if role is Role.CAPAIAN and len(same) > 1:
            near = mains.get(Role.REALISASI, same[0])
            mains[role] = min(same, key=lambda s: _distance(near, s))
    return mains


def _distance(realisasi: Span, capaian: Span) -> tuple[bool, bool, bool, int]:
    """How far a percentage stands from the money it may be of: named, in its group, right, near."""
    one, other = realisasi.column, capaian.column
    is_silent = not PERCENT.search(squash(">".join(other.header)))
    is_apart = one.header[:-1] != other.header[:-1]
    return is_silent, is_apart, other.index < one.index, abs(other.index - one.index)


def undecided(spans: Sequence[Span]) -> list[Role]:
    """Roles that several columns claim alike, or each for a part, so that none is shown."""
    found = candidates(spans)
    halved = {span.column.role for span in parts_of(spans)}
    return [
        role for role in MONEY if _are_alike(found[role]) or (role in halved and not found[role])
    ]


def candidates(spans: Sequence[Span]) -> dict[Role, list[Span]]:
    """The columns of each role that are of the whole year, of the best period."""
    whole = [s for s in spans if _is_whole(s) and s not in parts_of(spans)]
    by_role = {role: [s for s in whole if s.column.role is role] for role in CHOSEN}
    year = _main_year(by_role)
    for role, found in by_role.items():
        fitting = [s for s in found if not s.column.period.isdigit() or s.column.period == year]
        best = min((_rank(s) for s in fitting), default=0)
        same = [s for s in fitting if _rank(s) == best]
        by_role[role] = (_sums(same) or _named(same)) if role in MONEY else same
    return by_role


def _named(same: list[Span]) -> list[Span]:
    """The columns headed as a budget, where others are only money ("Jumlah (Rp)")."""
    return [s for s in same if STRONG.search(squash("".join(s.column.header)))] or same


def _rank(span: Span) -> int:
    """How soon a column counts; a year is as good as none said."""
    return RANK.get(span.column.period, RANK["tahun"])


def _sums(same: Sequence[Span]) -> list[Span]:
    """The columns that add up the others of their group ("ANGGARAN > Operasi | Modal | Jumlah")."""
    storeys = [tuple(map(squash, span.column.header)) for span in same]
    groups = [header[:-1] for header in storeys]
    return [
        span
        for span, header in zip(same, storeys, strict=True)
        if len(header) > 1 and groups.count(header[:-1]) > 1 and WHOLE.match(header[-1])
    ]


def parts_of(spans: Sequence[Span]) -> list[Span]:
    """Columns of money that are each of one kind of belanja, where there are several kinds."""
    kinds = {
        span: kind[0]
        for span in spans
        if span.column.role in (*MONEY, Role.OTHER)
        and (kind := KIND.search(squash(span.column.header[-1] if span.column.header else "")))
    }
    return list(kinds) if len(set(kinds.values())) > 1 else []


def _are_alike(same: Sequence[Span]) -> bool:
    """Whether two of some columns have the same heading, to the letter."""
    headings = [squash(">".join(span.column.header)) for span in same]
    return len(set(headings)) < len(headings)


def _is_whole(span: Span) -> bool:
    return not PART.match(span.column.period) and not FUTURE.search(
        squash("".join(span.column.header))
    )


def _main_year(by_role: dict[Role, list[Span]]) -> str | None:
    """The last year that realisasi is printed for; of plans alone, their only year."""
    for role in (Role.REALISASI, Role.ANGGARAN):
        years = {s.column.period for s in by_role[role] if s.column.period.isdigit()}
        if years and (role is Role.REALISASI or len(years) <= 2):
            return max(years)
    return None
