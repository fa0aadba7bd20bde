"""What columns of numbers say of each other, row by row: shares and differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lkjip.normalize.content import Span
from lkjip.normalize.numbers import column_style, decimal_mark, parse_money, parse_percent
from lkjip.normalize.proof.book import agrees
from lkjip.normalize.rows import Row, number_text

Values = Sequence[Decimal | None]
ROWS = 3  # rows with two different amounts, and different proportions, that a proof needs
DIGITS = 8  # digits of their percentages that must agree
OTHERWISE = 0.1  # share of their rows in which columns that say the same may differ
PROVEN = 0.8  # share of them that a pair must fit


@dataclass(frozen=True, slots=True)
class Fit:
    """How many rows could tell, in how many the numbers agree, and in how many digits."""

    tested: int
    agreed: int
    digits: int
    kinds: int  # different numbers that agree: 100 % in every row proves nothing

    @property
    def share(self) -> float:
        return self.agreed / self.tested if self.tested else 0.0

    @property
    def is_proof(self) -> bool:
        return self.kinds >= ROWS and self.digits >= DIGITS and self.share >= PROVEN


class Numbers:
    """The numbers of each column, read once and only if asked for."""

    def __init__(self, rows: Sequence[Row], units: Mapping[int, int]) -> None:
        self.rows = rows
        self.units = units
        self.read: dict[tuple[int, bool], Values] = {}

    def texts(self, span: Span) -> list[str]:
        return [number_text(row.cells.get(span.column.index, ())) for row in self.rows]

    def money(self, span: Span) -> Values:
        return self._values(span, is_money=True)

    def _values(self, span: Span, *, is_money: bool) -> Values:
        key = (span.column.index, is_money)
        if key not in self.read:
            texts = self.texts(span)
            if is_money:
                style, unit = column_style(texts), self.units.get(span.column.index, 1)
                self.read[key] = [parse_money(text, style, unit).value for text in texts]
            else:
                mark = decimal_mark(texts)
                self.read[key] = [parse_percent(text, mark).value for text in texts]
        return self.read[key]

    def share(self, whole: Span, part: Span, percent: Span, *, or_alike: bool = False) -> Fit:
        """Rows with two different (or alike) amounts whose printed percentage is their ratio."""
        columns = (self.money(whole), self.money(part), self._values(percent, is_money=False))
        tested = [
            (a, r, c)
            for a, r, c in zip(*columns, strict=True)
            if a and r and c is not None and (or_alike or a != r)
        ]
        agreed = [c for a, r, c in tested if agrees(a, r, c)]
        return Fit(
            len(tested),
            len(agreed),
            sum(len(c.as_tuple().digits) for c in agreed),
            len(set(agreed)),
        )

    def difference(self, whole: Span, part: Span, rest: Span) -> Fit:
        """Rows in which what is left is the first amount less the second, mostly the larger."""
        columns = (self.money(whole), self.money(part), self.money(rest))
        tested = [(a, r, s) for a, r, s in zip(*columns, strict=True) if a and r and s]
        larger = sum(a > r for a, r, _ in tested) > len(tested) / 2
        agreed = [s for a, r, s in tested if larger and abs(a - r) == abs(s)]
        return Fit(
            len(tested), len(agreed), sum(len(f"{abs(s):.0f}") for s in agreed), len(set(agreed))
        )

    def differ(self, one: Span, other: Span) -> bool:
        """Whether two columns of money are filled in the same rows, and often otherwise."""
        pairs = list(zip(self.money(one), self.money(other), strict=True))
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        apart = sum((a is None) != (b is None) for a, b in pairs)
        return len(both) >= apart and sum(a != b for a, b in both) > OTHERWISE * len(both)
