"""How well the subtrees that a line may take add up to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

OUTGROWN = 1.5  # children this many times their line are not its children
CHILDREN = -1.2  # a line with children, before any evidence
LONE_CHILD = -0.8  # …and only one
BROKEN = -3.5  # every sum that can be tested breaks
HALF_BROKEN = -2.0  # one closes, another breaks
LEFT_OUT = -3.5  # the sums close without one of the children
ROUND = 10**15  # its divisors are the round numbers
NOBODY = -1
MOST_READINGS = 500  # combinations of damaged children tried at once

Worth = tuple[int | None, ...]  # per measure, in sen; None where unknown


@dataclass(frozen=True, slots=True)
class Sums:
    """The numbers of a table: per measure and line, in sen.

    `values` holds None where nothing sure is printed; `readings` the possible
    values of those that are damaged rather than blank.
    """

    values: tuple[Worth, ...]
    readings: tuple[dict[int, tuple[int, ...]], ...]
    unit: int = 1  # rupiah that one printed unit is worth

    def printed(self, row: int) -> Worth:
        return tuple(values[row] for values in self.values)


class Closure(NamedTuple):
    """What taking the subtrees gathered so far is worth."""

    gain: float
    left_out: int | None
    worth: Worth


class Gathering:
    """The children of one line so far, with running sums."""

    def __init__(self, row: int, sums: Sums) -> None:
        self.row = row
        self.sums = sums
        self.target = sums.printed(row)
        self.options = tuple(readings.get(row, ()) for readings in sums.readings)
        count = len(self.target)
        self.measures = range(count)
        self.totals = [0] * count
        self.units = [0] * count  # greatest common divisor: sums of round numbers prove less
        self.filled = [0] * count  # children that are neither blank nor nothing
        self.blanks = [0] * count
        self.damaged: list[list[int]] = [[] for _ in self.measures]
        self.by_worth: dict[Worth, int] = {}
        self.worths: list[Worth] = []
        self.size = 0

    def add(self, row: int, worth: Worth) -> None:
        self.size += 1
        self.worths.append(worth)
        self.by_worth.setdefault(worth, row)
        for m in self.measures:
            value = worth[m]
            if value is not None:
                self.totals[m] += value
                self.filled[m] += value != 0
                self.units[m] = math.gcd(self.units[m], value)
            elif row in self.sums.readings[m]:
                self.damaged[m].append(row)
            else:
                self.blanks[m] += 1

    def outgrown(self) -> bool:
        known = [m for m in self.measures if self.target[m] is not None]
        return bool(known) and all(
            abs(self.totals[m]) > OUTGROWN * abs(self.target[m] or 0) for m in known
        )

    def closure(self) -> Closure:
        closed, broken = self._verdicts()
        gain = CHILDREN + LONE_CHILD * (self.size == 1)
        left_out = None
        if broken and not closed and (left_out := self._left_out()) is not None:
            gain += LEFT_OUT
            closed, broken = [m for m in self.measures if self.target[m]], []
            return Closure(gain + self._evidence_without(closed), left_out, self._worth())
        if closed:
            gain += self._evidence(closed) + HALF_BROKEN * bool(broken)
        elif broken:
            gain += BROKEN
        return Closure(gain, left_out, self._worth())

    def _verdicts(self) -> tuple[list[int], list[int]]:
        """Measures that close and measures that break; the others are open."""
        closed, broken = [], []
        for m in self.measures:
            target, total = self.target[m], self.totals[m]
            if self.damaged[m]:
                fits = target is not None and self._readings_close(m)
                too_much = target is not None and total > target
            elif target is not None:
                fits = abs(total - target) <= self._slack()
                too_much = not fits and (total > target or not self.blanks[m])
            else:
                fits = total in self.options[m]
                too_much = bool(self.options[m]) and not self.blanks[m] and not fits
            if fits and (target or total):
                closed.append(m)
            elif too_much:
                broken.append(m)
        return closed, broken

    def _slack(self) -> int:
        """What rounding each child may add up to, in sen (see `Book.slack`)."""
        if self.size == 1:
            return 0
        return 50 * self.sums.unit * (self.size + 1) if self.sums.unit > 1 else 200

    def _readings_close(self, m: int) -> bool:
        options = [self.sums.readings[m][row] for row in self.damaged[m]]
        missing = (self.target[m] or 0) - self.totals[m]
        if missing < 0 or math.prod(map(len, options)) > MOST_READINGS:
            return False
        return any(sum(choice) == missing for choice in product(*options))

    def _left_out(self) -> int | None:
        """The one child without which every known sum closes."""
        if self.size < 3 or any(self.damaged) or any(self.blanks):
            return None
        excess = tuple(
            None if target is None else total - target
            for total, target in zip(self.totals, self.target, strict=True)
        )
        if None in excess or not any(excess) or excess == self.worths[-1]:
            return None  # without the last child it closes anyway
        if not any(self.filled[m] > 2 for m in self.measures if self.target[m]):
            return None  # what remains is one number and its equal
        return self.by_worth.get(excess)

    def _evidence_without(self, closed: list[int]) -> float:
        """What closing without the child in excess says, less the choice of the child."""
        rest = Gathering(self.row, self.sums)
        excess = tuple(
            total - (target or 0) for total, target in zip(self.totals, self.target, strict=True)
        )
        rest_of = list(self.worths)
        rest_of.remove(excess)
        for worth in rest_of:
            rest.add(NOBODY, worth)
        return rest._evidence(closed)

    def _evidence(self, closed: list[int]) -> float:
        """Closing to the rupiah says the more, the finer the round unit that all children share.

        It says less after many tries, one for each further child.
        """
        if max(self.filled[m] for m in closed) <= 1:
            printed = len(str(self.totals[closed[0]]).rstrip("0"))
            return min(0.5 + 0.4 * printed, 2.5) + 1.5 * (len(closed) > 1 and self._differ(closed))
        digits = sorted(map(self._digits, closed), reverse=True)
        gain = min(1.0 + 2.0 * digits[0] - math.log(self.size), 9.0)
        if len(closed) > 1:
            gain += min(digits[1], 5.0) if self._differ(closed) else 0.5
        return gain

    def _differ(self, closed: list[int]) -> bool:
        return self.totals[closed[0]] != self.totals[closed[1]]

    def _digits(self, m: int) -> float:
        unit = math.gcd(self.units[m], ROUND)
        return math.log10(max(self.totals[m] / (unit or 1), 1))

    def _worth(self) -> Worth:
        """The line's own printed value, or what its children add up to."""
        return tuple(
            target
            if target is not None
            else None
            if self.damaged[m] or (options and self.totals[m] not in options)
            else self.totals[m]
            for m, (target, options) in enumerate(zip(self.target, self.options, strict=True))
        )
