"""Rows that no rule parts inside the bands of a ruled table, by the texts in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from lkjip.extract.general.columns import Placed
from lkjip.extract.general.rows import rows_of
from lkjip.extract.general.strips import Strip, numeric_columns, strip_of
from lkjip.extract.general.texts import Text, kind_of
from lkjip.records import Box, Cell, Table, TextLine

LEVEL = 0.5  # line heights between the middles of two texts of one line
MANY = 3  # lines of words in every column of a table's only band that make it rows


def part_bands(table: Table) -> Table:
    """The table with every band that holds several rows taken apart."""
    bands: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        bands[cell.row].append(cell)
    covered = {c.row + k for c in table.cells if c.row_span > 1 for k in range(c.row_span)}
    filled = sum(any(cell.lines for cell in band) for band in bands)
    parted = [
        [] if number in covered else _rows(band, table.columns, only=filled <= 2)
        for number, band in enumerate(bands)
    ]
    if not any(parted):
        return table
    starts = [0, *accumulate(max(1, len(parts)) for parts in parted)]
    cells: list[Cell] = []
    for start, band, parts in zip(starts, bands, parted, strict=False):
        cells += [replace(c, row=start + k) for k, part in enumerate(parts) for c in part]
        cells += [] if parts else [_moved(cell, starts) for cell in band]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, rows=starts[-1], cells=tuple(cells))


def _moved(cell: Cell, starts: Sequence[int]) -> Cell:
    row = starts[cell.row]
    return replace(cell, row=row, row_span=starts[cell.row + cell.row_span] - row)


def _rows(band: Sequence[Cell], count: int, *, only: bool) -> list[list[Cell]]:
    """The rows of one band as cells numbered from 0; none where it is one row."""
    if sum(len(cell.lines) > 1 for cell in band) < 2:
        return []
    strips, held = _strips(band, count)
    if len(strips) < 2:
        return []
    numeric = numeric_columns(strips, count)
    if not _are_rows(band, strips, numeric, only=only):
        return []
    rows = rows_of(strips, count)
    return _cells(band, rows, held) if len(rows) > 1 else []


def _strips(
    band: Sequence[Cell], count: int
) -> tuple[list[Strip], dict[int, tuple[int, TextLine]]]:
    """The lines of a band, top to bottom, and of each text its cell and line."""
    held: dict[int, tuple[int, TextLine]] = {}
    placed: list[Placed] = []
    for number, cell in enumerate(band):
        for line in cell.lines:
            x0, top, x1, bottom = line.box
            text = Text((), line.text, x0, x1, top, bottom, line.bold, kind_of(line.text))
            held[id(text)] = (number, line)
            placed.append(Placed(text, cell.column, cell.column + cell.column_span - 1))
    placed.sort(key=lambda p: p.text.top + p.text.bottom)
    rows: list[list[Placed]] = []
    for p in placed:
        middle, height = (p.text.top + p.text.bottom) / 2, p.text.bottom - p.text.top
        if rows and middle - _middle(rows[-1][0].text) < LEVEL * height:
            rows[-1].append(p)
        else:
            rows.append([p])
    strips = [
        strip_of(
            sorted(row, key=lambda p: p.first),
            min(p.text.top for p in row),
            max(p.text.bottom for p in row),
        )
        for row in rows
    ]
    return strips, held


def _middle(text: Text) -> float:
    return (text.top + text.bottom) / 2


def _are_rows(
    band: Sequence[Cell], strips: Sequence[Strip], numeric: Sequence[bool], *, only: bool
) -> bool:
    """Whether figures stand one a line beside names, or a table's only band holds many lines."""
    names = [c for c in band if c.lines and not numeric[c.column]]
    figures = [c for c in band if c.lines and numeric[c.column]]
    counts = [len(strip.figures(numeric)) for strip in strips]
    lines = sum(count > 0 for count in counts)
    if figures:
        most = max(len(c.lines) for c in figures)
        alike = sum(len(c.lines) >= 0.6 * most for c in figures)
        named = max((len(c.lines) for c in names), default=most)
        return (
            lines > 1
            and most > 1
            and alike >= 0.5 * len(figures)
            and named >= most
            and (most > 2 or len(figures) > 1)
        )
    full = sum(len(strip.columns) > 1 for strip in strips)
    return only and full >= MANY


def _cells(
    band: Sequence[Cell],
    rows: Sequence[Sequence[Strip]],
    held: dict[int, tuple[int, TextLine]],
) -> list[list[Cell]]:
    inner = [(a[-1].bottom + b[0].top) / 2 for a, b in pairwise(rows)]
    edges = [band[0].box.y0, *inner, band[0].box.y1]
    parts: list[list[Cell]] = []
    for k, row in enumerate(rows):
        lines: dict[int, list[TextLine]] = {}
        for strip in row:
            for p in strip.texts:
                number, line = held[id(p.text)]
                lines.setdefault(number, []).append(line)
        parts.append(
            [
                replace(
                    cell,
                    row=k,
                    box=Box(cell.box.x0, edges[k], cell.box.x1, edges[k + 1]),
                    lines=tuple(lines.get(number, ())),
                )
                for number, cell in enumerate(band)
            ]
        )
    return parts
