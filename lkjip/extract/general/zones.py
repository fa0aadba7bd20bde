"""The columns that a page's prose runs in: each is read by itself, so that prose is no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.general.rules import Rule, rules_of
from lkjip.extract.general.texts import Line, Text, as_prose, lines_of
from lkjip.extract.typed.paths import Paths
from lkjip.extract.typed.words import Words

WORDS = 4  # words of a line of prose
FILLED = 0.55  # share of its column that a line of prose fills
INNER = 0.25  # share of the lines of prose that begin inside a sentence, in small letters
ENOUGH = 4  # lines of prose that make a column of a page
NARROWEST = 0.22  # share of the page's text that a column takes
GUTTER = 6.0  # points between two columns of prose
SAME = 3.0  # points between the starts of rules of one table
CAPTION = re.compile(
    r"(tab(el|elle|le|leau|la|ela|ell)?|figure?|chart|abbildung|graph\w*|box|exhibit)"
    r"\s*\.?\s*[A-Z]?[\dIVX]+",
    re.I,
)
TOGETHER = 0.75  # share of the paragraphs that start level beside each other: rows of a table


def zones_of(words: Words, picked: NDArray[np.intp], paths: Paths) -> list[list[Line]]:
    """The lines of the picked words by the column of the page that they stand in."""
    whole = lines_of(words, picked)
    if len(whole) < 2 * ENOUGH:
        return [whole]
    lines = [as_prose(line) for line in whole]
    rules = rules_of(paths)
    texts = [text for line in lines for text in line.texts]
    left, right = min(t.x0 for t in texts), max(t.x1 for t in texts)
    for gutter in _gutters(texts, left, right):
        for top, bottom in _open_stretches(texts, gutter):
            inside = [t for t in texts if t.top >= top and t.bottom <= bottom]
            if _are_columns(inside, gutter, rules):
                return _split(words, picked, (gutter, top, bottom), paths)
    for gutter in _beside(lines, rules):
        for top, bottom in _open_stretches(texts, gutter):
            if _are_beside(lines, rules, (gutter, top, bottom)):
                return _split(words, picked, (gutter, top, bottom), paths)
    return [whole]


def _split(
    words: Words, picked: NDArray[np.intp], cut: tuple[float, float, float], paths: Paths
) -> list[list[Line]]:
    """What is above, left, right and below; each may have columns of its own."""
    gutter, top, bottom = cut
    x, y = words.boxes[picked][:, [0, 2]].mean(axis=1), words.boxes[picked][:, [1, 3]].mean(axis=1)
    between = (y > top) & (y < bottom)
    parts = (y <= top, between & (x < gutter), between & (x >= gutter), y >= bottom)
    zones: list[list[Line]] = []
    for part in parts:
        if part.any():
            zones += zones_of(words, picked[part], paths)
    return zones


def _gutters(texts: Sequence[Text], left: float, right: float) -> list[float]:
    """Where a gutter may run, the one that most prose ends or begins at first."""
    width = right - left
    prose = [t for t in texts if _is_prose(t) and t.width < 0.75 * width]
    starts = np.array([t.x0 for t in prose])
    found: dict[float, int] = {}
    for x in np.unique(np.round(starts)).tolist():
        if left + NARROWEST * width < x < right - NARROWEST * width:
            count = int((np.abs(starts - x) < 2).sum())
            if count >= ENOUGH:
                found[x] = count
    best = sorted(found, key=lambda x: -found[x])
    kept: list[float] = []
    for x in best:
        if all(abs(x - other) > 10 for other in kept):
            kept.append(x)
    return [x - GUTTER / 2 for x in kept[:4]]


def _is_prose(text: Text) -> bool:
    parts = text.string.split()
    return len(parts) >= WORDS and sum(p[:1].isalpha() for p in parts) >= 0.6 * len(parts)


def _open_stretches(texts: Sequence[Text], gutter: float) -> list[tuple[float, float]]:
    """(top, bottom) between the texts that run over the gutter."""
    over = sorted(
        (t.top, t.bottom) for t in texts if t.x0 < gutter - 1 and t.x1 > gutter - GUTTER / 2 + 1
    )
    ends = [(-1.0, 0.0), *over, (1e6, 1e6)]
    reached, stretches = 0.0, []
    for (_, before), (start, _) in pairwise(ends):
        reached = max(reached, before)
        if start - reached > 30:
            stretches.append((reached - 0.5, start + 0.5))
    return stretches


def _are_columns(texts: Sequence[Text], gutter: float, rules: Sequence[Rule]) -> bool:
    """Whether prose runs at both sides, or beside something else that is as wide."""
    sides = ([t for t in texts if t.x1 <= gutter + 1], [t for t in texts if t.x0 >= gutter - 1])
    if not all(sides):
        return False
    prose = [_prose_of(side) for side in sides]
    if max(map(len, prose)) < 2 * ENOUGH and min(map(len, prose)) < ENOUGH:
        return False
    widths = [max(t.x1 for t in side) - min(t.x0 for t in side) for side in sides]
    if min(map(len, prose)) < ENOUGH and min(widths) < 0.7 * max(widths):
        return False
    top, bottom = min(t.top for t in texts), max(t.bottom for t in texts)
    crossing = [r for r in rules if r.x0 < gutter - 5 and r.x1 > gutter + 5 and top < r.y < bottom]
    return not crossing and not _start_together(sides)


def _prose_of(side: Sequence[Text]) -> list[Text]:
    """The lines that fill a column; none where they do not go on from one to the next."""
    width = max(t.x1 for t in side) - min(t.x0 for t in side)
    prose = [t for t in side if _is_prose(t) and t.width > FILLED * width]
    inner = sum(t.string[:1].islower() for t in prose)
    return prose if inner > INNER * len(prose) else []


def _start_together(sides: tuple[list[Text], list[Text]]) -> bool:
    """Whether the paragraphs of both sides start at the same heights, as rows of a table do."""
    tops = [_starts(side) for side in sides]
    fewer, more = sorted(tops, key=len)
    if len(fewer) < 3:
        return False
    level = sum(any(abs(top - other) < 2.5 for other in more) for top in fewer)
    return level >= TOGETHER * len(fewer) and len(fewer) >= 0.5 * len(more)


def _starts(side: Sequence[Text]) -> list[float]:
    """Tops of the paragraphs of a column, by the white above them."""
    ordered = sorted(side, key=lambda t: t.top)
    steps = [b.top - a.top for a, b in pairwise(ordered) if b.top - a.top > 2]
    usual = float(np.percentile(steps, 25)) if steps else 0.0
    tops = [ordered[0].top]
    for a, b in pairwise(ordered):
        if b.top - a.top > 1.25 * usual:
            tops.append(b.top)
    return tops


def _beside(lines: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Where one table may stand beside another: before a second caption, or set of rules."""
    found = [
        b.x0 - GUTTER / 2
        for line in lines
        for b in line.texts[1:]
        if CAPTION.match(b.string) and CAPTION.match(line.texts[0].string)
    ]
    for x in sorted({round(r.x0) for r in rules}):
        if len({r.y for r in rules if abs(r.x0 - x) < SAME}) > 1:
            found.append(x - GUTTER / 2)
    return found


def _are_beside(
    lines: Sequence[Line], rules: Sequence[Rule], cut: tuple[float, float, float]
) -> bool:
    """Whether captions or rules at both sides of a gutter, and none across, show two tables."""
    gutter, top, bottom = cut
    inside = [r for r in rules if top < r.y < bottom]
    if any(r.x0 < gutter - 1 and r.x1 > gutter + 1 for r in inside):
        return False
    captions = [
        line
        for line in lines
        if top < line.middle < bottom and sum(bool(CAPTION.match(t.string)) for t in line.texts) > 1
    ]
    texts = [t for line in lines if top < line.middle < bottom for t in line.texts]
    if all(t.x0 > gutter for t in texts) or all(t.x1 < gutter for t in texts):
        return False
    sides = [[r for r in inside if r.x1 <= gutter + 1], [r for r in inside if r.x0 >= gutter - 1]]
    heights = [{r.y for r in side if r.width > 60} for side in sides]
    tall = [max(ys) - min(ys) if len(ys) > 1 else 0.0 for ys in heights]
    return bool(captions) or min(tall) > 30


def is_prose_line(line: Line, width: float) -> bool:
    """Whether a line is one sentence across much of its column."""
    if line.is_stretched:
        return line.x1 - line.x0 > 0.5 * width
    if len(line.texts) != 1:
        return False
    text = line.texts[0]
    count = len(text.string.split())
    return _is_prose(text) and ((count >= 6 and text.width > 0.5 * width) or count >= 11)
