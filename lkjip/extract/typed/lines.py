"""Words to printed lines of text."""

from __future__ import annotations

import re
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.typed.geometry import Boxes
from lkjip.records import TextLine, boxes_of, in_bulk

NO_SPACE = 0.12  # of the line height; a space of any font is twice as wide
HYPHEN = re.compile(r".?[^\W\d_]\|-[^\W\d_]?|[^\W\d_]-\|[^\W\d_].?")  # "RKA|-SKPD", "RKA-|SKPD"


def lines_of(
    texts: list[str],
    boxes: Boxes,
    bold: NDArray[np.bool_],
    picked: NDArray[np.intp],
    groups: NDArray[np.intp],
) -> list[tuple[int, tuple[TextLine, ...]]]:
    """The picked words as lines of text, top to bottom, each left to right.

    `groups` names the group (a cell) of each picked word; each group that has words
    comes with its lines. A word belongs to the line above when their middles are less
    than half a line height apart.
    """
    if not len(picked):
        return []
    sides = boxes[picked].astype(np.float64)
    order = np.lexsort((sides[:, 1] + sides[:, 3], groups))
    picked, groups, sides = picked[order], groups[order], sides[order]
    lines = _lines(groups, sides)
    order = np.lexsort((*sides.T[::-1], lines))  # by the left side first
    picked, sides = picked[order], sides[order]
    firsts = _firsts(lines)
    low = np.minimum.reduceat(sides[:, :2], firsts)
    high = np.maximum.reduceat(sides[:, 2:], firsts)
    words = [texts[i] for i in picked.tolist()]
    ends = [*firsts.tolist(), len(words)]
    _mend(words, lines, sides)
    found = in_bulk(
        TextLine,
        len(firsts),
        [" ".join(filter(None, words[start:end])) for start, end in pairwise(ends)],
        boxes_of(np.concatenate([low, high], axis=1).tolist()),
        np.logical_and.reduceat(bold[picked], firsts).tolist(),
        repeat(1.0),
        repeat(()),
    )
    owners = groups[firsts]
    starts = _firsts(owners)
    return [
        (owner, tuple(found[start:end]))
        for owner, (start, end) in zip(
            owners[starts].tolist(), pairwise([*starts.tolist(), len(found)]), strict=True
        )
    ]


def _mend(words: list[str], lines: NDArray[np.intp], sides: NDArray[np.float64]) -> None:
    """Join words to the next one ("RKA" and "-SKPD") where no space parts them; none is left."""
    gaps, heights = sides[1:, 0] - sides[:-1, 2], sides[1:, 3] - sides[1:, 1]
    near = np.flatnonzero((np.diff(lines) == 0) & (gaps < NO_SPACE * heights))
    for i in near.tolist():
        if HYPHEN.fullmatch(f"{words[i][-2:]}|{words[i + 1][:2]}"):
            words[i], words[i + 1] = "", words[i] + words[i + 1]


def _firsts(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each run of one number begins."""
    return np.concatenate([[0], np.flatnonzero(numbers[1:] != numbers[:-1]) + 1])


def _lines(groups: NDArray[np.intp], sides: NDArray[np.float64]) -> NDArray[np.intp]:
    """The number of the line of each word; words come by group, and top to bottom in each."""
    middles, heights = sides[:, 1] + sides[:, 3], sides[:, 3] - sides[:, 1]
    numbers = []
    number, at, own, height = -1, 0.0, -1, 0.0
    for group, middle, tall in zip(
        groups.tolist(), middles.tolist(), heights.tolist(), strict=True
    ):
        if group != own or middle - at >= (tall if 0 < tall < height else height):
            number, at, own, height = number + 1, middle, group, tall
        numbers.append(number)
    return np.array(numbers, dtype=np.intp)
