"""What arithmetic the amounts of a scanned report take part in, and which of them it proves.

1. A sum closes exactly: a line and its children, consecutive lines and an amount printed
   elsewhere in the report, anggaran, realisasi and sisa.
2. The same amount, of many digits, stands in another line of the report.
3. The printed percentage agrees, which tells of the leading digits.

Each may hold with digits misread alike: together they must prove every digit
(`proof/digits.py`). That is not asked of legible readings in a sum, where the report's
legible percentages all but all agree; of clear ones, the second or third alone is enough,
where no sum speaks against digits that lost their marks.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from lkjip.normalize.numbers import is_blank
from lkjip.normalize.proof.book import MONEY, agrees
from lkjip.normalize.proof.digits import Arithmetic, Closed, Fit, proven
from lkjip.normalize.proof.evidence import ENOUGH
from lkjip.normalize.trust import CLEAR
from lkjip.records import Amount, ReadTable, Role, Slot

MANY = 6  # digits without closing noughts that do not meet by chance in one report
LONGEST = 60  # consecutive lines that are tried as a sum
LEGIBLE = 0.8  # confidence of readings of which no two in a sum are misread alike
MISREAD = 30  # one legible percentage in so many that is not that of its amounts: none is legible


class Place(NamedTuple):
    """One amount of the report."""

    table: int  # index
    line: int  # index
    slot: Slot


Values = dict[Place, Decimal]


def proven_places(
    tables: Sequence[ReadTable],
    amounts: Mapping[Place, Amount],
    values: Values,
    doubtful: Sequence[Place],
) -> set[Place]:
    """Those of the `doubtful` amounts that arithmetic proves; `values` are what all may be."""
    money = {place: value for place, value in values.items() if place.slot.measure in MONEY}
    sums = list[Closed[Place]]()
    shares = [share for n, table in enumerate(tables) for share in _shares(n, table, values)]
    fits = [share for share in shares if agrees(*(values[place] for place in share))]
    for number, table in enumerate(tables):
        sums += _sums_of_children(number, table, money)
        sums += _sums_with_sisa(number, table, money)
    broken = {p for t in sums if not _closes(t, money) for p in (t.whole, *t.parts)}
    sums = [total for total in sums if _closes(total, money)]
    sums += _sums_of_neighbours(tables, money)
    same = [fit[:2] for fit in fits if values[fit.anggaran] == values[fit.realisasi]]
    sure = values.keys() - set(doubtful)
    legible = {place for place in values if amounts[place].confidence >= LEGIBLE}
    read = {place for place in legible if amounts[place].value is not None}
    told = [share for share in shares if read.issuperset(share)]
    if MISREAD * sum(share not in fits for share in told) > len(told):
        legible.clear()
    clear = {place for place in legible if amounts[place].confidence >= CLEAR}
    prints = list(_reprints(money))
    agreed = {place for fit in fits if clear.issuperset(fit) for place in fit}
    agreed |= {place for group in prints for place in _clear_twice(group, clear)}
    agreed -= {place for place in broken if amounts[place].value is None}
    proof = Arithmetic(sums, fits, [*same, *prints])
    return proven(values, sure | agreed, legible, proof) | agreed - sure


def _sums_of_children(number: int, table: ReadTable, money: Values) -> Iterator[Closed[Place]]:
    """Lines and their children, where all amounts are known."""
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
            if _is_known(whole, printed, money):
                yield Closed(whole, tuple(printed))


def _sums_with_sisa(number: int, table: ReadTable, money: Values) -> Iterator[Closed[Place]]:
    """Anggaran, realisasi and what is left of it."""
    for index, line in enumerate(table.lines):
        sisa = next((slot for slot in line.amounts if slot.measure == Role.SISA), None)
        if sisa and line.anggaran and line.realisasi:
            slots = (line.anggaran, line.realisasi, sisa)
            whole, *parts = (Place(number, index, slot) for slot in slots)
            if _is_known(whole, parts, money):
                yield Closed(whole, tuple(parts))


def _is_known(whole: Place, parts: Sequence[Place], money: Values) -> bool:
    """Whether all are known, and two parts or more are something."""
    is_known = all(place in money for place in (whole, *parts))
    return is_known and sum(bool(money[part]) for part in parts) > 1


def _closes(total: Closed[Place], money: Values) -> bool:
    return sum(money[part] for part in total.parts) == money[total.whole]


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
