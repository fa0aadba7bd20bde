"""Roles that the rows' arithmetic settles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lkjip.normalize.content import Span
from lkjip.normalize.rows import Row
from lkjip.normalize.settled import Settled, settle_roles
from lkjip.records import Box, Column, Role, TextLine

A, R, C, S, X = Role.ANGGARAN, Role.REALISASI, Role.CAPAIAN, Role.SISA, Role.OTHER
BOX = Box(0, 0, 1, 1)
# anggaran, realisasi, capaian, sisa, another amount
ROWS = (
    ("1.000.000", "901.000", "90,10", "99.000", "800.000"),
    ("2.000.000", "1.500.000", "75,00", "500.000", "1.300.000"),
    ("3.000.000", "2.910.000", "97,00", "90.000", "2.000.000"),
    ("500.000", "400.100", "80,02", "99.900", "100.000"),
    ("700.000", "650.300", "92,90", "49.700", "600.000"),
    ("900.000", "123.300", "13,70", "776.700", "90.000"),
)


def _settled(roles: Sequence[tuple[Role, str, int]], rows: int = 6) -> Settled:
    """What is settled of columns (role as headed, period, which of the numbers it holds)."""
    spans = [
        Span(Column(i, (f"{role.value} {period} {i}",), role, period), i, i)
        for i, (role, period, _) in enumerate(roles)
    ]
    body = [
        Row(1, BOX, {i: (TextLine(row[n], BOX),) for i, (_, _, n) in enumerate(roles)})
        for row in ROWS[:rows]
    ]
    return settle_roles(spans, body, {})


@pytest.mark.parametrize(
    ("roles", "shown", "told", "seen"),
    [
        ([(A, "tahun", 0), (R, "tahun", 1), (C, "tahun", 2)], {A: 0, R: 1, C: 2}, False, "right"),
        ([(R, "tahun", 0), (A, "tahun", 1), (C, "tahun", 2)], {A: 0, R: 1, C: 2}, True, "swapped"),
        (
            [(R, "2019", 0), (R, "tahun", 1), (C, "tahun", 2)],
            {A: 0, R: 1, C: 2},
            True,
            "a title “Realisasi … 2019” over the anggaran column",
        ),
        (
            [(A, "tahun", 0), (X, "tahun", 1), (C, "tahun", 2)],
            {A: 0, R: 1, C: 2},
            True,
            "a realisasi whose heading is not known",
        ),
        (
            [(A, "tahun", 0), (R, "tahun", 4), (R, "tahun", 1), (C, "tahun", 2)],
            {A: 0, R: 2, C: 3},
            True,
            "the realisasi up to last month beside that of the year",
        ),
        (
            [(A, "tahun", 4), (A, "tahun", 0), (R, "tahun", 1), (X, "tahun", 2)],
            {A: 1, R: 2, C: 3},
            False,
            "a percentage whose heading is not known",
        ),
        (
            [(A, "tahun", 0), (X, "tahun", 1), (S, "tahun", 3)],
            {A: 0, R: 1},
            True,
            "what is left tells of the realisasi",
        ),
        (
            [(A, "tahun", 0), (R, "tahun", 4), (C, "tahun", 2)],
            {A: 0, R: 1},
            True,
            "a percentage of something else",
        ),
    ],
)
def test_what_the_rows_prove(
    roles: Sequence[tuple[Role, str, int]], shown: dict[Role, int], told: bool, seen: str
) -> None:
    settled = _settled(roles)
    assert {role: span.column.index for role, span in settled.mains.items()} == shown, seen
    assert bool(settled.issues) is told, seen
    for role, span in settled.mains.items():
        assert span.column.role is role
        assert span in settled.spans


def test_too_few_rows_prove_nothing() -> None:
    settled = _settled([(R, "tahun", 0), (A, "tahun", 1), (C, "tahun", 2)], rows=2)
    assert settled.mains[A].column.index == 1
    assert not settled.issues


def test_the_percentage_of_a_quarter_is_none_of_the_year() -> None:
    settled = _settled([(A, "tahun", 0), (R, "triwulan_2", 1), (C, "tahun", 2)])
    assert {role: span.column.index for role, span in settled.mains.items()} == {A: 0}
    assert settled.spans[2].column.period == "triwulan_2"


def test_the_percentage_of_another_year_is_none_of_this() -> None:
    before = [(A, "2018", 0), (R, "2018", 1), (A, "2019", 4), (R, "2019", 3), (C, "tahun", 2)]
    settled = _settled(before)
    assert {role: span.column.index for role, span in settled.mains.items()} == {A: 2, R: 3}
    assert settled.spans[4].column.period == "2018"
