"""The equations around a cell: which rows they add, what they miss, whether they hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lkjip.review.sums import Check, checks, holds

Row = dict[str, Any]


def row(number: int, parent: int | None, anggaran: int | None, kind: str = "data") -> Row:
    return {
        "line_id": f"t-{number}", "parent_id": parent and f"t-{parent}", "kind": kind,
        "name": f"row {number}", "anggaran": anggaran, "realisasi": None, "capaian": None,
        "capaian_raw": None,
    }  # fmt: skip


def value(line: Row, column: str) -> Decimal | None:
    return None if line[column] is None else Decimal(line[column])


LINES = [
    row(1, None, 100), row(2, 1, 30), row(3, 1, None, "band"), row(4, 3, 50), row(5, 3, 20),
    row(6, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "found"),
    [
        pytest.param(1, [("below", 3, 100, 100, True)], id="a heading stands for its rows"),
        pytest.param(2, [("above", 3, 100, 100, True)], id="siblings behind a heading"),
        pytest.param(4, [("above", 3, 100, 100, True)], id="above the heading: bp3akb 2016, p. 65"),
        pytest.param(6, [], id="alone"),
    ],
)
def test_sums(number: int, found: list[tuple[object, ...]]) -> None:
    line = LINES[number - 1]
    made = checks(LINES, line, "anggaran", value)
    assert [(c.kind, c.rows, c.sum, c.printed, holds(c, line)) for c in made] == found


def test_a_missing_value_leaves_it_open() -> None:
    lines = [LINES[0], row(2, 1, None), row(3, 1, 40)]
    (check,) = checks(lines, lines[0], "anggaran", value)
    assert (check.missing, check.difference, holds(check, lines[0])) == (1, -60, None)


@pytest.mark.parametrize(
    ("printed", "raw", "fits"),
    [("98.65", "98,65", True), ("98.64", "98,64", True), ("98.66", "98,66", False),
     ("98.6", "98,6", True), ("99", "99 %", True), ("97", "97", False), ("98.47", "98.47", False)],
)  # fmt: skip
def test_a_percentage_holds_within_its_printed_places(printed: str, raw: str, fits: bool) -> None:
    """98,6489 may be printed rounded or cut off."""
    line = row(1, None, 1_000_000) | {"realisasi": 986_489, "capaian": printed, "capaian_raw": raw}
    (check,) = checks([line], line, "capaian", value)
    assert holds(check, line) is fits


def test_a_difference_needs_both_sides() -> None:
    assert Check("below", "x", 1, 0, Decimal(1), None).difference is None
