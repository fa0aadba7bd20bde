"""Records made in bulk are those made one by one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from itertools import repeat

import pytest

from lkjip.records import Box, Cell, TextLine, boxes_of, in_bulk, replace_in_bulk

SIDES = [(1.0, 2.0, 3.0, 4.0), (5.0, 6.0, 7.5, 8.0)]
LINES = [TextLine("Belanja", Box(*SIDES[0]), True), TextLine("1.000", Box(*SIDES[1]))]


def test_bulk_is_one_by_one() -> None:
    boxes = boxes_of(SIDES)
    assert boxes == [Box(*sides) for sides in SIDES]
    assert [type(box) for box in boxes] == [Box, Box]
    cells = in_bulk(Cell, 2, [0, 1], [2, 3], boxes, [(line,) for line in LINES], *repeat([1, 2], 3))
    assert cells == [
        Cell(0, 2, boxes[0], (LINES[0],), 1, 1, 1), Cell(1, 3, boxes[1], (LINES[1],), 2, 2, 2)
    ]  # fmt: skip
    assert hash(cells[0]) == hash(replace(cells[0]))
    with pytest.raises(FrozenInstanceError):
        cells[0].row = 5  # type: ignore[misc]


def test_every_field_has_a_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        in_bulk(TextLine, 1, ["Belanja"], boxes_of(SIDES[:1]))


def test_other_fields_stay() -> None:
    boxes = boxes_of(reversed(SIDES))
    made = replace_in_bulk(LINES, box=boxes)
    assert made == [replace(line, box=box) for line, box in zip(LINES, boxes, strict=True)]
    assert replace_in_bulk([], box=[]) == []
