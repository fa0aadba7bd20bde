"""Words that are set side by side → the text of their line."""

from __future__ import annotations

import numpy as np
import pytest

from lkjip.extract.typed.lines import lines_of

SPACE, NONE = 2.5, 0.4  # points between words set in 9 points


@pytest.mark.parametrize(
    ("words", "gaps", "text"),
    [
        (["RKA", "-SKPD"], [NONE], "RKA-SKPD"),  # triwulan 2023, kewilayahan p4: other runs of text
        (["RKA", "-", "SKPD"], [NONE, SPACE], "RKA- SKPD"),
        (["Perundang-", "undangan"], [NONE], "Perundang-undangan"),
        (["Perundang", "-", "undangan"], [NONE, NONE], "Perundang-undangan"),
        (["Jalan", "-", "Jembatan"], [SPACE, SPACE], "Jalan - Jembatan"),
        (["1.000.000", "-"], [NONE], "1.000.000 -"),  # else a minus
        (["Program", "Jalan"], [NONE], "Program Jalan"),
    ],
)
def test_a_hyphen_set_close_parts_no_word(words: list[str], gaps: list[float], text: str) -> None:
    left, boxes = 50.0, []
    for word, gap in zip(words, [*gaps, 0.0], strict=True):
        boxes.append((left, 100.0, left + 4.5 * len(word), 109.0))
        left = boxes[-1][2] + gap
    count = len(words)
    ((_, lines),) = lines_of(
        words,
        np.array(boxes, dtype=np.float32),
        np.zeros(count, dtype=np.bool_),
        np.arange(count),
        np.zeros(count, dtype=np.intp),
    )
    assert [line.text for line in lines] == [text]
