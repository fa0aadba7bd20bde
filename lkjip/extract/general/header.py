"""Headings over columns: what stands over what, in how many storeys.

A rule under a heading tells its columns; else its middle does, between the columns
that the headings below it stand over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lkjip.extract.general.columns import Column, Placed, place
from lkjip.extract.general.rules import Rule
from lkjip.extract.general.texts import Line, Text

CENTRED = 0.3  # share of the distance of two columns by which a heading may be off the middle
WHOLE = 0.9  # share of the table that makes a rule one between storeys, not under one heading


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """Texts of one heading over columns `first` to `last`, in storeys `top` to `bottom`."""

    texts: tuple[Text, ...]
    first: int
    last: int
    top: int
    bottom: int


def headings_of(
    lines: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]
) -> tuple[list[Heading], int]:
    """The headings of a table and the number of storeys."""
    placed = _places(lines, columns, rules)
    storeys = _storeys(lines, placed, columns, rules)
    found: dict[tuple[int, int, int], list[Text]] = {}
    for line, storey in zip(placed, storeys, strict=True):
        for item in line:
            found.setdefault((storey, item.first, item.last), []).append(item.text)
    headings = [
        Heading(tuple(texts), first, last, storey, storey)
        for (storey, first, last), texts in found.items()
    ]
    count = storeys[-1] + 1 if storeys else 0
    return _stacked(headings, placed), count


def _places(
    lines: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]
) -> list[list[Placed]]:
    placed: list[list[Placed]] = []
    for number in reversed(range(len(lines))):  # from the lowest, which show the columns best
        line = lines[number]
        below = {c for other in placed for p in other for c in range(p.first, p.last + 1)}
        next_top = lines[number + 1].top if number + 1 < len(lines) else line.bottom + 12
        row = [_over(text, line, columns, rules, (below, next_top)) for text in line.texts]
        placed.insert(0, _apart(row, columns))
    return placed


def _over(
    text: Text,
    line: Line,
    columns: Sequence[Column],
    rules: Sequence[Rule],
    beneath: tuple[set[int], float],
) -> Placed:
    """The columns that a heading stands over."""
    below, next_top = beneath
    under = _ruled(text, line, columns, rules, next_top)
    if under is not None:
        return under
    simple = place(text, columns)
    if not below:  # the last line: one heading a column
        return simple if simple.last > simple.first else _nearest(text, columns)
    ranges = [
        (first, last)
        for first in range(simple.last + 1)
        for last in range(max(first, simple.first), len(columns))
        if last > first
        and set(range(first, last + 1)) <= below
        and not _others_over(text, line, columns, first, last)
    ]
    fits = [r for r in ranges if _off(text, columns, *r) <= CENTRED * _pitch(columns, *r)]
    if simple.last > simple.first:
        wider = [r for r in fits if r[0] <= simple.first and r[1] >= simple.last]
        first, last = min(
            wider, key=lambda r: _off(text, columns, *r), default=(simple.first, simple.last)
        )
        return Placed(text, first, last)
    nearest = _nearest(text, columns)
    own = abs(text.middle - columns[nearest.first].middle)
    pairs = [r for r in fits if r[1] - r[0] == 1 and _off(text, columns, *r) < 0.5 * own]
    if pairs:
        return Placed(text, *min(pairs, key=lambda r: _off(text, columns, *r)))
    return nearest


def _ruled(
    text: Text, line: Line, columns: Sequence[Column], rules: Sequence[Rule], next_top: float
) -> Placed | None:
    """The columns over the rule right under a heading, one shorter than the table."""
    width = columns[-1].x1 - columns[0].x0
    for rule in rules:
        if not text.bottom - 3 <= rule.y <= next_top + 3 or rule.width > WHOLE * width:
            continue
        if any(o is not text and rule.x0 < o.middle < rule.x1 for o in line.texts):
            continue  # the rules under several headings touch
        if rule.x0 - 3 <= text.middle <= rule.x1 + 3 and rule.covers(text.x0, text.x1) > 0.8:
            over = [k for k, c in enumerate(columns) if rule.x0 - 2 <= c.middle <= rule.x1 + 2]
            if over:
                return Placed(text, over[0], over[-1])
    return None


def _others_over(text: Text, line: Line, columns: Sequence[Column], first: int, last: int) -> bool:
    """Whether another heading of the line stands over these columns."""
    x0, x1 = columns[first].x0, columns[last].x1
    return any(other is not text and x0 - 1 < other.middle < x1 + 1 for other in line.texts)


def _off(text: Text, columns: Sequence[Column], first: int, last: int) -> float:
    return abs(text.middle - (columns[first].x0 + columns[last].x1) / 2)


def _pitch(columns: Sequence[Column], first: int, last: int) -> float:
    return (columns[last].middle - columns[first].middle) / max(1, last - first)


def _nearest(text: Text, columns: Sequence[Column]) -> Placed:
    over = [min(text.x1, c.x1) - max(text.x0, c.x0) for c in columns]
    best = max(range(len(columns)), key=over.__getitem__)
    return Placed(text, best, best)


def _apart(row: list[Placed], columns: Sequence[Column]) -> list[Placed]:
    """The headings of a line with no column under two of them."""
    fixed: list[Placed] = []
    for item in row:
        first = item.first
        if fixed and first <= fixed[-1].last and item.last > fixed[-1].last:
            first = fixed[-1].last + 1
        fixed.append(Placed(item.text, first, item.last))
    return fixed


def _storeys(
    lines: Sequence[Line],
    placed: Sequence[Sequence[Placed]],
    columns: Sequence[Column],
    rules: Sequence[Rule],
) -> list[int]:
    """The storey of each line: a heading over several columns, or a rule, ends one."""
    storeys = [0] if lines else []
    for number in range(1, len(lines)):
        above, line = lines[number - 1], lines[number]
        ranges = {(p.first, p.last) for p in placed[number - 1] if p.last > p.first}
        now = {(p.first, p.last) for p in placed[number]}
        parted = any(
            above.bottom - 3 <= r.y <= line.top + 3
            and r.x1 > columns[0].x0
            and r.x0 < columns[-1].x1
            and r.width > 10
            for r in rules
        )
        ends = bool(ranges) and not ranges <= now
        starts = any(p.last > p.first for p in placed[number]) and not ranges
        storeys.append(storeys[-1] + (parted or ends or starts))
    return storeys


def _stacked(headings: list[Heading], placed: Sequence[Sequence[Placed]]) -> list[Heading]:
    """Headings of one column in storeys that follow each other, as one."""
    wide = [h for h in headings if h.last > h.first]
    merged: list[Heading] = []
    for heading in sorted(headings, key=lambda h: (h.first, h.last, h.top)):
        before = merged[-1] if merged else None
        if (
            before is not None
            and (before.first, before.last) == (heading.first, heading.last)
            and heading.top == before.bottom + 1
            and heading.first == heading.last
            and not any(w.first <= heading.first <= w.last for w in wide)
            and _close(before.texts[-1], heading.texts[0])
        ):
            texts = (*before.texts, *heading.texts)
            merged[-1] = Heading(texts, before.first, before.last, before.top, heading.bottom)
        else:
            merged.append(heading)
    return merged


def _close(above: Text, below: Text) -> bool:
    return below.top - above.bottom < 0.8 * (below.bottom - below.top)
