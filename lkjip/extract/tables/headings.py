"""Headings over aligned columns, where no ruling says what stands over what."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from lkjip.extract.tables.grid import Floats
from lkjip.extract.typed.words import Words
from lkjip.records import Box, Cell

COLUMN_NUMBER = re.compile(r"\(?\d{1,2}[a-z]?\)?")
CENTRED = 0.25  # share of the columns' distance by which a heading over them may be off centre


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One printed line: its words in order, where white parts them, and its runs of words."""

    words: list[int]
    segments: list[tuple[float, float, bool]]  # x0, x1, is a number
    runs: list[tuple[float, float]]  # x0, x1 of words with no more than a space between them
    top: float
    bottom: float

    @property
    def is_tabular(self) -> bool:
        """Two texts apart, one of them a number."""
        return len(self.segments) >= 2 and any(number for _, _, number in self.segments)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of a heading line."""

    words: list[int]
    x0: float
    x1: float
    top: float
    bottom: float


def header_cells(
    words: Words, lines: list[Line], sides: Floats, centres: Floats, page: int
) -> tuple[Cell, ...]:
    """The header as cells of one storey, or of two where headings stand over several columns.

    A run of words belongs to the column whose middle it stands nearest to. A line
    of column numbers (1 3 4 5 7) heads nothing.
    """
    runs = [run for line in lines if not counts_columns(words, line) for run in _runs(words, line)]
    if not runs:
        return ()
    top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
    over: dict[tuple[int, int], list[int]] = {}
    under: dict[int, list[int]] = {}
    for run in runs:
        columns = _columns_under(run, runs, sides, centres)
        if len(columns) > 1:
            over.setdefault((columns[0], columns[-1]), []).extend(run.words)
        else:
            under.setdefault(columns[0], []).extend(run.words)
    grouped = {column for first, last in over for column in range(first, last + 1)}
    middle, text_of = (top + bottom) / 2, words.lines
    cells = [
        Cell(0, first, _box(sides, first, last, top, middle), text_of(picked), 1,
             last - first + 1, page)
        for (first, last), picked in over.items()
    ]  # fmt: skip
    for column in range(len(sides) - 1):
        row, span = (1, 1) if column in grouped else (0, 1 + bool(over))
        box = _box(sides, column, column, middle if row else top, bottom)
        cells.append(Cell(row, column, box, text_of(under.get(column, [])), span, 1, page))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def counts_columns(words: Words, line: Line) -> bool:
    """Whether a line numbers the columns (1 2 3 4)."""
    return len(line.words) > 2 and all(
        COLUMN_NUMBER.fullmatch(words.texts[word]) for word in line.words
    )


def _box(sides: Floats, first: int, last: int, top: float, bottom: float) -> Box:
    return Box(float(sides[first]), top, float(sides[last + 1]), bottom)


def _runs(words: Words, line: Line) -> list[Run]:
    runs = []
    for x0, x1 in line.runs:
        inside = [w for w in line.words if x0 - 0.1 <= words.boxes[w, 0] <= x1]
        runs.append(Run(inside, x0, x1, line.top, line.bottom))
    return runs


def _columns_under(run: Run, runs: list[Run], sides: Floats, centres: Floats) -> list[int]:
    """The columns that a run heads: whose middles it covers, or between which it is centred."""
    covered = np.flatnonzero((centres > run.x0 - 1) & (centres < run.x1 + 1)).tolist()
    middle = (run.x0 + run.x1) / 2
    nearest = int(np.abs(centres - middle).argmin())
    crossed = np.flatnonzero((sides > run.x0 + 1) & (sides < run.x1 - 1)).tolist()
    if len(covered) < 2 and not crossed:
        return [nearest]
    columns = covered if len(covered) > 1 else [crossed[0] - 1, crossed[-1]]
    first, last = max(columns[0], 0), min(columns[-1], len(centres) - 1)
    off = abs(middle - (centres[first] + centres[last]) / 2)
    headed = {_nearest(other, centres) for other in runs if other.top >= run.bottom - 1}
    is_over = last > first and set(range(first, last + 1)) <= headed
    if is_over and off <= CENTRED * (centres[last] - centres[first]):
        return list(range(first, last + 1))
    return [nearest]


def _nearest(run: Run, centres: Floats) -> int:
    return int(np.abs(centres - (run.x0 + run.x1) / 2).argmin())
