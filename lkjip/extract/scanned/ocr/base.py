"""What an OCR engine is to the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine sees in one crop that holds one line of print.

    `number` is the same ink read with nothing but the characters of an amount
    allowed. `confidence` is that of the least sure character, `digits_confidence` that
    of the least sure digit of `text`. `places` are the middles of the characters of
    `number`, as shares of the crop's width.
    """

    text: str
    confidence: float
    number: str = ""
    number_confidence: float = 0.0
    places: tuple[float, ...] = ()
    digits_confidence: float = 0.0


UNREAD = Reading("", 0.0)


class Engine(Protocol):
    """Reads crops of single lines, dark print on light paper."""

    name: str
    reads_digits: bool  # whether an amount may rest on it

    def describe(self) -> str:
        """Version and model, for `lkjip doctor`."""
        ...

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        """One reading for each crop, in order."""
        ...
