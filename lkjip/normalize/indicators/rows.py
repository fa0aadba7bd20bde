"""Several indicators in one physical row: which printed lines belong to which of them.

The values of one indicator stand level with each other, or each column lists as
many as the others. Where neither holds, a value stays out: a wrong one is worse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lkjip.normalize.rows import join, number_text
from lkjip.records import TextLine

LEVEL = 7.0  # points that values of one indicator may stand apart; half a line of print
APART = 1.45  # line pitches between items of a list; wrapped lines stand one apart
SIGNS = r"[•●▪◦○■□➢✓\-–*]"
MARK = re.compile(rf"\s*(?:{SIGNS}\s*(?=\S)|(?:\d{{1,2}}|[a-zA-Z])[.)]\s*(?=[^\d\s]))")
BULLET = re.compile(rf"\s*{SIGNS}\s*(?=[A-Za-z])")  # of one item alone, whose number stays
_VALUE = re.compile(r"\s*(?:[≥≤<>±]\s*)?(?:Rp\.?\s*)?[-–]?\s*\d|\s*[-–]+(?:\s*\*+\)?)?\s*$")
_GRADE = re.compile(r"\s*(?:WTP|WDP|TMP|TW|NA|N/A|n/a|[A-E]{1,3}[+-]?|[IVX]{1,4})\s*$")
_REST = re.compile(r"[\d.,]*\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator's share of a row: the printed lines of each column."""

    cells: Mapping[int, tuple[TextLine, ...]]
    several: frozenset[int] = frozenset()  # columns that print more than one value for it
    parent: str = ""  # the heading of the list that it is an entry of

    def text(self, column: int | None) -> str:
        return "" if column is None else join(line.text for line in self.cells.get(column, ()))

    def number(self, column: int) -> str:
        return number_text(self.cells.get(column, ()))


def split_row(
    cells: Mapping[int, tuple[TextLine, ...]],
    indikator: int,
    values: Sequence[int],
    lists: Sequence[int],
) -> tuple[list[Part], bool]:
    """The parts of a row, one an indicator, and whether all of it could be told apart.

    `values` are the value columns, `lists` further columns that may list one entry an
    indicator (satuan, kegiatan); a list that does not match belongs to every part.
    """
    starts = {column: values_in(cells.get(column, ())) for column in values}
    filled = {column: found for column, found in starts.items() if found}
    items = _entries(cells.get(indikator, ()), filled)
    if len(items) < 2:
        return [_alone(cells, starts, filled)], True
    others = {c: lines for c, lines in cells.items() if c not in starts}
    pairs = _paired(items, filled)
    if not pairs:
        return ([Part(dict(cells))], True) if not filled else ([], False)
    if len(pairs) == 1:
        ((item, row),) = pairs.items()
        if items[0][-1].text.rstrip().endswith(":") and item:
            parent = join(line.text for line in items[0])
            return [Part({**others, **row, indikator: items[item]}, parent=parent)], True
        return [Part({**others, **row})], True  # one value for all the list says
    parts = [{**others, **row, indikator: items[item]} for item, row in pairs.items()]
    for column in lists:
        _deal(cells.get(column, ()), column, parts)
    parent = _parent(cells[indikator]) if len(parts) > 1 else ""
    return [Part(part, parent=parent) for part in parts], True


def _alone(
    cells: Mapping[int, tuple[TextLine, ...]],
    starts: Mapping[int, Sequence[tuple[TextLine, ...]]],
    filled: Mapping[int, Sequence[tuple[TextLine, ...]]],
) -> Part:
    """The one indicator of a row; of a mean printed above its value only the value."""
    if all(len(found) == 1 for found in filled.values()):
        return Part(dict(cells))
    rows, is_whole = _by_level(filled)
    if is_whole and len(rows) == 1:
        return Part({**{c: lines for c, lines in cells.items() if c not in starts}, **rows[0]})
    return Part(dict(cells), frozenset(c for c, found in filled.items() if len(found) > 1))


def _entries(
    lines: Sequence[TextLine], filled: Mapping[int, Sequence[tuple[TextLine, ...]]]
) -> list[tuple[TextLine, ...]]:
    """The indicators of a cell: by their bullets, or, beside several values, by the white."""
    marked = _marked(lines)
    if len(marked) > 1:
        return marked
    has_several = any(len(found) > 1 for found in filled.values())
    return _spaced(lines) if has_several else marked


def _paired(
    items: Sequence[tuple[TextLine, ...]],
    filled: Mapping[int, Sequence[tuple[TextLine, ...]]],
) -> dict[int, dict[int, tuple[TextLine, ...]]]:
    """The values of each item (by its place), as many as it in every column or level with it.

    Empty where that is not sure of all of them.
    """
    if filled and all(len(found) == len(items) for found in filled.values()):
        rows = zip(*filled.values(), strict=True)
        return {n: dict(zip(filled, row, strict=True)) for n, row in enumerate(rows)}
    levels, is_whole = _by_level(filled) if filled else ([], False)
    tops = [min(group[0].box.y0 for group in level.values()) for level in levels]
    places = [_item_at(items, top) for top in tops]
    if not is_whole or None in places or len(set(places)) < len(places):
        return {}
    return {n: level for n, level in zip(places, levels, strict=True) if n is not None}


def _deal(
    lines: Sequence[TextLine], column: int, parts: Sequence[dict[int, tuple[TextLine, ...]]]
) -> None:
    """Give each part its entry of a list that has as many; another list belongs to all."""
    for entries in (_marked(lines), _spaced(lines)):
        if len(entries) == len(parts):
            for part, entry in zip(parts, entries, strict=True):
                part[column] = entry
            return


def _parent(lines: Sequence[TextLine]) -> str:
    """The heading above the first entry of a list."""
    first = next((n for n, line in enumerate(lines) if MARK.match(line.text)), 0)
    return join(line.text for line in lines[:first])


def level_with(lines: Sequence[TextLine], top: float) -> tuple[TextLine, ...]:
    """The line of a cell for several rows that stands level with one of them, if any does."""
    level = [line for line in lines if abs(line.box.y0 - top) <= LEVEL]
    return (min(level, key=lambda line: abs(line.box.y0 - top)),) if level else ()


def values_in(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """A value cell's lines, grouped so that each group is one value with what wraps under it."""
    groups: list[list[TextLine]] = []
    for line in _leftmost(lines):
        text = line.text
        is_value = bool(_VALUE.match(text) or _GRADE.match(text))
        if groups and (not is_value or _is_rest(groups[-1][-1], line) or _is_open(groups[-1][-1])):
            groups[-1].append(line)
        elif is_value or not groups:
            groups.append([line])
    return [tuple(group) for group in groups]


def _is_open(line: TextLine) -> bool:
    """Whether a value goes on below for all its digits ("89/" over "100.000", "5 -" over "6")."""
    return bool(re.search(r"(?:[/(:]|\d\s*[-–]|\b(?:per|dari|s/d|sampai))\s*$", line.text))


def _leftmost(lines: Sequence[TextLine]) -> list[TextLine]:
    """Of texts side by side (a percentage and its category) the first."""
    kept: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (round(one.box.y0 / 3), one.box.x0)):
        beside = kept and abs(line.box.y0 - kept[-1].box.y0) < 3 and line.box.x0 > kept[-1].box.x1
        if not beside:
            kept.append(line)
    return kept


def _is_rest(above: TextLine, line: TextLine) -> bool:
    """Whether a line is the rest of a number broken in its cell ("11.805.00" / "0").

    The number above must be open: a mark at its end, or two marks and a last group
    that is too short. "12,5" above "30" are two values.
    """
    close = line.box.y0 - above.box.y0 < APART * max(above.box.y1 - above.box.y0, 8.0)
    if not close or not _REST.fullmatch(line.text):
        return False
    is_open = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})*(?:[.,]|\1\d{1,2})", above.text.strip())
    whole = re.sub(r"\s", "", above.text + line.text)
    return bool(is_open and re.fullmatch(r"\d{1,3}([.,])\d{3}(\1\d{3})*", whole))


def _by_level(
    filled: Mapping[int, Sequence[tuple[TextLine, ...]]],
) -> tuple[list[dict[int, tuple[TextLine, ...]]], bool]:
    """Values that stand level, as far as two columns (or all there are) agree.

    Also whether nothing is left over but what stands above them all: a mean of the
    sasaran, printed on its first line.
    """
    spots = sorted(
        ((group[0].box.y0, column, group) for column, groups in filled.items() for group in groups),
        key=lambda spot: spot[:2],
    )
    levels: list[list[tuple[float, int, tuple[TextLine, ...]]]] = []
    for spot in spots:
        if levels and spot[0] - levels[-1][0][0] <= LEVEL:
            levels[-1].append(spot)
        else:
            levels.append([spot])
    widths = [len({column for _, column, _ in level}) for level in levels]
    needed = min(2, len(filled))
    kept = [
        width >= needed and width == len(level) for width, level in zip(widths, levels, strict=True)
    ]
    first = kept.index(True) if True in kept else len(kept)
    rows = [
        {column: group for _, column, group in level}
        for level, keep in zip(levels, kept, strict=True)
        if keep
    ]
    return rows, bool(rows) and all(kept[first:])


def _item_at(items: Sequence[tuple[TextLine, ...]], top: float) -> int | None:
    """The item that a value stands level with: one of its printed lines, or its middle."""
    for index, item in enumerate(items):
        middle = (item[0].box.y0 + item[-1].box.y0) / 2
        if any(abs(y - top) <= LEVEL for y in (*(line.box.y0 for line in item), middle)):
            return index
    return None


def _marked(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """The entries of a list with bullets or letters; what stands above the first is no entry."""
    items: list[list[TextLine]] = []
    for line in lines:
        if MARK.match(line.text):
            items.append([line])
        elif items:
            items[-1].append(line)
    return [tuple(item) for item in items]


def _spaced(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """The entries of a list set apart by white; one line each where all stand as close."""
    items: list[list[TextLine]] = []
    steps = sorted(b.box.y0 - a.box.y0 for a, b in pairwise(lines))
    pitch = steps[0] if steps else 0.0
    for line in lines:
        if not items or line.box.y0 - items[-1][-1].box.y0 > APART * pitch:
            items.append([line])
        else:
            items[-1].append(line)
    if len(items) == 1 and len(lines) > 1 and all(len(line.text) <= 8 for line in lines):
        return [(line,) for line in lines]
    return [tuple(item) for item in items]
