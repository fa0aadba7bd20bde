"""What a reader sees first: printed lines, and in each the texts that white sets apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

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
    is_marked: bool = False  # begins with the mark of a list
    is_stretched: bool = False  # all spaces alike, as in justified prose
    joints: tuple[int, ...] = ()  # texts that such a space parts from the one before

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return self.texts[0].x0

    @property
    def x1(self) -> float:
        return max(text.x1 for text in self.texts)


def lines_of(words: Words, picked: NDArray[np.intp]) -> list[Line]:
    """The picked words as lines, top to bottom. Leaders of dots hold no place of their own."""
    rows = _level(words, picked)
    return [line for row in rows if (line := _line(words, row)) is not None]


def as_prose(line: Line) -> Line:
    """The line with the texts as one that no more than equal spaces part."""
    if not line.joints:
        return line
    texts: list[Text] = []
    for number, text in enumerate(line.texts):
        if number in line.joints:
            texts[-1] = _joined(texts[-1], text)
        else:
            texts.append(text)
    is_stretched = line.is_stretched and len(texts) - line.is_marked > 1
    return replace(line, texts=tuple(texts), joints=(), is_stretched=is_stretched)


def _joined(text: Text, after: Text) -> Text:
    string = f"{text.string} {after.string}"
    return Text(
        (*text.words, *after.words), string, min(text.x0, after.x0), max(text.x1, after.x1),
        min(text.top, after.top), max(text.bottom, after.bottom), text.bold and after.bold,
        kind_of(string),
    )  # fmt: skip


def _level(words: Words, picked: NDArray[np.intp]) -> list[list[int]]:
    """The picked words by the line that they stand in: lines top to bottom, words left to right."""
    rows: list[list[int]] = []
    for row in _rows(words, picked):
        if rows and _is_raised(words, rows[-1], row):
            rows[-1] += row
        else:
            rows.append(row)
    sides = words.sides
    return [sorted(row, key=lambda word: sides[word][0]) for row in rows]


def _rows(words: Words, picked: NDArray[np.intp]) -> list[list[int]]:
    """Words whose middles are level, by their own heights: small print stands among large."""
    boxes = words.boxes[picked]
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
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
    sides = words.sides
    a, b = [sides[word] for word in above], [sides[word] for word in below]
    tall = _usual_height(a), _usual_height(b)
    if min(tall) > SMALL * max(tall):
        return False
    small, large = (a, b) if tall[0] < tall[1] else (b, a)
    top = max(min(side[1] for side in a), min(side[1] for side in b))
    bottom = min(max(side[3] for side in a), max(side[3] for side in b))
    if bottom - top < RAISED * min(tall):
        return False
    return not any(
        mark[0] < word[2] - 1 and mark[2] > word[0] + 1 for mark in small for word in large
    )


def _usual_height(sides: list[list[float]]) -> float:
    return median([bottom - top for _, top, _, bottom in sides])


def _line(words: Words, row: list[int]) -> Line | None:
    strings, sides = words.texts, words.sides
    leaders = [i for i in row if LEADER.fullmatch(strings[i])]
    shown = [i for i in row if i not in leaders] if leaders else row
    if not shown:
        return None
    parts: list[list[int]] = [[shown[0]]]
    joints: list[int] = []
    reached = sides[shown[0]][2]
    stretched = _stretched(words, shown)
    for (before, word), is_alike in zip(pairwise(shown), stretched, strict=True):
        start, end = sides[before][0], sides[word][0]
        is_led = bool(leaders) and any(start < sides[i][0] < end for i in leaders)
        if is_led or _are_apart(words, before, word, end - reached):
            if is_alike and not is_led:
                joints.append(len(parts))
            parts.append([word])
        else:
            parts[-1].append(word)
        reached = max(reached, sides[word][2])
    texts = [text_of(words, part) for part in parts]
    if leaders:
        texts = _with_leaders(words, texts, leaders)
    top, bottom = _extent([sides[word] for word in shown])
    is_marked = bool(MARK.fullmatch(strings[shown[0]]))
    is_long = len(texts) - is_marked > 1 and len(shown) >= LONGEST_ROW
    is_stretched = is_long and all(stretched[is_marked:])
    return Line(tuple(texts), top, bottom, bool(leaders), is_marked, is_stretched, tuple(joints))


def _with_leaders(words: Words, texts: list[Text], leaders: list[int]) -> list[Text]:
    """The texts, each with the dots between it and the next."""
    sides = words.sides
    ends = [*[text.x0 for text in texts[1:]], float("inf")]
    dots = [
        tuple(i for i in leaders if text.x0 < sides[i][0] < end)
        for text, end in zip(texts, ends, strict=True)
    ]
    return [replace(text, words=(*text.words, *own)) for text, own in zip(texts, dots, strict=True)]


def _extent(sides: list[list[float]]) -> tuple[float, float]:
    """Top and bottom of a line, its small marks left out."""
    least = SMALL * max(bottom - top for _, top, _, bottom in sides)
    whole = [side for side in sides if side[3] - side[1] >= least]
    return min(side[1] for side in whole), max(side[3] for side in whole)


def _stretched(words: Words, row: list[int]) -> list[bool]:
    """Of each space of a line, whether it is one of a run of equal ones between words.

    Justified prose stretches all spaces of a line alike; those between columns vary.
    """
    stretched = [False] * (len(row) - 1)
    if len(stretched) < RUN:
        return stretched
    sides = [words.sides[word] for word in row]
    white = [after[0] - before[2] for before, after in pairwise(sides)]
    height = _usual_height(sides)
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


def _are_apart(words: Words, before: int, word: int, white: float) -> bool:
    """Whether the white before a word is more than a space, and than that of typewriters."""
    a0, atop, a1, abottom = words.sides[before]
    b0, btop, b1, bbottom = words.sides[word]
    height = min(abottom - atop, bbottom - btop)
    if white <= NUMBERS_APART * height:  # most are no wider than a space
        return False
    one, other = words.texts[before], words.texts[word]
    letter = max((a1 - a0) / len(one), (b1 - b0) / len(other))
    share = NUMBERS_APART if is_figure(one) and is_figure(other) else APART
    return white > max(share * height, SPACES * min(letter, height))


def text_of(words: Words, part: list[int]) -> Text:
    """The words of one text, left to right."""
    x0s, tops, x1s, bottoms = zip(*[words.sides[i] for i in part], strict=True)
    string = " ".join([words.texts[i] for i in part])
    bold = False not in [words.bold.item(i) for i in part]
    return Text(
        tuple(part), string, min(x0s), max(x1s), min(tops), max(bottoms), bold, kind_of(string)
    )


def is_figure(string: str) -> bool:
    return bool(FIGURE.fullmatch(string))


def kind_of(string: str) -> str:
    if NOTHING.fullmatch(string):
        return "nothing"
    return "figure" if is_figure(string) else "words"
