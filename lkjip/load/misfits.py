"""Numbers that their column cannot hold: null in the output, and an issue that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.load import values


class Place(NamedTuple):
    page: int | None
    table: int | None
    row: int | None
    column: str


@dataclass(slots=True)
class Misfits:
    """Fits numbers into columns and keeps one issue for each place where that fails."""

    found: dict[Place, Issue] = field(default_factory=dict)

    def fit(self, value: Decimal | None, kind: pa.Decimal128Type, place: Place) -> Decimal | None:
        fitted = values.decimal(value, kind)
        if value is not None and fitted is None:
            self.found.setdefault(place, _issue(value, place))
        return fitted


def _issue(value: Decimal, place: Place) -> Issue:
    return Issue(
        IssueCode.NUMBER_MALFORMED,
        Severity.ERROR,
        f"{values.plain(value)[:40]} is too large to be {place.column}; left empty",
        page=place.page,
        table=place.table,
        row=place.row,
        column=place.column,
        candidates=(values.plain(value),),
    )
