"""Doubtful amounts of scans: what the report's own arithmetic proves stays, the rest goes.

Below the resolution at which two agreeing readings prove an amount, only arithmetic does
(`arithmetic.py`). What it does not prove is taken back: null, with its readings as
candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.arithmetic import Place, proven_places
from lkjip.normalize.numbers import format_money, is_blank
from lkjip.normalize.proof.book import MONEY
from lkjip.normalize.trust import digits_in, is_doubtful
from lkjip.records import Amount, Line, ReadTable, Source

CONFIRMED = 0.995
SAYS_OPEN = (IssueCode.NUMBER_MALFORMED, IssueCode.OCR_DISAGREEMENT)


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
    confirmed = proven_places(tables, amounts, values, doubtful)
    settled: dict[Place, Amount] = {}
    told: dict[tuple[int, int, str], Issue | None] = {}
    for place in doubtful:
        amount, line = amounts[place], tables[place.table].lines[place.line]
        is_confirmed = place in confirmed
        settled[place] = _kept(amount, values[place]) if is_confirmed else _withheld(amount)
        key = (tables[place.table].number, line.row, place.slot.measure)
        if not is_confirmed:
            told[key] = _issue(tables, place, amount)
        elif amount.value is None:
            told[key] = told.get(key) or _repaired(tables, place, amount, values[place])
        else:
            told.setdefault(key, None)
    done = tuple(_with(table, number, settled) for number, table in enumerate(tables))
    found = {key: issue for key, issue in told.items() if issue is not None}
    others = [
        issue
        for issue in issues
        if not (issue.code in SAYS_OPEN and _key(issue) in told)
        and not (issue.code is IssueCode.NUMBER_REPAIRED and _key(issue) in found)
    ]
    return done, (*others, *found.values())


def _amounts(tables: Sequence[ReadTable]) -> Iterator[tuple[Place, Amount]]:
    for number, table in enumerate(tables):
        for index, line in enumerate(table.lines):
            for slot, amount in line.amounts.items():
                yield Place(number, index, slot), amount


def _is_open(amount: Amount) -> bool:
    """Whether an amount of a scan is printed but not sure, or only its digits are."""
    is_sure = amount.value is not None and not is_doubtful(amount)
    is_scan = amount.confidence < 1 and amount.source is not Source.REVIEWED
    return is_scan and not is_sure and not is_blank(amount.raw)


def _value(amount: Amount) -> Decimal | None:
    """The value to be confirmed: as read, or the likeliest meaning of digits read alike."""
    if amount.value is None and amount.confidence > 0:
        printed = _significant(amount.raw)
        alike = (value for value in amount.candidates if _significant(str(value)) == printed)
        return next(alike, None)
    return amount.value


def _significant(text: str) -> str:
    """The digits of a number without the noughts at its ends."""
    return digits_in(text).strip("0")


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


def _repaired(tables: Sequence[ReadTable], place: Place, amount: Amount, value: Decimal) -> Issue:
    """What became of a print of which only the digits were sure."""
    table = tables[place.table]
    line = table.lines[place.line]
    is_money = place.slot.measure in MONEY
    return Issue(
        IssueCode.NUMBER_REPAIRED,
        Severity.INFO,
        f"“{line.name or '(no name)'}”: “{amount.raw}” read from the scan as "
        f"{format_money(value) if is_money else value}: so the numbers beside it prove",
        page=amount.page or line.page,
        table=table.number,
        row=line.row,
        column=place.slot.measure,
        evidence={"printed": amount.raw, "readings": amount.readings},
        candidates=amount.candidates[:8],
        proposed=value,
        rupiah_at_stake=abs(value) if is_money else None,
    )


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
