"""Rulings of a straight page image: long thin ink, broken lines made whole.

Openings along each axis find pieces of rules; pieces near each other make a
table; where enough of them lie on one line, there is a side of the grid; and of
each stretch of that side between two crossings it is asked how much of it shows
ink. A stretch that is mostly lost but shows remains is ruled, one inside a
merged cell is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lkjip.extract.scanned.faint import faint_rules, letters_in
from lkjip.extract.scanned.ink import Sheet
from lkjip.extract.scanned.morphology import Mask, grown, opened, parts
from lkjip.extract.tables.grid import cluster

THICKEST = 3.0  # points: anything thicker is no rule
WORD = 90.0  # points: a longer piece is no run inside a word
ALONE = 2.4  # points from a rule's middle where paper shows
LETTERS = (0.15, 0.4)  # shares of ink above or below a run that may be, and are, letters
UNBROKEN = 0.93  # share of a run with ink that no word reaches
SURE = (20.0, 12.0)  # points: the shortest piece that proves a level and an upright rule
REMAINS = (8.0, 8.0)  # points: the shortest piece that counts as remains of one
WAVER = 1.2  # points that a rule may leave its line within a piece
SPREAD = 2.0  # points that pieces of one rule may lie apart
BRIDGED = 20.0  # points: the largest gap, 6 mm of lost toner and a little
SIDE = (40.0, 25.0)  # points of pieces that make a level and an upright side
SHOWS = 0.22  # share of a stretch with remains that makes it ruled (0.35 lost dotted remains)

Boxes = npt.NDArray[np.float32]  # (n, 4): x0, y0, x1, y1 in pixels


@dataclass(frozen=True, slots=True, eq=False)
class Rulings:
    """Rules as boxes (n, 4) without thickness in pixels, and every pixel that belongs to one.

    `uprights` are the upright sides in full length, where the scan lost them as well.
    """

    boxes: Boxes
    mask: Mask
    uprights: Boxes


def find_rulings(sheet: Sheet) -> Rulings:
    """Level and upright rules of the tables of a page."""
    letters = letters_in(sheet.ink, sheet.dot)
    faint = faint_rules(sheet.grey, letters, sheet.dot)
    level = _Direction(sheet.ink, faint, sheet.dot, SURE[0], REMAINS[0])
    ink, grey = (np.ascontiguousarray(each.T) for each in (sheet.ink, sheet.grey))
    faint = faint_rules(grey, letters.T, sheet.dot)
    upright = _Direction(ink, faint, sheet.dot, SURE[1], REMAINS[1])
    boxes: list[tuple[float, float, float, float]] = []
    uprights: list[tuple[float, float, float, float]] = []
    for x0, y0, x1, y1 in _regions(level, upright, sheet.dot):
        ys = level.sides(x0, y0, x1, y1, SIDE[0])
        xs = upright.sides(y0, x0, y1, x1, SIDE[1])
        if len(ys) and len(xs):
            boxes += [(a, y, b, y) for y, a, b in level.rules(ys, _stops(xs, x0, x1, sheet.dot))]
            boxes += [(x, a, x, b) for x, a, b in upright.rules(xs, _stops(ys, y0, y1, sheet.dot))]
            uprights += [(x, float(ys[0]), x, float(ys[-1])) for x in xs.tolist()]
    mask = level.mask | np.ascontiguousarray(upright.mask.T)
    rules, sides = (np.array(each, np.float32).reshape(-1, 4) for each in (boxes, uprights))
    return Rulings(rules, mask, sides)


class _Direction:
    """Pieces of the rules that run along the rows of an ink mask, faint ones given."""

    def __init__(self, ink: Mask, faint: Mask, dot: float, sure: float, remains: float) -> None:
        self.dot, self.ink = dot, ink
        ink = ink | faint
        waver = max(1, round(WAVER * dot))
        softened = grown(ink, 1, waver)
        anchor = (waver - 1) // 2 - (waver - 1) / 2  # where dilation by an even size lands
        self.pieces, _ = self._thin(softened, sure, waver, anchor)
        _, kept = self._thin(softened, remains, waver, anchor)
        self.mask: Mask = kept & grown(ink, 1, 3)
        self.shows: Mask = kept | self._flecks(ink)

    def _thin(
        self, softened: Mask, shortest: float, waver: int, anchor: float
    ) -> tuple[Boxes, Mask]:
        """Pieces (n, 4: x0, y, x1, length) of at least `shortest` points, and their pixels."""
        length, thick = max(8, round(shortest * self.dot)), round(THICKEST * self.dot) + waver
        runs = parts(opened(softened, length, 1))
        thin = (runs.area / runs.width <= thick) & (runs.height <= thick + 0.03 * runs.width)
        thin[0] = False
        right, middle = runs.left + runs.width, runs.centres[:, 1] + anchor
        for label in np.flatnonzero(thin & (runs.width < WORD * self.dot)).tolist():
            columns = slice(int(runs.left[label]), int(right[label]))
            thin[label] = self._stands_alone(columns, float(middle[label]))
        pieces = np.stack([runs.left, middle, right, runs.width], axis=1)[thin]
        return pieces.astype(np.float32), thin[runs.labels].astype(np.uint8)

    def _stands_alone(self, columns: slice, middle: float) -> bool:
        """Whether a piece is a rule with paper above and below, not a run inside a word.

        Letters stand above or below such a run, and it has gaps between them.
        """
        away, row = round(ALONE * self.dot) + 1, round(middle)
        densities = [
            float(self.ink[at, columns].mean())
            for at in (row - away, row - away + 1, row + away - 1, row + away)
            if 0 <= at < len(self.ink)
        ]
        beside = max(densities, default=0.0)
        core = self.ink[max(0, row - 1) : row + 2, columns].mean(axis=1).max()
        return beside <= LETTERS[1] and (beside <= LETTERS[0] or float(core) >= UNBROKEN)

    def _flecks(self, ink: Mask) -> Mask:
        """Flat bits of ink: what a lost rule leaves, and few dots of the text."""
        bits = parts(ink)
        flat = np.asarray(bits.height <= max(2, round(WAVER * self.dot)), np.uint8)
        flat[0] = 0
        return flat[bits.labels]

    def sides(self, x0: float, y0: float, x1: float, y1: float, least: float) -> Boxes:
        """Positions (n,) of the sides inside a region, where pieces enough lie on one line."""
        p = self.pieces
        inside = (p[:, 0] >= x0) & (p[:, 2] <= x1) & (p[:, 1] >= y0) & (p[:, 1] <= y1)
        if not inside.any():
            return np.zeros(0, np.float32)
        at, lengths = p[inside, 1].astype(np.float64), p[inside, 3].astype(np.float64)
        _, labels = cluster(at, SPREAD * self.dot)
        total = np.bincount(labels, lengths)
        centres = np.bincount(labels, at * lengths) / total
        return centres[total >= least * self.dot].astype(np.float32)

    def rules(self, sides: Boxes, stops: Boxes) -> list[tuple[float, float, float]]:
        """(position, start, end) of the ruled stretches of each side between the stops."""
        reach = max(1, round(SPREAD * self.dot))
        found = []
        for side in sides.tolist():
            first = max(0, round(side) - reach)
            shows = self.shows[first : round(side) + reach + 1].max(axis=0)
            start = None
            for a, b in pairwise(stops.tolist()):
                if float(shows[int(a) : max(int(a) + 1, int(b))].mean()) >= SHOWS:
                    start = a if start is None else start
                elif start is not None:
                    found.append((side, start, a))
                    start = None
            if start is not None:
                found.append((side, start, float(stops[-1])))
        return found


def _stops(sides: Boxes, low: float, high: float, dot: float) -> Boxes:
    """Where stretches begin and end: the crossing sides, and the region's ends beyond them."""
    far = SIDE[1] * dot
    before = [low] if sides[0] - low > far else []
    after = [high] if high - sides[-1] > far else []
    return np.concatenate([before, sides, after]).astype(np.float32)


def _regions(
    level: _Direction, upright: _Direction, dot: float
) -> list[tuple[float, float, float, float]]:
    """Bounds of the places where rules lie together."""
    height, width = level.mask.shape
    step = max(1, round(2 * dot))  # a coarse map is enough
    coarse = np.zeros((height // step + 2, width // step + 2), np.uint8)
    for x0, y, x1, _ in (level.pieces / step).tolist():
        coarse[round(y), int(x0) : int(x1) + 1] = 1
    for y0, x, y1, _ in (upright.pieces / step).tolist():
        coarse[int(y0) : int(y1) + 1, round(x)] = 1
    size = round(BRIDGED * dot / step)
    labels = parts(grown(coarse, size, size)).labels
    regions = []
    for label in range(1, int(labels.max()) + 1):
        ys, xs = np.nonzero((labels == label) & (coarse > 0))
        low, high = (xs.min() - 1, ys.min() - 1), (xs.max() + 2, ys.max() + 2)
        regions.append(
            (
                float(low[0] * step),
                float(low[1] * step),
                float(high[0] * step),
                float(high[1] * step),
            )
        )
    return regions
