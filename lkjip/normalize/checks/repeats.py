"""The same lines printed in two tables of a report: each print is a check of the other.

`find_twins` tells the ledger what another table prints for a line, as evidence
for damaged cells. `compare_repeats` names the lines where two prints of what is
otherwise the same table differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.numbers import format_money
from lkjip.normalize.proof.book import Elsewhere
from lkjip.records import Line, ReadTable, Slot

MEASURES = ("anggaran", "realisasi", "capaian")
FEWEST = 3  # equal amounts before two tables are about the same
RELATED, SAME = 0.5, 0.8  # share of equal amounts: evidence for damage; two prints of one table
LONGEST = 1_000_000  # lines × lines that are aligned in order rather than by unique names
NUMBERING = re.compile(r"^(\W*([a-z]|[ivx]+|\d+)[.)\s]+)?(kegiatan|program)?\s*", re.I)


Twins = Mapping[tuple[int, Slot], Elsewhere]  # by the line's row and slot


def find_twins(tables: Sequence[ReadTable]) -> dict[int, Twins]:
    """For each table (by number), the other prints of its damaged amounts."""
    damaged = {table.number for table in tables if any(map(_is_damaged, table.lines))}
    found: dict[int, dict[tuple[int, Slot], Elsewhere]] = {}
    for one, other, pairs in _aligned(tables):
        if one.number not in damaged and other.number not in damaged:
            continue
        for measure in MEASURES:
            if _agreement(pairs, measure) < RELATED:
                continue
            for left, right in pairs:
                for line, table, twin, at in ((left, one, right, other), (right, other, left, one)):
                    slot, value = getattr(line, measure), twin.value(getattr(twin, measure))
                    amount = line.amount(slot)
                    if amount and amount.candidates and value:
                        twins = found.setdefault(table.number, {})
                        place = Elsewhere(value, at.number, twin.page)
                        twins.setdefault((line.row, slot), place)
    return dict(found)


def compare_repeats(tables: Sequence[ReadTable]) -> tuple[Issue, ...]:
    """One issue for each line whose amounts differ between two prints of one table."""
    return tuple(
        _mismatch(one, other, left, right, measures)
        for one, other, pairs in _aligned(tables)
        if len(pairs) >= SAME * max(len(one.lines), len(other.lines))
        for same in [[m for m in MEASURES if _agreement(pairs, m) >= SAME]]
        for left, right in pairs
        for measures in [[m for m in same if _differ(left, right, m)]]
        if measures
    )


def _is_damaged(line: Line) -> bool:
    return any(amount.candidates for amount in line.amounts.values())


def _aligned(
    tables: Sequence[ReadTable],
) -> Iterator[tuple[ReadTable, ReadTable, list[tuple[Line, Line]]]]:
    """Pairs of tables that name the same lines, with those lines side by side."""
    named = [
        (table, [_plain(line.name) for line in table.lines])
        for table in tables
        if len(table.lines) >= FEWEST
    ]
    for (one, names), (other, others) in combinations(named, 2):
        common = len(set(names) & set(others) - {""})
        if common >= FEWEST and 2 * common >= min(len(set(names)), len(set(others))):
            rows = _match(names, others)
            yield one, other, [(one.lines[i], other.lines[j]) for i, j in rows]


def _match(names: list[str], others: list[str]) -> Iterator[tuple[int, int]]:
    if len(names) * len(others) <= LONGEST:
        for block in SequenceMatcher(None, names, others, autojunk=False).get_matching_blocks():
            yield from ((block.a + k, block.b + k) for k in range(block.size))
        return
    once, other_once = Counter(names), Counter(others)
    at = {name: j for j, name in enumerate(others) if other_once[name] == 1}
    yield from ((i, at[name]) for i, name in enumerate(names) if once[name] == 1 and name in at)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", NUMBERING.sub("", name.lower(), count=1))


def _agreement(pairs: list[tuple[Line, Line]], measure: str) -> float:
    """Share of the lines with both amounts printed where they are equal; 0 for too few."""
    both = [
        (a, b)
        for left, right in pairs
        if (a := left.value(getattr(left, measure))) and (b := right.value(getattr(right, measure)))
    ]
    equal = sum(a == b for a, b in both)
    return equal / len(both) if equal >= FEWEST else 0.0


def _differ(left: Line, right: Line, measure: str) -> bool:
    a, b = left.value(getattr(left, measure)), right.value(getattr(right, measure))
    return a is not None and b is not None and a != b


def _mismatch(
    one: ReadTable, other: ReadTable, left: Line, right: Line, measures: list[str]
) -> Issue:
    measure = measures[0]
    first, second = left.value(getattr(left, measure)), right.value(getattr(right, measure))
    assert first is not None
    assert second is not None
    number = str if measure == "capaian" else format_money
    return Issue(
        IssueCode.TABLE_REPEAT_MISMATCH,
        Severity.WARNING,
        f"“{right.name[:60]}”: {measure} {number(second)} here, but {number(first)} in the same "
        f"table on page {left.page}",
        page=right.page,
        table=other.number,
        row=right.row,
        column=measure,
        evidence={"table": one.number, "row": left.row, "page": left.page, "value": str(first)},
        candidates=(first,),
        rupiah_at_stake=None if measure == "capaian" else abs(first - second),
    )
