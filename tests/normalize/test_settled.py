"""Roles that the percentages contradict."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.normalize.settled import settle_roles
from lkjip.records import Amount, Line, LineKind, Slot

A, R, C = Slot("anggaran"), Slot("realisasi"), Slot("capaian")
YEAR = Slot("realisasi", "2019")
ROWS = ((1000, 901, "90.1"), (2000, 1500, "75"), (3000, 2910, "97"), (500, 400, "80"))


def _lines(first: Slot, second: Slot, shown: tuple[Slot | None, Slot | None]) -> tuple[Line, ...]:
    return tuple(
        Line(
            row=row,
            page=1,
            kind=LineKind.DATA,
            name_raw="x",
            name="x",
            amounts={
                first: Amount(str(a), Decimal(a)),
                second: Amount(str(r), Decimal(r)),
                C: Amount(c, Decimal(c)),
            },
            anggaran=shown[0],
            realisasi=shown[1],
            capaian=C,
        )
        for row, (a, r, c) in enumerate(ROWS, start=1)
    )


@pytest.mark.parametrize(
    ("first", "second", "shown", "moved"),
    [
        (A, R, (A, R), False),  # headers right
        (R, A, (A, R), True),  # headers the wrong way round
        (YEAR, R, (None, YEAR), True),  # a title "Realisasi ... 2019" over the anggaran column
        (Slot("anggaran", "murni"), R, (A, R), False),  # another period, read as what it is
    ],
)
def test_percentages_settle_what_is_anggaran_and_what_realisasi(
    first: Slot, second: Slot, shown: tuple[Slot | None, Slot | None], moved: bool
) -> None:
    lines, issues = settle_roles(_lines(first, second, shown))
    assert bool(issues) is moved
    if moved:
        assert [(line.value(line.anggaran), line.value(line.realisasi)) for line in lines] == [
            (Decimal(a), Decimal(r)) for a, r, _ in ROWS
        ]


def test_too_few_rows_prove_nothing() -> None:
    lines = _lines(R, A, (A, R))[:3]
    assert settle_roles(lines) == (lines, ())
