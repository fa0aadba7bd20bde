"""Which words of a page's text layer a reader sees, and sees once.

Programs lay recognised text unseen over the page, print a word twice for a false bold
or a shadow, and leave text beyond the edge of what is shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
    x, y = boxes[:, [0, 2]].mean(axis=1), boxes[:, [1, 3]].mean(axis=1)
    keep: NDArray[np.bool_] = (x >= 0) & (x <= size[0]) & (y >= 0) & (y <= size[1])
    unseen = {item for item in set(objects) - {0} if raw.render_mode(item) == UNSEEN}
    if unseen:
        shown = np.array([item not in unseen for item in objects])
        if shown.mean() >= SHOWN:
            keep &= shown
    picked = np.flatnonzero(keep)
    keep[picked[_repeats([texts[i] for i in picked], boxes[picked])]] = False
    return keep


def _repeats(texts: list[str], boxes: Boxes) -> list[int]:
    """Words that are printed again (nearly) where the same word stands already."""
    if len(boxes) < 2:
        return []
    height = max(float(np.median(boxes[:, 3] - boxes[:, 1])), 0.1)
    step = OFFSET * height
    again: set[int] = set()
    for shift in (0.0, 0.5):  # two of one place may fall into two bands, but not both times
        band = np.floor(boxes[:, 1] / (2 * step) + shift)
        order = np.lexsort((boxes[:, 0], band))
        one, other = order[:-1], order[1:]
        near = (band[one] == band[other]) & ((np.abs(boxes[one] - boxes[other]) < step).all(axis=1))
        for i, j in zip(one[near].tolist(), other[near].tolist(), strict=True):
            if texts[i] == texts[j]:
                again.add(max(i, j))
    return sorted(again)
