"""Doubtful amounts of scans: what the report's own arithmetic confirms stays, the rest goes.

Below the resolution at which two agreeing readings prove an amount, one of these must:

1. it takes part in a sum that closes exactly: a line and its children, consecutive
   lines and an amount printed elsewhere in the report, anggaran, realisasi and sisa;
2. the same amount, of many digits, is sure in another line of the report, or read
   clearly in both;
3. the printed percentage agrees, which tells of the leading digits, and either all
   three were read clearly, or anggaran and realisasi are the same and one is sure.

What nothing confirms is taken back: null, with its readings as candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.numbers import is_blank
from lkjip.normalize.proof.book import MONEY, agrees
from lkjip.normalize.trust import CLEAR, is_doubtful
from lkjip.records import Amount, Line, ReadTable, Role, Slot, Source

MANY = 6  # digits without closing noughts that do not meet by chance in one report
LONGEST = 60  # consecutive lines that are tried as a sum
CONFIRMED = 0.995
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
    clear = {place for place in values if amounts[place].confidence >= CLEAR}
    found: set[Place] = set()
    for number, table in enumerate(tables):
        found |= _sums_of_children(number, table, money)
        found |= _sums_with_sisa(number, table, money)
    found |= _sums_of_neighbours(tables, money)
    found |= _reprints(money, clear)
    sure = found | {place for place in values if not is_doubtful(amounts[place])}
    found |= _reprints_of_sure(money, sure)
    sure |= found
    for number, table in enumerate(tables):
        found |= _shares(number, table, values, clear | sure, sure)
    return found


def _sums_of_children(number: int, table: ReadTable, money: Values) -> set[Place]:
    """Lines that are exactly the sum of two or more children, and those children."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    rows = {line.row: index for index, line in enumerate(table.lines)}
    for index, line in enumerate(table.lines):
        if line.parent is not None:
            children[rows[line.parent]].append(index)
    found: set[Place] = set()
    for parent, members in children.items():
        for slot in table.lines[parent].amounts:
            whole = Place(number, parent, slot)
            parts = [Place(number, i, slot) for i in members if slot in table.lines[i].amounts]
            known = [part for part in parts if part in money]
            if len(known) >= 2 and whole in money and sum(money[p] for p in known) == money[whole]:
                found |= {whole, *known}
    return found


def _sums_with_sisa(number: int, table: ReadTable, money: Values) -> set[Place]:
    """Anggaran, realisasi and what is left of it, where the three agree."""
    found: set[Place] = set()
    for index, line in enumerate(table.lines):
        sisa = next((slot for slot in line.amounts if slot.measure == Role.SISA), None)
        if sisa and line.anggaran and line.realisasi:
            trio = [Place(number, index, slot) for slot in (line.anggaran, line.realisasi, sisa)]
            if all(place in money for place in trio) and money[trio[1]] and money[trio[2]]:
                whole, realised, left = (money[place] for place in trio)
                found |= set(trio) if whole == realised + left else set()
    return found


def _sums_of_neighbours(tables: Sequence[ReadTable], money: Values) -> set[Place]:
    """Consecutive lines of a column whose sum is printed elsewhere in the report."""
    printed: defaultdict[Decimal, list[Place]] = defaultdict(list)
    for place, value in money.items():
        if digits_of(value) >= MANY:
            printed[value].append(place)
    found: set[Place] = set()
    for column in _columns(tables):
        known = [place for place in column if place in money]
        for start in range(len(known)):
            members = known[start : start + LONGEST]
            for count, total in enumerate(accumulate(money[p] for p in members), start=1):
                wholes = [p for p in printed.get(total, ()) if p not in members[:count]]
                if count >= 2 and wholes:
                    found |= {*members[:count], *wholes}
    return found


def _columns(tables: Sequence[ReadTable]) -> Iterator[list[Place]]:
    for number, table in enumerate(tables):
        slots = dict.fromkeys(slot for line in table.lines for slot in line.amounts)
        for slot in slots:
            lines = enumerate(table.lines)
            yield [Place(number, i, slot) for i, line in lines if slot in line.amounts]


def _reprints(money: Values, clear: set[Place]) -> set[Place]:
    """Amounts of many digits that are read clearly in two lines or more."""
    printed: defaultdict[Decimal, list[Place]] = defaultdict(list)
    for place in clear & money.keys():
        if digits_of(money[place]) > MANY:
            printed[money[place]].append(place)
    lines = {value: {(p.table, p.line) for p in places} for value, places in printed.items()}
    return {p for value, places in printed.items() if len(lines[value]) > 1 for p in places}


def _reprints_of_sure(money: Values, sure: set[Place]) -> set[Place]:
    """Amounts of many digits, however faintly read, that are sure elsewhere."""
    known = {money[place] for place in sure & money.keys() if digits_of(money[place]) > MANY}
    return {place for place, value in money.items() if value in known}


def _shares(
    number: int, table: ReadTable, values: Values, clear: set[Place], sure: set[Place]
) -> set[Place]:
    """Lines whose printed percentage agrees with amounts that are sure or clearly read."""
    found: set[Place] = set()
    for index, line in enumerate(table.lines):
        slots = (line.anggaran, line.realisasi, line.capaian)
        trio = [Place(number, index, slot) for slot in slots if slot is not None]
        if len(trio) < 3 or not all(place in values for place in trio):
            continue
        anggaran, realisasi, _ = trio
        if agrees(*(values[place] for place in trio)):
            is_sure = anggaran in sure and realisasi in sure
            is_twice = values[anggaran] == values[realisasi] and sure & {anggaran, realisasi}
            if is_sure or is_twice or all(place in clear for place in trio):
                found |= set(trio)
    return found


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
