"""How well tables were read: adjacency relations of cells, as in the ICDAR 2013 table competition.

Every printed cell is related to the nearest printed cell at its right and below it,
whatever blank places stand between. A relation is right where both texts and the
direction are; where on the page a table was found does not count (Göbel, Hassan, Oro,
Orsi: ICDAR 2013 Table Competition, section III).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

Relation = tuple[str, str, str]  # a text, its neighbour's, right or below
LEADER = re.compile(r"[.…·]{4,}|(?<=\w)[.…·]+$")


class Printed(Protocol):
    """A cell, as printed or as read."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def row_span(self) -> int: ...
    @property
    def column_span(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Score:
    """Relations that are right, that were read, and that are printed."""

    right: int = 0
    read: int = 0
    printed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.read + other.read, self.printed + other.printed)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.printed if self.printed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.read + self.printed) if self.read + self.printed else 1.0


def score(read: Iterable[Sequence[Printed]], printed: Iterable[Sequence[Printed]]) -> Score:
    """The tables of one document, as read, against the printed ones."""
    ours: Counter[Relation] = Counter(r for table in read for r in relations(table))
    theirs: Counter[Relation] = Counter(r for table in printed for r in relations(table))
    return Score((ours & theirs).total(), ours.total(), theirs.total())


def relations(cells: Sequence[Printed]) -> list[Relation]:
    """Every relation of a table's cells, once for each pair of cells and direction."""
    texts = {number: plain(cell.text) for number, cell in enumerate(cells)}
    owner = {
        (row, column): number
        for number, cell in enumerate(cells)
        if texts[number]
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows = 1 + max((row for row, _ in owner), default=-1)
    columns = 1 + max((column for _, column in owner), default=-1)
    across = [[(row, column) for column in range(columns)] for row in range(rows)]
    down = [[(row, column) for row in range(rows)] for column in range(columns)]
    pairs = {
        (*pair, way)
        for way, walks in (("right", across), ("below", down))
        for walk in walks
        for pair in _neighbours([owner[place] for place in walk if place in owner])
    }
    return [(texts[a], texts[b], way) for a, b, way in sorted(pairs)]


def _neighbours(numbers: list[int]) -> Iterable[tuple[int, int]]:
    return ((a, b) for a, b in pairwise(numbers) if a != b)


def plain(text: str) -> str:
    """The text in one form of every letter, without white space and dot leaders."""
    return LEADER.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
