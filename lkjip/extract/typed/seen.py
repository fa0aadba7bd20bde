"""Which words of a page's text layer a reader sees, and sees once.

Programs lay recognised text unseen over the page, print a word twice for a false bold
or a shadow, and leave text beyond the edge of what is shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.tables.grid import median
from lkjip.extract.typed import raw
from lkjip.extract.typed.geometry import Boxes

UNSEEN = 3  # text render mode (PDF 32000-1, 9.3.6)
SHOWN = 0.3  # share of a page's words in view from which unseen ones are an extra layer
OFFSET = 0.25  # line heights between a word and its second print


def seen_words(
    texts: list[str], boxes: Boxes, objects: list[int], size: tuple[float, float]
) -> NDArray[np.bool_]:
    """Which of the words stand on the page (of `size`), in view, for the first time.

    `objects` are the addresses of the text objects that show them.
    """
    x0, y0, x1, y1 = boxes.T
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    keep: NDArray[np.bool_] = (x >= 0) & (x <= size[0]) & (y >= 0) & (y <= size[1])
    unseen = {item for item in set(objects) - {0} if raw.render_mode(item) == UNSEEN}
    if unseen:
        shown = np.array([item not in unseen for item in objects])
        if shown.mean() >= SHOWN:
            keep &= shown
    keep[_repeats(texts, boxes, np.flatnonzero(keep))] = False
    return keep


def _repeats(texts: list[str], boxes: Boxes, picked: NDArray[np.intp]) -> list[int]:
    """Which of the picked words are printed (nearly) where the same word stands already."""
    if len(picked) < 2:
        return []
    boxes = boxes[picked]
    x0, y0 = boxes[:, 0].astype(np.float64), boxes[:, 1]
    step = OFFSET * max(float(median(boxes[:, 3] - y0)), 0.1)
    apart = 2 * float(np.abs(x0).max()) + 1  # sets the bands apart in one order
    again: set[int] = set()
    for shift in (0.0, 0.5):  # two of one place may fall into two bands, but not both times
        band = np.floor(y0 / (2 * step) + shift)
        order = (band * apart + x0).argsort(kind="stable")
        one, other = order[:-1], order[1:]
        close = np.flatnonzero((x0[other] - x0[one] < step) & (band[one] == band[other]))
        one, other = one[close], other[close]
        near = (np.abs(boxes[one] - boxes[other]) < step).all(axis=1)
        for i, j in zip(picked[one[near]].tolist(), picked[other[near]].tolist(), strict=True):
            if texts[i] == texts[j]:
                again.add(max(i, j))
    return sorted(again)
