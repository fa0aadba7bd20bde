"""Headings and rows to the cells of a table, which cover it without gap or overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lkjip.extract.general.columns import Column
from lkjip.extract.general.header import Heading
from lkjip.extract.general.strips import Strip
from lkjip.extract.general.texts import Line, Text
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell, Table, TextLine

Header = tuple[Sequence[Heading], int]  # headings, storeys
Rows = Sequence[Sequence[Strip]]


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a cell lies and what it holds."""

    row: int
    column: int
    row_span: int
    column_span: int
    texts: tuple[Text, ...] = ()

    @property
    def places(self) -> set[tuple[int, int]]:
        rows = range(self.row, self.row + self.row_span)
        columns = range(self.column, self.column + self.column_span)
        return {(row, column) for row in rows for column in columns}


def lay_out(
    words: Words, lines: Sequence[Line], columns: Sequence[Column], header: Header, rows: Rows
) -> Table:
    """The table of these headings and rows; its cells are not yet of a page."""
    headings, storeys = header
    tiles = _fitted([*map(_over, headings), *_under(rows, storeys)])
    count = storeys + len(rows)
    taken = set().union(*(tile.places for tile in tiles))
    tiles += [
        Tile(row, column, 1, 1)
        for row in range(count)
        for column in range(len(columns))
        if (row, column) not in taken
    ]
    xs, ys = _sides(columns, lines), _heights(headings, storeys, rows, lines)
    cells = [
        Cell(
            t.row,
            t.column,
            Box(xs[t.column], ys[t.row], xs[t.column + t.column_span], ys[t.row + t.row_span]),
            _printed(words, t.texts),
            t.row_span,
            t.column_span,
        )
        for t in sorted(tiles, key=lambda tile: (tile.row, tile.column))
    ]
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Table((1,), box, count, len(columns), tuple(cells), "borderless")


def on_page(table: Table, page: int) -> Table:
    """The table with its page told."""
    return replace(table, pages=(page,), cells=tuple(replace(c, page=page) for c in table.cells))


def _over(heading: Heading) -> Tile:
    down, across = heading.bottom - heading.top + 1, heading.last - heading.first + 1
    return Tile(heading.top, heading.first, down, across, heading.texts)


def _under(rows: Rows, storeys: int) -> list[Tile]:
    tiles = []
    for number, strips in enumerate(rows, start=storeys):
        held: dict[tuple[int, int], list[Text]] = {}
        for placed in (placed for strip in strips for placed in strip.texts):
            held.setdefault((placed.first, placed.last), []).append(placed.text)
        tiles += [
            Tile(number, first, 1, last - first + 1, tuple(texts))
            for (first, last), texts in sorted(held.items())
        ]
    return tiles


def _fitted(tiles: Sequence[Tile]) -> list[Tile]:
    """The tiles without overlap: one that would overlap shrinks; no text is lost."""
    fitted: list[Tile] = []
    owner: dict[tuple[int, int], int] = {}
    for wanted in tiles:
        is_free = not wanted.places & owner.keys()
        tile = wanted if is_free else replace(wanted, row_span=1, column_span=1)
        held = owner.get((tile.row, tile.column))
        if held is not None:
            fitted[held] = replace(fitted[held], texts=(*fitted[held].texts, *tile.texts))
            continue
        owner.update(dict.fromkeys(tile.places, len(fitted)))
        fitted.append(tile)
    return fitted


def _printed(words: Words, texts: Sequence[Text]) -> tuple[TextLine, ...]:
    """The texts of a cell as its printed lines; texts of one line stay on one."""
    lines: list[TextLine] = []
    for text in texts:
        string = " ".join(words.texts[i] for i in text.words)
        x0, top, x1, bottom = text.x0, text.top, text.x1, text.bottom
        before = lines[-1] if lines else None
        if before is not None and top < (before.box.y0 + before.box.y1) / 2 and x0 > before.box.x0:
            box = Box(before.box.x0, min(top, before.box.y0), x1, max(bottom, before.box.y1))
            lines[-1] = TextLine(f"{before.text} {string}", box, before.bold and text.bold)
        else:
            lines.append(TextLine(string, Box(x0, top, x1, bottom), text.bold))
    return tuple(lines)


def _sides(columns: Sequence[Column], lines: Sequence[Line]) -> list[float]:
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    left = min(columns[0].x0, *(line.x0 for line in lines))
    right = max(columns[-1].x1, *(line.x1 for line in lines))
    return [left - 1, *inner, right + 1]


def _heights(
    headings: Sequence[Heading],
    storeys: int,
    rows: Sequence[Sequence[Strip]],
    lines: Sequence[Line],
) -> list[float]:
    """The level edges of the rows: half-way between what they hold."""
    extents = []
    for storey in range(storeys):
        held = [t for h in headings if h.top <= storey <= h.bottom for t in h.texts]
        own = [t for h in headings if h.top == storey == h.bottom for t in h.texts] or held
        extents.append((min(t.top for t in own), max(t.bottom for t in own)))
    extents += [(row[0].top, row[-1].bottom) for row in rows]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(extents)]
    edges = [lines[0].top - 1, *inner, lines[-1].bottom + 1]
    ordered: list[float] = np.maximum.accumulate(np.array(edges)).tolist()
    return ordered
