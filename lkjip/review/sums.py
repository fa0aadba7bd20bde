"""What a value would do: the sums and the percentage that it takes part in, with it in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lkjip.records import LineKind

Row = dict[str, Any]
Value = Callable[[Row, str], Decimal | None]  # of a line's column, corrections included

MONEY = ("anggaran", "realisasi")
_DECIMALS = re.compile(r"[.,](\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Check:
    """One equation: `sum` should be `printed`. `holds` is None while something is missing.

    `kind` is `above` (the row and its siblings against their parent, named `name`),
    `below` (the rows under it against it) or `percent` (realisasi over anggaran).
    `rows` are added, of which `missing` have no value.
    """

    kind: str
    name: str
    rows: int
    missing: int
    sum: Decimal | None
    printed: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.sum is None or self.printed is None else self.sum - self.printed


def checks(lines: Sequence[Row], line: Row, column: str, value: Value) -> list[Check]:
    """Every equation of the table (its `lines`) that the column of the line takes part in."""
    found = []
    if column in MONEY:
        below, above = _parts(lines, line), _whole(lines, line)
        if below:
            found.append(_sum("below", below, line, column, value))
        if above is not None:
            found.append(_sum("above", _parts(lines, above), above, column, value))
    if column in (*MONEY, "capaian"):
        percent = _percent(line, value)
        found += [percent] if percent else []
    return found


def holds(check: Check, line: Row) -> bool | None:
    """Whether the equation holds: to the rupiah, or within the printed places of a percentage."""
    if check.difference is None or check.missing:
        return None
    if check.kind != "percent":
        return check.difference == 0
    places = _DECIMALS.search(line["capaian_raw"] or "")
    return abs(check.difference) < Decimal(1).scaleb(-len(places[1]) if places else 0)


def _parts(lines: Sequence[Row], whole: Row) -> list[Row]:
    """The rows that a row is the sum of; a heading without amounts stands for those below it."""
    rows = [row for row in lines if row["parent_id"] == whole["line_id"]]
    return [part for row in rows for part in (_parts(lines, row) if _is_heading(row) else [row])]


def _whole(lines: Sequence[Row], part: Row) -> Row | None:
    """The row that a row is summed in: the nearest above it that is no mere heading."""
    above = next((row for row in lines if row["line_id"] == part["parent_id"]), None)
    return _whole(lines, above) if above is not None and _is_heading(above) else above


def _is_heading(row: Row) -> bool:
    return bool(row["kind"] == LineKind.BAND)


def _sum(kind: str, rows: Sequence[Row], parent: Row, column: str, value: Value) -> Check:
    values = [value(row, column) for row in rows]
    known = [v for v in values if v is not None]
    missing = len(values) - len(known)
    return Check(
        kind, parent["name"] or "", len(rows), missing, sum(known, Decimal(0)),
        value(parent, column),
    )  # fmt: skip


def _percent(line: Row, value: Value) -> Check | None:
    anggaran, realisasi, capaian = (value(line, name) for name in (*MONEY, "capaian"))
    if not line["capaian_raw"]:
        return None
    computed = None
    if anggaran and realisasi is not None:
        computed = (realisasi / anggaran * 100).quantize(Decimal("0.0001"))
    return Check("percent", line["name"] or "", 1, 0, computed, capaian)
