"""Several logical rows in one physical row: apart by their numbers.

Where rules between rows are missing, every column of amounts still prints one
number a row. The column with the most numbers gives the anchors; the lines of
every other column are dealt to them in order, at the least cost in distance,
broken paragraphs and torn wraps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from lkjip.extract.tables.deal import MARKER, deal_lines, match_numbers, middle
from lkjip.records import Box, Cell, Table, TextLine

WHOLE_NUMBER = re.compile(
    r"(rp\.?\s*)?\(?-?(\d{1,3}([.,]\d{3})+|\d+)([.,]\d{1,2})?\)?\s*([.,]\s*-|%)?\.?", re.I
)
DAMAGED = re.compile(r"(rp\.?\s*)?\d{1,4}([.,]\s?\d{1,5}){2,}([.,]\s*-)?", re.I)  # 50.0000.000
MOSTLY = 0.8  # share of sound numbers in a column that may hold a damaged one
PIECE = re.compile(r"[\d.,%()\s-]*\d[\d.,%()\s-]*")
MONEY = re.compile(r"\d{1,3}([.,]\d{3})+")
WHOLE_AMOUNT = re.compile(r"(rp\.?\s*)?[1-9]\d{0,2}([.,]\d{3})+([.,]\d\d|,\s*-+)?", re.I)
LONGEST_ITEM = 14  # characters of an item number or a code
ITEM = re.compile(r"(\d{1,2}|[a-z]|[ivx]{1,5})[.)]?", re.I)


def split_rows(table: Table) -> Table:
    """The table with every physical row that holds several logical ones taken apart."""
    table = _unmerged(table)
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    parted = [_parted([cell for cell in row if cell.row_span == 1]) for row in rows]
    if not any(parted):
        return table
    start = np.concatenate([[0], np.cumsum([max(1, len(parts)) for parts in parted])]).tolist()
    cells = []
    for number, (row, parts) in enumerate(zip(rows, parted, strict=True)):
        whole = [cell for cell in row if cell.row_span > 1 or not parts]
        cells += [
            replace(cell, row=start[number], row_span=start[number + cell.row_span] - start[number])
            for cell in whole
        ]
        for offset, part in enumerate(parts):
            cells += [replace(cell, row=start[number] + offset) for cell in part]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, rows=start[-1], cells=tuple(cells))


def _unmerged(table: Table) -> Table:
    """Cells over several rows with one number in each of them, apart: a rule between is missing."""
    tops = {cell.row: cell.box.y0 for cell in table.cells}
    blocks = {
        (cell.row, cell.row_span)
        for cell in table.cells
        if cell.row_span > 1 and _one_number_a_row(cell, tops)
    }
    if not blocks:
        return table
    cells: list[Cell] = []
    for cell in table.cells:
        cells += _cut(cell, tops) if (cell.row, cell.row_span) in blocks else [cell]
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _one_number_a_row(cell: Cell, tops: dict[int, float]) -> bool:
    texts = [line.text for line in cell.lines]
    if len(texts) != cell.row_span or not all(WHOLE_NUMBER.fullmatch(text) for text in texts):
        return False
    return all(len(part.lines) == 1 for part in _cut(cell, tops))


def _cut(cell: Cell, tops: dict[int, float]) -> list[Cell]:
    """A cell over several rows as one cell a row, each with the lines that stand in it."""
    inner = [tops.get(row, cell.box.y1) for row in range(cell.row + 1, cell.row + cell.row_span)]
    edges = [cell.box.y0, *inner, cell.box.y1]
    parts = []
    for offset, (top, bottom) in enumerate(pairwise(edges)):
        lines = tuple(line for line in cell.lines if top <= middle(line) < bottom)
        box = Box(cell.box.x0, top, cell.box.x1, bottom)
        parts.append(replace(cell, row=cell.row + offset, row_span=1, box=box, lines=lines))
    return parts


def _parted(cells: list[Cell]) -> list[list[Cell]]:
    """The cells of one physical row as cells of its logical rows; [] where it is one row."""
    anchors = _anchors(cells)
    if len(anchors) < 2:
        return _listed(cells)
    pitch = _pitch(cells)
    names = max((c for c in cells if not _numbers(c)), key=lambda c: len(c.text), default=None)
    if names is None or len(names.lines) < len(anchors):
        return []
    deal = deal_lines(
        names.lines, anchors, pitch, with_bands=True, starts=_starts(cells, names, len(anchors))
    )
    order = [anchor for _, _, anchor in deal]
    slot = {anchor: i for i, anchor in enumerate(order) if anchor is not None}
    dealt: dict[int, list[tuple[TextLine, ...]]] = {}
    for index, cell in enumerate(cells):
        parts: list[tuple[TextLine, ...]] = [()] * len(order)
        if cell is names:
            parts = [cell.lines[a:b] for a, b, _ in deal]
        elif _items(cell) and len(cell.lines) < len(anchors):  # of headings, perhaps
            tops = np.array([middle(names.lines[a]) if b > a else np.inf for a, b, _ in deal])
            for line in cell.lines:
                nearest = int(np.abs(tops - middle(line)).argmin())
                parts[nearest] = (*parts[nearest], line)
        elif _numbers(cell):
            for line, number in zip(cell.lines, match_numbers(cell.lines, anchors), strict=True):
                parts[slot[number]] = (*parts[slot[number]], line)
        else:
            parts = _shared_out(cell.lines, anchors, pitch, slot, len(order))
        dealt[index] = parts
    return _boxed(cells, dealt, len(order))


def _listed(cells: list[Cell]) -> list[list[Cell]]:
    """A list of marked items beside as many amounts, each level with its item's first line.

    The other cells are of all its rows.
    """
    amounts = [c for c in cells if len(c.lines) > 1 and _numbers(c) and _is_money(c)]
    if not amounts:
        return []
    heights = [middle(line) for line in amounts[0].lines]
    for cell in cells:
        starts = [n for n, line in enumerate(cell.lines) if MARKER.match(line.text)]
        if len(starts) != len(heights) or starts[0] != 0 or _digits(cell):
            continue
        near = [line.box.y1 - line.box.y0 for line in cell.lines]
        tops = [middle(cell.lines[n]) for n in starts]
        if all(abs(a - b) < 0.5 * min(near) for a, b in zip(tops, heights, strict=True)):
            return _itemized(cells, cell, starts)
    return []


def _itemized(cells: list[Cell], names: Cell, starts: list[int]) -> list[list[Cell]]:
    """Items and their amounts a row each, and the cells beside them over all the rows."""
    count = len(starts)
    edges = [*starts, len(names.lines)]
    dealt = {}
    for index, cell in enumerate(cells):
        if cell is names:
            dealt[index] = [cell.lines[a:b] for a, b in pairwise(edges)]
        elif len(cell.lines) == count and _numbers(cell):
            dealt[index] = [(line,) for line in cell.lines]
    rows = _boxed(cells, dealt, count)
    whole = [replace(c, row_span=count) for i, c in enumerate(cells) if i not in dealt]
    return [[*rows[0], *whole], *rows[1:]]


def _is_money(cell: Cell) -> bool:
    """Whether every line is a whole amount, and none a piece of one ("14.568." / "000.000")."""
    return all(WHOLE_AMOUNT.fullmatch(line.text) for line in cell.lines)


def _shared_out(
    lines: tuple[TextLine, ...],
    anchors: Sequence[float],
    pitch: float,
    slot: dict[int, int],
    count: int,
) -> list[tuple[TextLine, ...]]:
    """The lines of a column beside the names, to the logical rows that each paragraph stands by.

    One line a row goes by its height, one paragraph a row like names; fewer paragraphs
    are headings over several rows, and each row from where one starts belongs to it.
    """
    parts: list[tuple[TextLine, ...]] = [()] * count
    paragraphs = _paragraphs(lines, pitch)
    if len(anchors) / 2 <= len(lines) <= len(anchors):
        for line, number in zip(lines, match_numbers(lines, anchors), strict=True):
            parts[slot[number]] = (line,)
        return parts
    if len(paragraphs) * 2 > len(anchors):
        for a, b, anchor in deal_lines(lines, anchors, pitch, with_bands=False):
            if anchor is not None:
                parts[slot[anchor]] = lines[a:b]
        return parts
    starts = [middle(paragraph[0]) for paragraph in paragraphs]
    for number, y in enumerate(anchors):
        over = [p for p, start in zip(paragraphs, starts, strict=True) if start <= y + pitch]
        parts[slot[number]] = over[-1] if over else ()
    return parts


def _paragraphs(lines: tuple[TextLine, ...], pitch: float) -> list[tuple[TextLine, ...]]:
    paragraphs: list[tuple[TextLine, ...]] = []
    for i, line in enumerate(lines):
        if i and middle(line) - middle(lines[i - 1]) < 1.3 * pitch:
            paragraphs[-1] = (*paragraphs[-1], line)
        else:
            paragraphs.append((line,))
    return paragraphs


def _boxed(
    cells: list[Cell], dealt: dict[int, list[tuple[TextLine, ...]]], count: int
) -> list[list[Cell]]:
    """Cells of each logical row; rows meet half-way between their lines."""
    top, bottom = min(cell.box.y0 for cell in cells), max(cell.box.y1 for cell in cells)
    lines = [[line for parts in dealt.values() for line in parts[i]] for i in range(count)]
    lows = [max((line.box.y1 for line in row), default=top) for row in lines]
    highs = [min((line.box.y0 for line in row), default=bottom) for row in lines]
    inner = [(low + high) / 2 for low, high in zip(lows[:-1], highs[1:], strict=True)]
    edges = [top, *np.maximum.accumulate(np.clip(inner, top, bottom)).tolist(), bottom]
    return [
        [
            replace(cell, box=Box(cell.box.x0, edges[i], cell.box.x1, edges[i + 1]), lines=parts[i])
            for cell, parts in ((cells[index], parts) for index, parts in dealt.items())
        ]
        for i in range(count)
    ]


def _numbers(cell: Cell) -> bool:
    """Whether a cell holds whole numbers only, one a line, but for a few damaged ones."""
    texts = [line.text for line in cell.lines]
    sound = [bool(WHOLE_NUMBER.fullmatch(text)) for text in texts]
    return (
        bool(texts)
        and sum(sound) >= MOSTLY * len(texts)
        and all(s or DAMAGED.fullmatch(text) for s, text in zip(sound, texts, strict=True))
    )


def _money(cell: Cell) -> bool:
    return any(MONEY.search(line.text) for line in cell.lines)


def _both_printed(cells: list[Cell]) -> bool:
    """Whether every column of numbers prints two, but for the item numbers of a heading."""
    columns = [cell for cell in cells if cell.lines and _digits(cell)]
    values = [cell for cell in columns if any(len(line.text) > 3 for line in cell.lines)]
    items = [cell for cell in columns if cell not in values]
    marked = [sum(bool(MARKER.match(line.text)) for line in cell.lines) for cell in cells]
    is_listed = max(marked) >= 2 and len(values) >= 2
    return all(len(cell.lines) == 2 for cell in values) and (
        is_listed or all(len(cell.lines) == 2 for cell in items)
    )


def _digits(cell: Cell) -> bool:
    """Whether a cell holds digits and their marks only, whole numbers or pieces."""
    return all(PIECE.fullmatch(line.text) for line in cell.lines)


def _items(cell: Cell) -> bool:
    """Whether a cell holds item numbers only."""
    return bool(cell.lines) and all(ITEM.fullmatch(line.text) for line in cell.lines)


def _anchors(cells: list[Cell]) -> list[float]:
    """Middles of the numbers of the fullest column; none where columns do not bear each other out.

    One number broken over two lines also looks like two: of two, every column of
    numbers must print both; of more, a second column about as many.
    """
    money = [
        cell
        for cell in cells
        if len(cell.lines) > 1 and _money(cell) and (_numbers(cell) or _is_counted(cell, cells))
    ]
    if not money:
        return []
    fullest = max(money, key=lambda cell: len(cell.lines))
    count = len(fullest.lines)
    numeric = [cell for cell in cells if _numbers(cell)]
    if count == 2 and not _both_printed(cells):
        return []
    close = sum(len(cell.lines) >= 0.5 * count for cell in numeric)
    if close < 2 and len(numeric) > 1:
        return []
    return [middle(line) for line in fullest.lines]


def _is_counted(cell: Cell, cells: list[Cell]) -> bool:
    """Whether each line is a number, damaged or not, level with an item number beside it."""
    if not all(WHOLE_NUMBER.fullmatch(t.text) or DAMAGED.fullmatch(t.text) for t in cell.lines):
        return False
    return any(
        _items(other)
        and len(other.lines) == len(cell.lines)
        and all(
            abs(middle(a) - middle(b)) < (a.box.y1 - a.box.y0) / 2
            for a, b in zip(cell.lines, other.lines, strict=True)
        )
        for other in cells
        if other is not cell
    )


def _pitch(cells: list[Cell]) -> float:
    """The distance of two lines of one paragraph."""
    steps = [
        middle(b) - middle(a)
        for cell in cells
        if not _numbers(cell)
        for a, b in pairwise(cell.lines)
    ]
    heights = [line.box.y1 - line.box.y0 for cell in cells for line in cell.lines]
    least = float(np.median(heights)) if heights else 10.0
    steps = [step for step in steps if step > 0.6 * least]
    close = [step for step in steps if step < 1.15 * min(steps)]
    if len(close) > 1:  # wraps may be rare among many names of one line
        return max(float(np.median(close)), 1.0)
    return max(float(np.percentile(steps, 20)) if steps else least, 1.0)


def _starts(cells: list[Cell], names: Cell, count: int) -> list[float]:
    """Middles of the item numbers beside the names: a row starts on the line of its number.

    Only where every row (about `count`) has its number; headings over several rows
    number something else.
    """
    beside = [c for c in cells if c.column < names.column and len(c.lines) >= 0.9 * count]
    items = [c for c in beside if all(len(line.text) <= LONGEST_ITEM for line in c.lines)]
    return [middle(line) for cell in items[-1:] for line in cell.lines]
