"""Where in a fresh reading a correction belongs.

A correction finds its cell by its exact anchor (document, page, box, column, raw
text), else by the same raw text in an overlapping box of a row of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lkjip.records import Amount, Box, ReadTable, Slot
from lkjip.review.corrections import Correction

SAME_PLACE = 0.05  # points; boxes go through float32 on their way to the output and back
OVERLAP = 0.5  # of the smaller box, for a cell that a later version of the program draws anew

ACCOUNT = "account"  # the column of a line's entry in the chart of accounts
IDENTITY = ("year", "agency", "region")  # columns of an issue about the document itself
MAIN = ("anggaran", "realisasi", "capaian")  # the output's own columns of amounts


class Target(NamedTuple):
    """Something a correction can speak of: an amount of a row, or (column None) the row."""

    table: int
    line: int  # its place among the table's lines
    row: int
    column: str | None
    page: int
    box: Box
    raw: str
    name: str
    main: str | None = None  # the output's own column that shows it


def find(among: Iterable[Target], doc_id: str, correction: Correction) -> Target | None:
    """The one thing that the correction speaks of; None when nothing or more than one fits."""
    near = [t for t in among if _speaks_of(t, correction)]
    if correction.doc_id == doc_id:
        exact = [t for t in near if t.column == correction.column and _same(t.box, correction.box)]
        for narrower in (exact, [t for t in exact if _named(t, correction)]):
            if len(narrower) == 1:
                return narrower[0]
        rows = [t for t in exact if t.row == correction.row]
        if len(rows) == 1:
            return rows[0]
    loose = [t for t in near if t.raw and _named(t, correction)]
    loose = [t for t in loose if t.column == correction.column] or loose
    return loose[0] if len(loose) == 1 else None


def _speaks_of(target: Target, c: Correction) -> bool:
    """Same page, text and sort of thing, in an overlapping box."""
    return (
        target.page == c.page
        and _plain(target.raw) == _plain(c.raw)
        and (target.column is None) == (c.column is None)
        and c.box is not None
        and _overlap(target.box, c.box) >= OVERLAP
    )


def _named(target: Target, correction: Correction) -> bool:
    return _plain(target.name) == _plain(correction.name)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same(a: Box, b: Box | None) -> bool:
    return b is not None and all(abs(p - q) <= SAME_PLACE for p, q in zip(a, b, strict=True))


def _overlap(a: Box, b: Box) -> float:
    """The shared area as a share of the smaller box."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    smaller = min((box.x1 - box.x0) * (box.y1 - box.y0) for box in (a, b))
    if width <= 0 or height <= 0 or smaller <= 0:
        return 1.0 if a == b else 0.0
    return width * height / smaller


def column_of(slot: Slot) -> str:
    """The name of an amount's column: its measure, and its period unless that is the year."""
    return slot.measure if slot.period == "tahun" else f"{slot.measure} {slot.period}"


def slot_of(column: str) -> Slot:
    measure, _, period = column.partition(" ")
    return Slot(measure, period or "tahun")


def targets(table: ReadTable) -> Iterator[Target]:
    """Every row of the table, every amount in it, and the amounts that a row could have."""
    for index, line in enumerate(table.lines):
        row = Target(
            table.number, index, line.row, None, line.page, line.box, line.name_raw, line.name_raw
        )
        yield row
        yield row._replace(column=ACCOUNT)
        main = {getattr(line, name): name for name in MAIN if getattr(line, name)}
        for slot, amount in line.amounts.items():
            yield _cell(row, slot, amount)._replace(main=main.get(slot))
        for name in MAIN:
            if all(slot.measure != name for slot in line.amounts):
                yield row._replace(column=name, raw="", main=name)


def _cell(row: Target, slot: Slot, amount: Amount) -> Target:
    return row._replace(
        column=column_of(slot),
        page=amount.page or row.page,
        box=amount.box or row.box,
        raw=amount.raw,
    )
