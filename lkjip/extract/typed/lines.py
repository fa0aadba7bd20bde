"""Words to printed lines of text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lkjip.extract.typed.geometry import Boxes
from lkjip.records import Box, TextLine


class Print(NamedTuple):
    """The words of a page as plain lists, which are faster to walk than arrays."""

    boxes: list[Box]
    middles: list[float]  # twice the height of each word's middle
    texts: list[str]
    bold: list[bool]

    @classmethod
    def of(cls, texts: list[str], sides: Boxes, bold: NDArray[np.bool_]) -> Print:
        boxes = [Box(*box) for box in sides.tolist()]
        return cls(boxes, [box[1] + box[3] for box in boxes], texts, bold.tolist())

    def lines(self, picked: list[int]) -> tuple[TextLine, ...]:
        """The picked words as lines of text, top to bottom, each left to right.

        A word belongs to the line above when their middles are less than half a
        line height apart.
        """
        if not picked:
            return ()
        if len(picked) == 1:
            return (self._word(picked[0]),)
        lines: list[list[int]] = []
        middle, height, middles, boxes = -1e9, 0.0, self.middles, self.boxes
        for i in sorted(picked, key=middles.__getitem__):
            _, y0, _, y1 = boxes[i]
            tall = y1 - y0
            if middles[i] - middle < (tall if 0 < tall < height else height):
                lines[-1].append(i)
            else:
                lines.append([i])
                middle, height = middles[i], tall
        return tuple([self._line(line) if len(line) > 1 else self._word(line[0]) for line in lines])

    def _word(self, i: int) -> TextLine:
        return TextLine(self.texts[i], self.boxes[i], self.bold[i])

    def _line(self, line: list[int]) -> TextLine:
        line.sort(key=self.boxes.__getitem__)  # by the left side first
        x0s, y0s, x1s, y1s = zip(*[self.boxes[i] for i in line], strict=True)
        box = Box(x0s[0], min(y0s), max(x1s), max(y1s))
        bold = False not in [self.bold[i] for i in line]
        return TextLine(" ".join([self.texts[i] for i in line]), box, bold)
