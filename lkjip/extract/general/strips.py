"""Printed lines of a table's body, with their texts in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lkjip.extract.general.columns import Placed
from lkjip.extract.general.texts import Text


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One line with its texts in their columns; `ruled` where a rule is above it."""

    texts: tuple[Placed, ...]
    top: float
    bottom: float
    ruled: bool = False
    columns: dict[int, list[Text]] = field(default_factory=dict)

    def figures(self, numeric: Sequence[bool]) -> set[int]:
        """The columns of figures in which the line has one, or a sign for none."""
        return {
            column
            for column, texts in self.columns.items()
            if numeric[column] and any(text.kind != "words" for text in texts)
        }

    def is_small(self, column: int) -> bool:
        """Whether its text in a column begins in small letters."""
        return column in self.columns and self.columns[column][0].string[:1].islower()


def strip_of(texts: Sequence[Placed], top: float, bottom: float, *, ruled: bool = False) -> Strip:
    columns: dict[int, list[Text]] = {}
    for placed in texts:
        columns.setdefault(placed.first, []).append(placed.text)
    return Strip(tuple(texts), top, bottom, ruled, columns)


def numeric_columns(strips: Sequence[Strip], count: int) -> list[bool]:
    """Of each column, whether figures are most of what it holds (years at the left are names)."""
    numeric = [False]
    for column in range(1, count):
        texts = [t for s in strips for t in s.columns.get(column, ())]
        figures = sum(t.kind != "words" for t in texts)
        numeric.append(figures > 0.5 * len(texts))
    return numeric
