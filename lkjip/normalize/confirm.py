"""Doubtful amounts of scans: what the report's own arithmetic proves stays, the rest goes.

Below the resolution at which two agreeing readings prove an amount, only arithmetic does:

1. a sum that closes exactly: a line and its children, consecutive lines and an amount
   printed elsewhere in the report, anggaran, realisasi and sisa;
2. the same amount, of many digits, in another line of the report;
3. the printed percentage, which tells of the leading digits.

Each may hold with digits misread alike: together they must prove every digit
(`proof/digits.py`). That is not asked of legible readings, in a report whose legible
percentages all but all agree; of clear ones, the second or third alone is enough. What
is not proven is taken back: null, with its readings as candidates.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.numbers import is_blank
from lkjip.normalize.proof.book import MONEY, agrees
from lkjip.normalize.proof.digits import Arithmetic, Closed, Fit, proven
from lkjip.normalize.proof.evidence import ENOUGH
from lkjip.normalize.trust import CLEAR, is_doubtful
from lkjip.records import Amount, Line, ReadTable, Role, Slot, Source

MANY = 6  # digits without closing noughts that do not meet by chance in one report
LONGEST = 60  # consecutive lines that are tried as a sum
CONFIRMED = 0.995
LEGIBLE = 0.8  # confidence of readings of which no two are misread alike
MISREAD = 30  # one legible percentage in so many that is not that of its amounts: none is legible
SAYS_OPEN = (IssueCode.NUMBER_MALFORMED, IssueCode.OCR_DISAGREEMENT)


class Place(NamedTuple):
    """One amount of the report."""

    table: int  # index
    line: int  # index
    slot: Slot


Values = dict[Place, Decimal]


def confirm(
    tables: Sequence[ReadTable], issues: Sequence[Issue]
) -> tuple[tuple[ReadTable, ...], tuple[Issue, ...]]:
    """The tables without the amounts of scans that nothing confirms, and the issues with theirs.

    A damaged print that was confirmed gets its value (`repaired`); one issue names each
    amount that stays open.
    """
    amounts = dict(_amounts(tables))
    doubtful = [place for place, amount in amounts.items() if _is_open(amount)]
    if not doubtful:
        return tuple(tables), tuple(issues)
    read = {place: _value(amount) for place, amount in amounts.items()}
    values = {place: value for place, value in read.items() if value is not None}
    confirmed = _confirmed(tables, amounts, values)
    settled: dict[Place, Amount] = {}
    told: dict[tuple[int, int, str], Issue | None] = {}
    for place in doubtful:
        amount, line = amounts[place], tables[place.table].lines[place.line]
        is_confirmed = place in confirmed
        settled[place] = _kept(amount, values[place]) if is_confirmed else _withheld(amount)
        key = (tables[place.table].number, line.row, place.slot.measure)
        told[key] = told.get(key) if is_confirmed else _issue(tables, place, amount)
    done = tuple(_with(table, number, settled) for number, table in enumerate(tables))
    still = {key: issue for key, issue in told.items() if issue is not None}
    others = [
        issue
        for issue in issues
        if not (issue.code in SAYS_OPEN and _key(issue) in told)
        and not (issue.code is IssueCode.NUMBER_REPAIRED and _key(issue) in still)
    ]
    return done, (*others, *still.values())


def _amounts(tables: Sequence[ReadTable]) -> Iterator[tuple[Place, Amount]]:
    for number, table in enumerate(tables):
        for index, line in enumerate(table.lines):
            for slot, amount in line.amounts.items():
                yield Place(number, index, slot), amount


def _is_open(amount: Amount) -> bool:
    """Whether an amount of a scan is printed but not sure."""
    is_printed = not is_blank(amount.raw)
    return is_doubtful(amount) and amount.source is not Source.REVIEWED and is_printed


def _value(amount: Amount) -> Decimal | None:
    """The value to be confirmed: as read, or the one meaning of an agreed damaged print."""
    if amount.value is None and amount.confidence > 0 and len(amount.candidates) == 1:
        return amount.candidates[0]
    return amount.value


def _confirmed(
    tables: Sequence[ReadTable], amounts: dict[Place, Amount], values: Values
) -> set[Place]:
    money = {place: value for place, value in values.items() if place.slot.measure in MONEY}
    sums = list(_sums_of_neighbours(tables, money))
    shares = [share for n, table in enumerate(tables) for share in _shares(n, table, values)]
    fits = [share for share in shares if agrees(*(values[place] for place in share))]
    for number, table in enumerate(tables):
        sums += _sums_of_children(number, table, money)
        sums += _sums_with_sisa(number, table, money)
    same = [fit[:2] for fit in fits if values[fit.anggaran] == values[fit.realisasi]]
    sure = {place for place in values if not is_doubtful(amounts[place])}
    legible = {place for place in values if amounts[place].confidence >= LEGIBLE}
    told = [share for share in shares if legible.issuperset(share)]
    if MISREAD * sum(share not in fits for share in told) > len(told):
        legible.clear()
    clear = {place for place in legible if amounts[place].confidence >= CLEAR}
    prints = list(_reprints(money))
    agreed = {place for fit in fits if clear.issuperset(fit) for place in fit}
    agreed |= {place for group in prints for place in _clear_twice(group, clear)}
    proof = Arithmetic(sums, fits, [*same, *prints])
    return proven(values, sure | agreed, legible, proof) | agreed - sure


def _sums_of_children(number: int, table: ReadTable, money: Values) -> Iterator[Closed[Place]]:
    """Lines that are exactly the sum of their children, all of which are known."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    rows = {line.row: index for index, line in enumerate(table.lines)}
    for index, line in enumerate(table.lines):
        if line.parent is not None:
            children[rows[line.parent]].append(index)
    for parent, members in children.items():
        for slot in table.lines[parent].amounts:
            whole = Place(number, parent, slot)
            printed = [
                Place(number, i, slot)
                for i in members
                if slot in (its := table.lines[i].amounts) and not is_blank(its[slot].raw)
            ]
            if _closes(whole, printed, money):
                yield Closed(whole, tuple(printed))


def _sums_with_sisa(number: int, table: ReadTable, money: Values) -> Iterator[Closed[Place]]:
    """Anggaran, realisasi and what is left of it, where the three agree."""
    for index, line in enumerate(table.lines):
        sisa = next((slot for slot in line.amounts if slot.measure == Role.SISA), None)
        if sisa and line.anggaran and line.realisasi:
            slots = (line.anggaran, line.realisasi, sisa)
            whole, *parts = (Place(number, index, slot) for slot in slots)
            if _closes(whole, parts, money):
                yield Closed(whole, tuple(parts))


def _closes(whole: Place, parts: Sequence[Place], money: Values) -> bool:
    """Whether all are known, two parts or more are something, and the sum is exact."""
    if not all(place in money for place in (whole, *parts)):
        return False
    values = [money[part] for part in parts]
    return sum(map(bool, values)) > 1 and sum(values) == money[whole]


def _sums_of_neighbours(tables: Sequence[ReadTable], money: Values) -> Iterator[Closed[Place]]:
    """Consecutive lines of a column whose sum is printed elsewhere in the report.

    Only sums of so many digits that among all that are tried none is met by chance.
    """
    printed: defaultdict[Decimal, list[Place]] = defaultdict(list)
    for place, value in money.items():
        if digits_of(value) >= MANY:
            printed[value].append(place)
    columns = [[place for place in column if money.get(place)] for column in _columns(tables)]
    tries = len(printed) * sum(min(LONGEST, len(column)) * len(column) for column in columns)
    for column in columns:
        for start in range(len(column)):
            members = column[start : start + LONGEST]
            for count, total in enumerate(accumulate(money[p] for p in members), start=1):
                parts = tuple(members[:count])
                wholes = [place for place in printed.get(total, ()) if place not in parts]
                if count > 1 and wholes and _chances(total, [money[p] for p in parts]) > tries:
                    yield from (Closed(whole, parts) for whole in wholes)


def _chances(total: Decimal, parts: Sequence[Decimal]) -> float:
    """Of how many sums of such numbers one is this, by chance; round numbers meet sooner."""
    return float(total) * 100 / math.gcd(*(int(part * 100) for part in parts)) / 10**ENOUGH


def _columns(tables: Sequence[ReadTable]) -> Iterator[list[Place]]:
    for number, table in enumerate(tables):
        slots = dict.fromkeys(slot for line in table.lines for slot in line.amounts)
        for slot in slots:
            lines = enumerate(table.lines)
            yield [Place(number, i, slot) for i, line in lines if slot in line.amounts]


def _reprints(money: Values) -> Iterator[list[Place]]:
    """Amounts of many digits that are printed more than once."""
    printed: defaultdict[Decimal, list[Place]] = defaultdict(list)
    for place, value in money.items():
        if digits_of(value) > MANY:
            printed[value].append(place)
    return (places for places in printed.values() if len(places) > 1)


def _clear_twice(group: Sequence[Place], clear: set[Place]) -> set[Place]:
    """The clear ones of several prints, if they stand in more lines than one."""
    found = clear.intersection(group)
    return found if len({place[:2] for place in found}) > 1 else set()


def _shares(number: int, table: ReadTable, values: Values) -> Iterator[Fit[Place]]:
    """Anggaran, realisasi and the percentage of the lines that have all three."""
    for index, line in enumerate(table.lines):
        if line.anggaran and line.realisasi and line.capaian:
            slots = (line.anggaran, line.realisasi, line.capaian)
            share = Fit(*(Place(number, index, slot) for slot in slots))
            if all(place in values for place in share):
                yield share


def digits_of(value: Decimal) -> int:
    """Digits of an amount without the noughts at its end."""
    return len(str(int(abs(value))).rstrip("0"))


def _kept(amount: Amount, value: Decimal) -> Amount:
    source = amount.source if amount.value is not None else Source.REPAIRED
    return replace(amount, value=value, source=source, confidence=CONFIRMED)


def _withheld(amount: Amount) -> Amount:
    candidates = amount.candidates if amount.value is None else (amount.value, *amount.candidates)
    return replace(amount, value=None, source=None, candidates=tuple(dict.fromkeys(candidates)))


def _with(table: ReadTable, number: int, settled: dict[Place, Amount]) -> ReadTable:
    """A table with its settled amounts; what is taken back is not verified either."""
    lines: list[Line] = []
    for index, line in enumerate(table.lines):
        amounts = {
            slot: settled.get(Place(number, index, slot), amount)
            for slot, amount in line.amounts.items()
        }
        confirmed = {
            slot
            for slot, amount in amounts.items()
            if amount.value is not None and Place(number, index, slot) in settled
        }
        open_ = {slot for slot, amount in amounts.items() if amount.value is None}
        verified = (line.verified | confirmed) - open_
        lines.append(replace(line, amounts=amounts, verified=frozenset(verified)))
    return replace(table, lines=tuple(lines))


def _issue(tables: Sequence[ReadTable], place: Place, amount: Amount) -> Issue:
    table = tables[place.table]
    line = table.lines[place.line]
    withheld = _withheld(amount)
    readings = tuple(dict.fromkeys((amount.raw, *amount.readings)))
    said = " or ".join(f"“{text}”" for text in readings if text) or "nothing"
    return Issue(
        IssueCode.OCR_DISAGREEMENT,
        Severity.WARNING,
        f"“{line.name or '(no name)'}”: {place.slot.measure} is read from the scan as {said}, "
        "and no sum of the report confirms it",
        page=amount.page or line.page,
        table=table.number,
        row=line.row,
        column=place.slot.measure,
        evidence={"readings": readings, "confidence": round(amount.confidence, 3)},
        candidates=withheld.candidates[:8],
        proposed=withheld.candidates[0] if withheld.candidates else None,
        rupiah_at_stake=max(withheld.candidates[:3], default=None)
        if place.slot.measure in MONEY
        else None,
    )


def _key(issue: Issue) -> tuple[int | None, int | None, str | None]:
    return issue.table, issue.row, issue.column
