"""Which table line a statement in the text speaks of, and whether the two agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.mentions.amounts import Spoken
from lkjip.records import Amount, Line, LineKind, Mention, ReadTable, TableKind

# Name similarities (0 to 100); kalianget 2020: "Rapat rapat koordinasi dan konsultasi ke luar
# daerah" against "Rapat Koordinasi dan Komunikasi ke luar Daerah" is 86, of another kegiatan 71.
SAME_NAME = 92.0
LIKELY_NAME = 80.0
KIN_NAME = 60.0  # enough where an amount is the same to the rupiah
SLACK = Decimal("0.0101")
_NOISE = re.compile(
    r"\b(?:sub\s*kegiatan|kegiatan|program|tahun\s*(?:anggaran)?|20\d\d|provinsi|kabupaten|kota)\b",
    re.I,
)


_TELLING = re.compile(
    r"\b(?:tidak|non|luar|dalam|[ivx]{1,4}|\d+)\b", re.I
)  # "Belanja Tidak Langsung"
FAR = 5  # times; amounts further apart are of two things, unless three zeros got lost


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that a statement may speak of. Of several the greatest `rank` is meant."""

    table: ReadTable
    line: Line
    likeness: float
    equal: int  # amounts of the statement that the line bears out
    is_full: bool  # whether the line has every measure that the statement has

    @property
    def rank(self) -> tuple[bool, int, int, float]:
        """A line of the same measures (not one of a plan), then the name, then the amounts.

        By amounts alone the deepest line is meant: its parents repeat them.
        """
        if self.likeness >= LIKELY_NAME:
            return self.is_full, 2, self.equal, self.likeness
        if self.likeness >= KIN_NAME:
            return self.is_full, 1, self.equal, self.likeness
        return self.is_full, 0, self.equal, float(self.line.row)


def join(
    mentions: Sequence[Mention], spoken: Sequence[Spoken], tables: Sequence[ReadTable]
) -> tuple[tuple[Mention, ...], tuple[Issue, ...]]:
    """The mentions of one statement with their line, and an issue for each contradiction."""
    best = _best(mentions, spoken, tables)
    if best is None:
        return tuple(mentions), ()
    joined, issues = list[Mention](), list[Issue]()
    for mention, exact in zip(mentions, spoken, strict=True):
        amounts = list(_amounts(best.line, mention.measure))
        if mention.value is None or not amounts:
            joined.append(mention)
            continue
        agrees = _bears_out(amounts, mention.value, exact.precision)
        if not agrees and not _is_sure(mention, mentions, best, amounts[0]):
            joined.append(mention)
            continue
        joined.append(replace(mention, line=(best.table.number, best.line.row), agrees=agrees))
        if not agrees:
            issues.append(_contradiction(mention, mentions, best, amounts[0]))
    return tuple(joined), tuple(issues)


def _is_sure(
    mention: Mention, mentions: Sequence[Mention], best: Candidate, amount: Amount
) -> bool:
    """Whether it is this line that a mention contradicts, and not another of a similar name."""
    if mention.name is None or amount.value is None:
        return False
    if best.equal:
        return True
    if mention.value is not None and _are_far(mention.value, amount.value):
        return False
    if best.likeness >= SAME_NAME:
        return True
    return _fitting(mention, mentions, best.line, amount.value)[0] is not None


def _best(
    mentions: Sequence[Mention], spoken: Sequence[Spoken], tables: Sequence[ReadTable]
) -> Candidate | None:
    found = sorted(_candidates(mentions, spoken, tables), key=lambda one: one.rank, reverse=True)
    if not found:
        return None
    best = found[0]
    if best.equal:
        return best
    rivals = [one for one in found if one.likeness > best.likeness - 3]
    if len({_figures(one.line) for one in rivals}) > 1:
        return None  # several lines bear the name; which one is meant cannot be told
    return best


def _candidates(
    mentions: Sequence[Mention], spoken: Sequence[Spoken], tables: Sequence[ReadTable]
) -> Iterator[Candidate]:
    name = mentions[0].name
    for table in tables:
        if table.kind is not TableKind.BUDGET:
            continue
        for line in table.lines:
            equal = sum(
                mention.value is not None
                and _bears_out(_amounts(line, mention.measure), mention.value, exact.precision)
                for mention, exact in zip(mentions, spoken, strict=True)
            )
            likeness = _likeness(mentions[0].name, line.name)
            is_total = not name and equal and line.kind is LineKind.TOTAL
            # two amounts at once are repeated by chance only where they are the same thing
            is_exact = equal == len(mentions) > 1
            if is_total or is_exact or likeness >= (KIN_NAME if equal else LIKELY_NAME):
                is_full = all(any(_amounts(line, mention.measure)) for mention in mentions)
                yield Candidate(table, line, likeness, equal, is_full)


def _likeness(name: str | None, line_name: str) -> float:
    """0 to 100. Names that differ in a telling word are kin at most."""
    if not name:
        return 0.0
    likeness = fuzz.ratio(_plain(name), _plain(line_name))
    is_other = _telling(name) != _telling(line_name)
    return min(likeness, LIKELY_NAME - 1) if is_other else likeness


@lru_cache(maxsize=65536)
def _telling(name: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(_NOISE.sub("", name.casefold())))


@lru_cache(maxsize=65536)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", _NOISE.sub("", name.casefold()))


def _amounts(line: Line, measure: str) -> Iterator[Amount]:
    """The line's amounts of a measure, the one that the contract shows first."""
    shown = {"anggaran": line.anggaran, "realisasi": line.realisasi}.get(measure)
    slots = [shown] if shown else []
    slots += [slot for slot in line.amounts if slot.measure == measure and slot != shown]
    for slot in slots:
        amount = line.amounts.get(slot)
        if amount is not None and amount.value is not None:
            yield amount


def _bears_out(
    amounts: Iterator[Amount] | Sequence[Amount], value: Decimal, precision: Decimal
) -> bool:
    return any(
        amount.value is not None and abs(amount.value - value) <= max(precision, Decimal("0.99"))
        for amount in amounts
    )


def _figures(line: Line) -> tuple[Decimal | None, Decimal | None]:
    return line.value(line.anggaran), line.value(line.realisasi)


def _contradiction(
    mention: Mention, mentions: Sequence[Mention], best: Candidate, amount: Amount
) -> Issue:
    assert mention.value is not None
    assert amount.value is not None
    fit, percent = _fitting(mention, mentions, best.line, amount.value)
    says = f"; the printed {percent} % fits {fit}" if fit else ""
    place = f"table {best.table.number} row {best.line.row} has {amount.raw}"
    return Issue(
        IssueCode.MENTION_MISMATCH,
        Severity.WARNING,
        f"the text gives {mention.measure} of {mention.name or best.line.name} as {mention.raw}, "
        f"{place}{says}",
        page=mention.page,
        table=best.table.number,
        row=best.line.row,
        column=mention.measure,
        evidence={
            "text": str(mention.value),
            "table": str(amount.value),
            "percent": None if percent is None else str(percent),
            "fits": fit,
        },
        candidates=_ordered(fit, amount.value, mention.value),
        rupiah_at_stake=abs(mention.value - amount.value),
    )


def _are_far(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts are too far apart to be meant as one."""
    low, high = sorted((abs(a), abs(b)))
    if not low:
        return False
    return high > FAR * low and high not in (low * 1_000, low * 1_000_000)


def _ordered(fit: str | None, table: Decimal, text: Decimal) -> tuple[Decimal, ...]:
    return (text, table) if fit == "the text" else (table, text)


def _fitting(
    mention: Mention, mentions: Sequence[Mention], line: Line, table_value: Decimal
) -> tuple[str | None, Decimal | None]:
    """Which figure the printed percentage fits: "the text", "the table", or neither or both."""
    other_measure = "realisasi" if mention.measure == "anggaran" else "anggaran"
    others = [m.value for m in mentions if m.measure == other_measure and m.value]
    shown = line.value(line.realisasi if other_measure == "realisasi" else line.anggaran)
    others += [shown] if shown else []
    percents = [m.percent for m in mentions if m.percent is not None]
    printed = line.value(line.capaian)
    percents += [printed] if printed is not None else []
    for percent in percents:
        fits = {
            label: any(_is_share(value, other, percent, mention.measure) for other in others)
            for label, value in (("the text", mention.value), ("the table", table_value))
            if value is not None
        }
        if sum(fits.values()) == 1:
            return next(label for label, right in fits.items() if right), percent
    return None, percents[0] if percents else None


def _is_share(value: Decimal, other: Decimal, percent: Decimal, measure: str) -> bool:
    realisasi, anggaran = (other, value) if measure == "anggaran" else (value, other)
    return anggaran != 0 and abs(100 * realisasi / anggaran - percent) <= SLACK
