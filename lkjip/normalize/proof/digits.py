"""Which numbers of a scan arithmetic proves, digit by digit.

What a scan makes of one 8 it makes of others: misread alike in a total and in its part,
a digit leaves their sum closed. So a sum proves a digit only where no member on its
other side has the same digit in that place, or has it proven by something else. The
same amount printed again proves what is proven there. A percentage proves the digits
without which it would be another one: the first few. A number is proven once all of
its digits are.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from lkjip.normalize.proof.book import agrees

Key = TypeVar("Key", bound=Hashable)


class Closed(NamedTuple, Generic[Key]):
    """`whole` is exactly the sum of `parts`."""

    whole: Key
    parts: tuple[Key, ...]


class Fit(NamedTuple, Generic[Key]):
    """The printed `capaian` is realisasi / anggaran within its rounding."""

    anggaran: Key
    realisasi: Key
    capaian: Key


@dataclass(frozen=True, slots=True)
class Arithmetic(Generic[Key]):
    """What holds among the numbers of a report; each of `same` are prints of one amount."""

    sums: Sequence[Closed[Key]]
    fits: Sequence[Fit[Key]]
    same: Sequence[Sequence[Key]]


def proven(
    values: Mapping[Key, Decimal], sure: Set[Key], legible: Set[Key], arithmetic: Arithmetic[Key]
) -> set[Key]:
    """The numbers that are not `sure` by themselves and have every digit proven.

    No two `legible` numbers of a sum have a digit misread alike. All members of
    `arithmetic` have a value: capaian in percent, the others in rupiah.
    """
    doubts = _Doubts(values, sure, legible)
    count = -1
    while count != (count := sum(map(len, doubts.open.values()))):
        for total in arithmetic.sums:
            doubts.by_sum(total)
        for prints in arithmetic.same:
            doubts.by_another_print(prints)
        for fit in arithmetic.fits:
            doubts.by_percentage(fit)
    return {key for key, places in doubts.open.items() if not places}


class _Doubts(Generic[Key]):
    """`open` has the decimal places, counted from the sen, of the digits not yet proven.

    And the place above them, where a first digit may be lost in the rule beside it.
    """

    def __init__(self, values: Mapping[Key, Decimal], sure: Set[Key], legible: Set[Key]) -> None:
        self.values = values
        self.legible = legible
        self.sen = {key: abs(int(value * 100)) for key, value in values.items()}
        self.above = {key: len(str(sen)) for key, sen in self.sen.items()}
        self.open = {key: set(range(self.above[key] + 1)) for key in values if key not in sure}

    def by_sum(self, total: Closed[Key]) -> None:
        keys = (total.whole, *total.parts)
        if not any(self.open.get(key) for key in keys):
            return
        above = [(self.values[key] < 0) != (key == total.whole) for key in keys]
        noughts = self._shared_noughts(keys)
        for key, side in zip(keys, above, strict=True):
            across = [other for other, its in zip(keys, above, strict=True) if its != side]
            if key in self.legible:
                across = [other for other in across if other not in self.legible]
            places = self._from(key, noughts)
            self._keep(
                key, [p for p in places if any(self._is_alike(key, p, o, p) for o in across)]
            )

    def by_another_print(self, prints: Sequence[Key]) -> None:
        left = set[int].intersection(*(self.open.get(key, set()) for key in prints))
        for key in prints:
            self._keep(key, left)

    def by_percentage(self, fit: Fit[Key]) -> None:
        amounts = (fit.anggaran, fit.realisasi)
        if not any(self.open.get(key) for key in amounts):
            self._keep(fit.capaian, ())
        elif not self.values[fit.capaian] and not self.values[fit.realisasi]:
            self._keep(fit.realisasi, ())
        else:
            noughts = self._shared_noughts(amounts)
            for key in amounts:
                places = self._from(key, noughts)
                self._keep(key, [p for p in places if self._may_differ(fit, key, p)])

    def _keep(self, key: Key, places: Collection[int]) -> None:
        if key in self.open:
            self.open[key].intersection_update(places)

    def _from(self, key: Key, least: int) -> list[int]:
        """The open places of a number above those that all numbers beside it leave nought."""
        return [place for place in self.open.get(key, ()) if place >= least]

    def _shared_noughts(self, keys: Sequence[Key]) -> int:
        texts = (str(self.sen[key]) for key in keys if self.sen[key])
        return min((len(text) - len(text.rstrip("0")) for text in texts), default=0)

    def _digit(self, key: Key, place: int) -> int:
        return int(self.sen[key] // 10**place % 10)

    def _is_alike(self, key: Key, place: int, other: Key, its: int) -> bool:
        """Whether a misreading of the one digit may be that of the other number's, too."""
        if its not in self.open.get(other, ()):
            return False
        if place == self.above[key]:
            return its == self.above[other]
        return self._digit(key, place) == self._digit(other, its)

    def _may_differ(self, fit: Fit[Key], key: Key, place: int) -> bool:
        """Whether another digit in that place, and in those misread alike, would fit as well.

        The nearest digits tell: what fits at all lies between two bounds.
        """
        changes: list[dict[Key, int]] = [{key: place}]
        for other in fit:
            if other != key:
                places = self._printed(other) if other == fit.capaian else (place,)
                alike = [its for its in places if self._is_alike(key, place, other, its)]
                changes += [{**change, other: its} for change in changes for its in alike]
        digit = self._digit(key, place)
        steps = [step for step in (1, -1) if 0 <= digit + step <= 9]
        return any(self._fits(fit, change, step) for change in changes for step in steps)

    def _fits(self, fit: Fit[Key], change: Mapping[Key, int], step: int) -> bool:
        values = [
            self.values[key] + (step * Decimal(10) ** (change[key] - 2) if key in change else 0)
            for key in fit
        ]
        return agrees(*values) is not False

    def _printed(self, capaian: Key) -> range:
        """The places of the digits of a percentage, down to the last printed one."""
        last = min(int(self.values[capaian].as_tuple().exponent), 0)
        return range(2 + last, self.above[capaian])
