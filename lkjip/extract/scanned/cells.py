"""The runs of a page into the cells of its grids, as words or as numbers.

Which columns hold numbers shows after a first look: most of their cells are
mostly digits. Their cells are then taken from the reading that allows nothing
but the characters of an amount, and read a second time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lkjip.extract.grid import Grid
from lkjip.extract.scanned.lines import Piece, Run, lines_of
from lkjip.extract.scanned.ocr.base import Engine
from lkjip.extract.scanned.second import second_readings, surety
from lkjip.records import Box, Cell, TextLine

NUMERIC = 0.6  # share of a column's filled cells that are numbers
LIKE_DIGITS = frozenset("OoQDIilJSsBbZzGgqTAE")  # what digits are taken for
SUREST = 0.98  # confidence of words: below what an amount may rest on

Lines = list[list[Run]]  # printed lines of one cell, each its runs


class CellReader:
    """Makes cells and lines of one page's runs. `scale` is points per pixel."""

    def __init__(self, engine: Engine, page: int, scale: float) -> None:
        self.engine = engine
        self.page = page
        self.scale = scale

    def cells(self, grid: Grid, runs: Sequence[Run]) -> tuple[Cell, ...]:
        """The cells of a grid (in points) with the runs that have their middle in them."""
        content: dict[int, list[Run]] = {}
        for run in runs:
            place = place_of(grid, run.piece, self.scale)
            if place is not None:
                content.setdefault(place, []).append(run)
        cells = [in_lines(content.get(i, [])) for i in range(len(grid.spans))]
        numbers = _number_cells(grid, cells)
        picked = [run for i in sorted(numbers) for line in cells[i] for run in line]
        seconds = dict(
            zip((run.piece for run in picked), second_readings(picked, self.engine), strict=True)
        )
        read = [
            tuple(
                self.number(line, seconds) if i in numbers else self.words(line) for line in lines
            )
            for i, lines in enumerate(cells)
        ]
        made = [self._cell(grid, i, lines) for i, lines in enumerate(read)]
        return tuple(sorted(made, key=lambda cell: (cell.row, cell.column)))

    def words(self, line: Sequence[Run]) -> TextLine:
        """One printed line of running text or of a cell of words."""
        kept = [run.reading for run in line if run.reading.text]
        text = " ".join(reading.text for reading in kept)
        sure = min((reading.confidence for reading in kept), default=0.0)
        sure = min(sure, SUREST)
        return TextLine(text, self._box(line), confidence=sure)

    def number(self, line: Sequence[Run], seconds: dict[Piece, str]) -> TextLine:
        """One printed line of a number cell with its second reading."""
        first = " ".join(run.reading.number for run in line if run.reading.number)
        second = " ".join(text for run in line if (text := seconds[run.piece]))
        sure = min(run.reading.number_confidence for run in line)
        height = min(run.piece[3] - run.piece[1] for run in line)
        confidence = surety(first, second, sure, height)
        return TextLine(first, self._box(line), confidence=confidence, readings=(second,))

    def _cell(self, grid: Grid, i: int, lines: tuple[TextLine, ...]) -> Cell:
        row, column, height, width = grid.spans[i]
        box = Box(
            float(grid.xs[column]),
            float(grid.ys[row]),
            float(grid.xs[column + width]),
            float(grid.ys[row + height]),
        )
        kept = tuple(line for line in lines if line.text)
        return Cell(row, column, box, kept, height, width, self.page)

    def _box(self, line: Sequence[Run]) -> Box:
        sides = list(zip(*(run.piece for run in line), strict=True))
        x0, y0, x1, y1 = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
        return Box(x0 * self.scale, y0 * self.scale, x1 * self.scale, y1 * self.scale)


def in_lines(runs: Sequence[Run]) -> Lines:
    """Runs as printed lines, top to bottom, each left to right."""
    return [[runs[i] for i in line] for line in lines_of([run.piece for run in runs])]


def place_of(grid: Grid, piece: Piece, scale: float) -> int | None:
    """The cell (index of its span) that holds a piece's middle."""
    x, y = (piece[0] + piece[2]) / 2 * scale, (piece[1] + piece[3]) / 2 * scale
    box = grid.box
    if not (box.x0 < x < box.x1 and box.y0 < y < box.y1):
        return None
    row = int(np.searchsorted(grid.ys, y, side="right")) - 1
    column = int(np.searchsorted(grid.xs, x, side="right")) - 1
    return int(grid.owner[row, column])


def is_number(text: str) -> bool:
    """Whether a text is a number, digits taken for letters allowed ("Rp 1.25O.000,-", "98,5 %")."""
    bare = text.strip().removeprefix("Rp").removeprefix("rp")
    marks = [char for char in bare if char.isalnum()]
    letters = [char for char in marks if char.isalpha()]
    digits = len(marks) - len(letters)
    return digits > len(letters) and all(char in LIKE_DIGITS for char in letters)


def _number_cells(grid: Grid, cells: list[Lines]) -> set[int]:
    """The cells to be read as numbers: those of number columns, and none that holds words."""
    columns: dict[int, list[int]] = {}
    for i, (_, column, _, width) in enumerate(grid.spans):
        if width == 1 and cells[i]:
            columns.setdefault(column, []).append(i)
    numbers = {
        i
        for i, lines in enumerate(cells)
        if lines and all(is_number(text) or not _alnum(text) for text in map(_text, lines))
    }
    found: set[int] = set()
    for members in columns.values():
        digits = [i for i in members if i in numbers]
        if len(digits) >= NUMERIC * len(members) - 1:
            found.update(digits)
    return found


def _text(line: Sequence[Run]) -> str:
    return " ".join(run.reading.text for run in line)


def _alnum(text: str) -> bool:
    return any(char.isalnum() for char in text)
