"""The runs of a page into the cells of its tables, as words or as numbers.

Which columns hold numbers shows after a first look: most of their cells are
mostly digits. Their cells are then taken from the reading that allows nothing
but the characters of an amount, and read a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lkjip.extract.scanned.figures import has_digits, read_again, sure_of_words
from lkjip.extract.scanned.lines import Piece, Run, lines_of
from lkjip.extract.scanned.morphology import Mask
from lkjip.extract.scanned.ocr.base import Engine, Reading
from lkjip.extract.scanned.second import BESIDE, digit_height, surety
from lkjip.extract.scanned.text import Print
from lkjip.records import Box, Cell, TextLine

BY_RULE = 2.5  # points from the side of a cell: print keeps off, a rule's remains do not
# Of the letter height, from a side. Print wider than its column runs over the side: a digit
# beyond it is lost to the one cell and spoils the other, alike in both readings.
NEAR = 1.2
NUMERIC = 0.6  # share of a column's filled cells that are numbers
LIKE_DIGITS = frozenset("OoQDIilJSsBbZzGgqTAE")  # what digits are taken for

Lines = list[list[Run]]  # printed lines of one cell, each its runs


class CellReader:
    """Makes cells and lines of one page's runs. `scale` is points per pixel."""

    def __init__(self, engine: Engine, print_: Print, scale: float) -> None:
        self.engine = engine
        self.print = print_
        self.scale = scale

    def cells(self, places: Sequence[Cell], runs: Sequence[Run]) -> tuple[Cell, ...]:
        """Cells with the runs that have their middle in them, in place of their text."""
        content: dict[int, list[Run]] = {}
        for run in runs:
            place = self._place(places, run)
            if place is not None:
                content.setdefault(place, []).append(run)
        cells = [in_lines(content.get(i, [])) for i in range(len(places))]
        numbers = _number_cells(places, cells)
        filled = ((i, run) for i, lines in enumerate(cells) for line in lines for run in line)
        picked = (run for i, run in filled if i in numbers or has_digits(run))
        seconds = read_again(picked, self.print, self.engine)
        made = []
        for i, (cell, lines) in enumerate(zip(places, cells, strict=True)):
            read = [
                self.number(x, seconds, cell.box) if i in numbers else self.words(x, seconds)
                for x in lines
            ]
            made.append(replace(cell, lines=tuple(line for line in read if line.text)))
        return tuple(made)

    def text(self, lines: Lines) -> tuple[TextLine, ...]:
        """Printed lines of running text."""
        figures = (run for line in lines for run in line if has_digits(run))
        seconds = read_again(figures, self.print, self.engine)
        read = (self.words(line, seconds) for line in lines)
        return tuple(line for line in read if line.text)

    def words(self, line: Sequence[Run], seconds: dict[Piece, Reading]) -> TextLine:
        """One printed line of running text or of a cell of words."""
        text = " ".join(run.reading.text for run in line if run.reading.text)
        sure, readings = sure_of_words(line, seconds)
        return TextLine(text, self._box(line), confidence=sure, readings=readings)

    def number(self, line: Sequence[Run], seconds: dict[Piece, Reading], cell: Box) -> TextLine:
        """One printed line of a number cell with its second reading."""
        firsts = [run.reading for run in line]
        others = [seconds[run.piece] for run in line]
        first, second = (" ".join(r.number for r in each if r.number) for each in (firsts, others))
        score = min(reading.number_confidence for reading in firsts + others)
        height = min(digit_height(run, self.print) for run in line)
        confidence, box = surety(first, second, score, height), self._box(line)
        if _may_hold_a_rule(first, box, cell) or any(self._runs_over(run, cell) for run in line):
            confidence = min(confidence, BESIDE)
        return TextLine(first, box, confidence=confidence, readings=(second,))

    def _runs_over(self, run: Run, cell: Box) -> bool:
        """Whether the run is near a side of its cell, with other print just beyond."""
        left, top, right, bottom = run.piece
        rows, near = self.print.ink[top:bottom], NEAR * self.print.letter
        start, end = cell.x0 / self.scale, cell.x1 / self.scale
        return (left - start < near and has_ink(rows, start - near, start)) or (
            end - right < near and has_ink(rows, end, end + near)
        )

    def _place(self, places: Sequence[Cell], run: Run) -> int | None:
        """The cell that holds a run's middle."""
        return next((i for i, cell in enumerate(places) if self.is_inside(run, cell.box)), None)

    def is_inside(self, run: Run, box: Box) -> bool:
        """Whether a run has its middle in a box of the page."""
        x0, y0, x1, y1 = self._box([run])
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        return box.x0 <= x < box.x1 and box.y0 <= y < box.y1

    def _box(self, line: Sequence[Run]) -> Box:
        sides = list(zip(*(run.piece for run in line), strict=True))
        x0, y0, x1, y1 = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
        return Box(x0 * self.scale, y0 * self.scale, x1 * self.scale, y1 * self.scale)


def _may_hold_a_rule(text: str, box: Box, cell: Box) -> bool:
    """Whether a 1 at either end may be what is left of the rule beside it."""
    left = text.startswith("1") and box.x0 - cell.x0 < BY_RULE
    return left or (text.endswith("1") and cell.x1 - box.x1 < BY_RULE)


def has_ink(rows: Mask, start: float, end: float) -> bool:
    return bool(rows[:, max(0, round(start)) : max(0, round(end))].any())


def in_lines(runs: Sequence[Run]) -> Lines:
    """Runs as printed lines, top to bottom, each left to right."""
    return [[runs[i] for i in line] for line in lines_of([run.piece for run in runs])]


def is_number(text: str) -> bool:
    """Whether a text is a number, digits taken for letters allowed ("Rp 1.25O.000,-", "98,5 %")."""
    bare = text.strip().removeprefix("Rp").removeprefix("rp")
    marks = [char for char in bare if char.isalnum()]
    letters = [char for char in marks if char.isalpha()]
    digits = len(marks) - len(letters)
    return digits > len(letters) and all(char in LIKE_DIGITS for char in letters)


def _number_cells(places: Sequence[Cell], cells: list[Lines]) -> set[int]:
    """The cells to be read as numbers: those of number columns, and none that holds words."""
    columns: dict[int, list[int]] = {}
    for i, place in enumerate(places):
        if place.column_span == 1 and cells[i]:
            columns.setdefault(place.column, []).append(i)
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
