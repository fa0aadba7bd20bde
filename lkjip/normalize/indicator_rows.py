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
MARK = re.compile(r"\s*(?:[•●▪◦○■□➢✓\-–*]\s*(?=\S)|(?:\d{1,2}|[a-zA-Z])[.)]\s*(?=[^\d\s]))")
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
    if not filled or all(len(found) == 1 for found in filled.values()):
        return [_whole(cells, indikator, filled)], True
    if len({len(found) for found in filled.values()}) == 1:
        rows = [dict(zip(filled, row, strict=True)) for row in zip(*filled.values(), strict=True)]
        is_whole = True
    else:
        rows, is_whole = _by_level(filled)
    texts = cells.get(indikator, ())
    if max(len(_marked(texts)), len(_spaced(texts))) <= 1 and not (is_whole and len(rows) == 1):
        several = frozenset(column for column, found in filled.items() if len(found) > 1)
        return [Part(dict(cells), several)], True
    if not is_whole:
        return [], False
    others = {c: lines for c, lines in cells.items() if c not in starts}
    if len(rows) == 1:
        level = {column: [group] for column, group in rows[0].items()}
        return [_whole({**others, **rows[0]}, indikator, level)], True
    items, is_sure = _items_for(texts, rows)
    parent = _parent(texts)
    parts = [{**others, **row, indikator: item} for row, item in zip(rows, items, strict=True)]
    for column in lists:
        _deal(cells.get(column, ()), column, parts)
    return [Part(part, parent=parent if len(parts) > 1 else "") for part in parts], is_sure


def _deal(
    lines: Sequence[TextLine], column: int, parts: Sequence[dict[int, tuple[TextLine, ...]]]
) -> None:
    """Give each part its entry of a list that has as many; another list belongs to all."""
    for entries in (_marked(lines), _spaced(lines)):
        if len(entries) == len(parts):
            for part, entry in zip(parts, entries, strict=True):
                part[column] = entry
            return


def _whole(
    cells: Mapping[int, tuple[TextLine, ...]],
    indikator: int,
    filled: Mapping[int, Sequence[tuple[TextLine, ...]]],
) -> Part:
    """A row of one value a column. Under a heading ("…:") the entry level with it is meant."""
    items = _marked(cells.get(indikator, ()))
    if len(items) > 1 and filled and items[0][-1].text.rstrip().endswith(":"):
        top = min(found[0][0].box.y0 for found in filled.values())
        index = _item_at(items, top)
        if index:
            heading = join(line.text for line in items[0])
            return Part({**cells, indikator: items[index]}, parent=heading)
    return Part(dict(cells))


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
    needed = min(2, max(widths))
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


def _items_for(
    lines: Sequence[TextLine], rows: Sequence[Mapping[int, tuple[TextLine, ...]]]
) -> tuple[list[tuple[TextLine, ...]], bool]:
    """The entry of a list column for each row of values, and whether the pairing is sure."""
    for items in (_marked(lines), _spaced(lines)):
        if len(items) == len(rows):
            return items, True
    tops = [min(group[0].box.y0 for group in row.values()) for row in rows]
    items = max((_marked(lines), _spaced(lines)), key=len)
    chosen = [_item_at(items, top) for top in tops]
    is_sure = None not in chosen and len(set(chosen)) == len(chosen)
    return [items[i] if i is not None else () for i in chosen], is_sure


def _item_at(items: Sequence[tuple[TextLine, ...]], top: float) -> int | None:
    """The item beside which a value stands."""
    for index, item in enumerate(items):
        if item[0].box.y0 - LEVEL <= top <= item[-1].box.y1:
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
