"""The columns of a block: where its texts stand, but for those that run over several.

Aligned texts share an extent; a text that stands over two texts of other lines heads
or bridges columns and shows none. What never stands beside its neighbour is of one
column with it: a heading set left over figures set right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lkjip.extract.general.texts import Line, Text, kind_of, text_of
from lkjip.extract.typed.words import Words

TOUCH = 1.0  # points by which two texts of one column overlap
OVER = 0.2  # share of the lines beneath a text in which it must stand over two others
FULLEST = 0.6  # share of the most texts of a line from which a line shows the columns
EDGE = 2.0  # points within which edges are aligned
ALIGNED = 0.6  # share of a column's texts that stand at one edge or around one middle
BEFORE = re.compile(r"[$€£¥(<>~±+–—−-]|US\$|Rp\.?|EUR")
AFTER = re.compile(r"[%)*†‡°]+|\(?[a-z\d]{1,2}[/)]|[a-z]", re.I)


@dataclass(frozen=True, slots=True)
class Column:
    """The extent of what a column holds."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A text and the columns that it stands over."""

    text: Text
    first: int
    last: int


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """The columns, left to right."""
    spread = _spanning(lines)
    own = [
        (text, number)
        for number, line in enumerate(lines)
        for text in line.texts
        if id(text) not in spread
    ]
    most = max(len(line.texts) for line in lines)
    full = [item for item in own if len(lines[item[1]].texts) > FULLEST * most]
    columns = [_extent(group) for group in _grouped(full)]
    kept = [item for item in own if item in full or not _bridges(item[0], columns)]
    groups = _with_signs(_without_strangers(_grouped(kept)))
    return [_extent(group) for group in groups]


def _grouped(items: Sequence[tuple[Text, int]]) -> list[list[tuple[Text, int]]]:
    """Texts with their lines by the extents that they share."""
    groups: list[list[tuple[Text, int]]] = []
    reached = -1e9
    for text, number in sorted(items, key=lambda item: item[0].x0):
        if text.x0 < reached - TOUCH:
            groups[-1].append((text, number))
        else:
            groups.append([(text, number)])
        reached = max(reached, text.x1)
    return groups


def _extent(group: Sequence[tuple[Text, int]]) -> Column:
    return Column(min(t.x0 for t, _ in group), max(t.x1 for t, _ in group))


def _bridges(text: Text, columns: Sequence[Column]) -> bool:
    return sum(min(text.x1, c.x1) - max(text.x0, c.x0) > TOUCH for c in columns) > 1


def _spanning(lines: Sequence[Line]) -> set[int]:
    """The texts that stand over two texts of several other lines."""
    texts = [text for line in lines for text in line.texts]
    x0, x1 = np.array([t.x0 for t in texts]), np.array([t.x1 for t in texts])
    numbers = np.repeat(np.arange(len(lines)), [len(line.texts) for line in lines])
    spread = set()
    for text, number in zip(texts, numbers.tolist(), strict=True):
        meets = np.minimum(x1, text.x1) - np.maximum(x0, text.x0) > TOUCH
        counts = np.bincount(numbers[meets], minlength=len(lines))
        counts[number] = 0
        beneath, over = int((counts > 0).sum()), int((counts > 1).sum())
        if (over > 1 and over > OVER * beneath) or (over == 1 and beneath <= 2):
            spread.add(id(text))
    return spread


def _without_strangers(
    groups: list[list[tuple[Text, int]]],
) -> list[list[tuple[Text, int]]]:
    """Neighbours that no line prints beside each other, as one."""
    while len(groups) > 2:
        gaps = []
        for k, (a, b) in enumerate(pairwise(groups)):
            if not {n for _, n in a} & {n for _, n in b}:
                gap = min(t.x0 for t, _ in b) - max(t.x1 for t, _ in a)
                gaps.append((gap, k))
        if not gaps:
            break
        _, k = min(gaps)
        groups = [*groups[:k], [*groups[k], *groups[k + 1]], *groups[k + 2 :]]
    return groups


def _with_signs(
    groups: list[list[tuple[Text, int]]],
) -> list[list[tuple[Text, int]]]:
    """Signs of currency with the figures after them, marks with the figures before them."""
    k = 0
    while k < len(groups) and len(groups) > 2:
        strings = [t.string for t, _ in groups[k]]
        if k + 1 < len(groups) and all(BEFORE.fullmatch(s) for s in strings):
            groups = [*groups[:k], [*groups[k], *groups[k + 1]], *groups[k + 2 :]]
        elif k > 1 and all(AFTER.fullmatch(s) for s in strings) and _is_close(groups, k):
            groups = [*groups[: k - 1], [*groups[k - 1], *groups[k]], *groups[k + 1 :]]
        else:
            k += 1
    return groups


def _is_close(groups: list[list[tuple[Text, int]]], k: int) -> bool:
    gap = min(t.x0 for t, _ in groups[k]) - max(t.x1 for t, _ in groups[k - 1])
    text, _ = groups[k][0]
    return gap < 1.2 * (text.bottom - text.top)


def place(text: Text, columns: Sequence[Column]) -> Placed:
    """The columns that a text stands over; the nearest where it stands over none."""
    over = [
        k
        for k, column in enumerate(columns)
        if min(text.x1, column.x1) - max(text.x0, column.x0) > TOUCH
    ]
    if not over:
        away = [max(c.x0 - text.x1, text.x0 - c.x1) for c in columns]
        over = [min(range(len(columns)), key=away.__getitem__)]
    return Placed(text, over[0], over[-1])


def split_at(words: Words, line: Line, columns: Sequence[Column]) -> Line:
    """The line with figures that stand close, but each in a column of its own, apart."""
    texts: list[Text] = []
    for text in line.texts:
        placed = place(text, columns)
        parts: dict[int, list[int]] = {}
        for word in text.words:
            x0, _, x1, _ = words.boxes[word].tolist()
            over = [min(x1, c.x1) - max(x0, c.x0) for c in columns[placed.first : placed.last + 1]]
            parts.setdefault(over.index(max(over)), []).append(word)
        figures = all(kind_of(words.texts[word]) != "words" for word in text.words)
        if len(parts) > 1 and len(parts) == placed.last - placed.first + 1 and figures:
            texts += [text_of(words, part) for part in parts.values()]
        else:
            texts.append(text)
    return line if len(texts) == len(line.texts) else replace(line, texts=tuple(texts))


def are_aligned(lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether the texts of most columns share an edge or a middle, as those of a table do."""
    held: list[list[Text]] = [[] for _ in columns]
    for line in lines:
        for text in line.texts:
            placed = place(text, columns)
            if placed.first == placed.last:
                held[placed.first].append(text)
    shares = [_alignment(texts) for texts in held if len(texts) > 1]
    return sum(share >= ALIGNED for share in shares) >= max(2, 0.7 * len(shares))


def _alignment(texts: Sequence[Text]) -> float:
    """The largest share of texts that stand at one left edge, right edge, or middle."""
    best = 0
    for edge in ([t.x0 for t in texts], [t.x1 for t in texts], [t.middle for t in texts]):
        best = max(best, *(sum(abs(x - other) < EDGE for other in edge) for x in edge))
    return best / len(texts)
