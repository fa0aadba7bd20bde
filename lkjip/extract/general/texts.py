"""What a reader sees first: printed lines, and in each the texts that white sets apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.typed.words import Words

LEVEL = 0.4  # line heights between the middles of two words of one line
APART = 0.7  # line heights of white that set two texts apart, at the least
NUMBERS_APART = 0.45  # … two figures
SPACES = 1.15  # letters, as wide as the space of a typewriter, that do not
ALIKE = 1.3  # times the narrowest that the widest of the spaces of a justified line is
STRETCH = 2.5  # line heights that such a space is no wider than
LONGEST_ROW = 4  # words from which a line with equal spaces may be prose
MARK = re.compile(r"[•●○▪■□–—*◦➢✓-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]", re.I)
RUN = 3  # such spaces on end
SMALL = 0.85  # share of the line's height that a raised mark stays under
RAISED = 0.3  # share of its height by which a raised mark stands beside its line
LEADER = re.compile(r"[.…·_]{3,}|[.·]")
FIGURE = re.compile(
    r"[(\[<>~≈±+–—−-]?\s?(?:US|EUR|Rp\.?|[$€£¥])?\s?[(+–—−-]?\d[\d.,'’ \u2009/:–-]*"
    r"(?:%|‰|[a-zA-Z]{1,2}|\d/|[*†‡]+)?\)?[*†‡]*"
)
NOTHING = re.compile(r"[-–—−.…:*x]{1,3}|n/?\.?a\.?|\([a-zA-Z]{1,2}\)|[$€£%]", re.I)
YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d{2,4})?\D{0,3}")


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """Words of one line with no more than a space between them.

    `words` ends with the dots of a leader, which `string` and the extent leave out.
    """

    words: tuple[int, ...]
    string: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    kind: str  # figure, nothing ("-", "n/a"), or words

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One printed line."""

    texts: tuple[Text, ...]
    top: float
    bottom: float
    has_leader: bool = False
    is_stretched: bool = False  # all spaces alike, as in justified prose

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return self.texts[0].x0

    @property
    def x1(self) -> float:
        return max(text.x1 for text in self.texts)


def lines_of(words: Words, picked: NDArray[np.intp], *, as_prose: bool = False) -> list[Line]:
    """The picked words as lines, top to bottom. Leaders of dots hold no place of their own.

    `as_prose` keeps words together that equal spaces part.
    """
    rows: list[list[int]] = []
    for row in _rows(words, picked):
        if rows and _is_raised(words, rows[-1], row):
            rows[-1] += row
        else:
            rows.append(row)
    rows = [sorted(row, key=lambda word: float(words.boxes[word, 0])) for row in rows]
    return [line for row in rows if (line := _line(words, row, as_prose)) is not None]


def _rows(words: Words, picked: NDArray[np.intp]) -> list[list[int]]:
    """Words whose middles are level, by their own heights: small print stands among large."""
    boxes = words.boxes[picked]
    middles = boxes[:, [1, 3]].mean(axis=1)
    order = np.argsort(middles, kind="stable")
    heights = (boxes[:, 3] - boxes[:, 1])[order].tolist()
    rows: list[list[int]] = []
    level = tall = 0.0
    for word, y, height in zip(
        picked[order].tolist(), middles[order].tolist(), heights, strict=True
    ):
        if rows and y - level < LEVEL * min(height, tall):
            rows[-1].append(word)
            level += (y - level) / len(rows[-1])
            tall = max(tall, height)
        else:
            rows.append([word])
            level, tall = y, height
    return rows


def _is_raised(words: Words, above: list[int], below: list[int]) -> bool:
    """Whether one of two lines holds only the small raised or lowered marks of the other."""
    a, b = words.boxes[above], words.boxes[below]
    tall = float(np.median(a[:, 3] - a[:, 1])), float(np.median(b[:, 3] - b[:, 1]))
    if min(tall) > SMALL * max(tall):
        return False
    small, large = (a, b) if tall[0] < tall[1] else (b, a)
    shared = min(a[:, 3].max(), b[:, 3].max()) - max(a[:, 1].min(), b[:, 1].min())
    if shared < RAISED * min(tall):
        return False
    over = (small[:, None, 0] < large[None, :, 2] - 1) & (small[:, None, 2] > large[None, :, 0] + 1)
    return not bool(over.any())


def _line(words: Words, row: list[int], as_prose: bool) -> Line | None:
    leaders = {i for i in row if LEADER.fullmatch(words.texts[i])}
    shown = [i for i in row if i not in leaders]
    if not shown:
        return None
    parts: list[list[int]] = [[shown[0]]]
    reached = float(words.boxes[shown[0], 2])
    stretched = _stretched(words, shown)
    for k, (before, word) in enumerate(pairwise(shown)):
        white = float(words.boxes[word, 0]) - reached
        between = [
            i for i in leaders if words.boxes[before, 0] < words.boxes[i, 0] < words.boxes[word, 0]
        ]
        if between or (white > _apart(words, before, word) and not (as_prose and stretched[k])):
            parts.append([word])
        else:
            parts[-1].append(word)
        reached = max(reached, float(words.boxes[word, 2]))
    texts = [text_of(words, part) for part in parts]
    for k, text in enumerate(texts):
        end = texts[k + 1].x0 if k + 1 < len(texts) else float("inf")
        dots = [i for i in row if i in leaders and text.x0 < words.boxes[i, 0] < end]
        if dots:
            texts[k] = replace(text, words=(*text.words, *dots))
    boxes = words.boxes[shown]
    heights = boxes[:, 3] - boxes[:, 1]
    whole = heights >= SMALL * heights.max()
    top, bottom = float(boxes[whole, 1].min()), float(boxes[whole, 3].max())
    marked = bool(MARK.fullmatch(words.texts[shown[0]]))
    parted = len(texts) - marked > 1
    whole_line = parted and len(shown) >= LONGEST_ROW and all(stretched[marked:])
    return Line(tuple(texts), top, bottom, bool(leaders), whole_line)


def _stretched(words: Words, row: list[int]) -> list[bool]:
    """Of each space of a line, whether it is one of a run of equal ones between words.

    Justified prose stretches all spaces of a line alike; those between columns vary.
    """
    boxes = words.boxes[row]
    white = (boxes[1:, 0] - boxes[:-1, 2]).tolist()
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    stretched = [False] * len(white)
    start = 0
    while start < len(white):
        end = start + 1
        low = high = white[start]
        while end < len(white):
            low, high = min(low, white[end]), max(high, white[end])
            if high > ALIKE * max(low, 0.1) + 0.3 or high > STRETCH * height:
                break
            end += 1
        letters = sum(words.texts[i][:1].isalpha() for i in row[start : end + 1])
        if end - start >= RUN and letters >= 0.6 * (end - start + 1) and low > 0:
            stretched[start:end] = [True] * (end - start)
            start = end
        else:
            start += 1
    return stretched


def _apart(words: Words, before: int, word: int) -> float:
    """The white that sets two neighbours apart: more than a space, and that of typewriters."""
    (a0, atop, a1, abottom), (b0, btop, b1, bbottom) = words.boxes[[before, word]].tolist()
    texts = words.texts[before], words.texts[word]
    height = min(abottom - atop, bbottom - btop)
    letter = max((a1 - a0) / len(texts[0]), (b1 - b0) / len(texts[1]))
    share = NUMBERS_APART if is_figure(texts[0]) and is_figure(texts[1]) else APART
    return float(max(share * height, SPACES * min(letter, height)))


def text_of(words: Words, part: list[int]) -> Text:
    """The words of one text, left to right."""
    boxes = words.boxes[part]
    string = " ".join(words.texts[i] for i in part)
    x0, top = (float(side) for side in boxes[:, :2].min(axis=0))
    x1, bottom = (float(side) for side in boxes[:, 2:].max(axis=0))
    bold = bool(words.bold[part].all())
    return Text(tuple(part), string, x0, x1, top, bottom, bold, kind_of(string))


def is_figure(string: str) -> bool:
    return bool(FIGURE.fullmatch(string))


def kind_of(string: str) -> str:
    if NOTHING.fullmatch(string):
        return "nothing"
    return "figure" if is_figure(string) else "words"
