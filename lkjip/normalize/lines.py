"""Rows → budget lines with their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from lkjip.normalize.columns import Span
from lkjip.normalize.numbers import Style, column_style, parse_money, parse_percent
from lkjip.normalize.rows import Row, number_text, split_item
from lkjip.records import Amount, Box, Line, LineKind, Role, Slot, TextLine

MONEY = frozenset({Role.ANGGARAN, Role.REALISASI, Role.SISA})
PERCENT = frozenset({Role.CAPAIAN, Role.FISIK})
TOTAL = re.compile(r"(sub\s*|grand\s*)?(jumlah|total|jml)\b", re.I)
BULLET = re.compile(r"^[•\s]+")


def read_lines(
    rows: Sequence[Row], spans: Sequence[Span], mains: dict[Role, Span], unit: int
) -> tuple[Line, ...]:
    """One line a row. `mains` names the columns that the contract's columns show."""
    styles = {
        span.column.index: column_style(number_text(row.cells.get(span.column.index, ())) for row in rows)
        for span in spans
        if span.column.role in MONEY
    }
    slots = slots_of(spans, mains)
    return tuple(
        _line(number, row, spans, slots, mains, styles, unit) for number, row in enumerate(rows, start=1)
    )


def slots_of(spans: Sequence[Span], mains: dict[Role, Span]) -> dict[int, Slot]:
    """The slot of each numeric column; a second column of the same slot has none."""
    slots: dict[int, Slot] = {}
    for span in sorted(spans, key=lambda s: s not in mains.values()):
        column = span.column
        slot = Slot(column.role.value, column.period)
        if column.role in MONEY | PERCENT and slot not in slots.values():
            slots[column.index] = slot
    return slots


def _line(
    number: int,
    row: Row,
    spans: Sequence[Span],
    slots: dict[int, Slot],
    mains: dict[Role, Span],
    styles: dict[int, Style],
    unit: int,
) -> Line:
    amounts: dict[Slot, Amount] = {}
    for span in spans:
        index = span.column.index
        if index in slots and row.cells.get(index):
            amounts[slots[index]] = _amount(row.cells[index], row.page, styles.get(index), unit)
    name_raw = _joined(row, spans, Role.NAME, " ")
    no = _joined(row, spans, Role.NO, " ") or None
    name = BULLET.sub("", name_raw)
    if row.is_merged and no is None and any(s.column.role is Role.NO for s in spans):
        no, name = split_item(name)
    is_data = any(amount.value is not None or amount.candidates for amount in amounts.values())
    kind = LineKind.DATA if is_data else LineKind.BAND
    if TOTAL.match(name):
        kind = LineKind.TOTAL
    name_lines = [line for s in spans if s.column.role is Role.NAME for line in row.cells.get(s.column.index, ())]
    left = min((s_left for s_left in (_left(row, s) for s in spans if s.column.role is Role.NAME) if s_left), default=0.0)
    return Line(
        row=number,
        page=row.page,
        kind=kind,
        name_raw=name_raw,
        name=name,
        no=no,
        code=_joined(row, spans, Role.CODE, ".") or None,
        amounts=amounts,
        anggaran=_slot(mains, slots, Role.ANGGARAN),
        realisasi=_slot(mains, slots, Role.REALISASI),
        capaian=_slot(mains, slots, Role.CAPAIAN),
        other=_other(row, spans, slots),
        box=row.box,
        bold=bool(name_lines) and all(line.bold for line in name_lines),
        indent=left,
    )


def _amount(lines: tuple[TextLine, ...], page: int, style: Style | None, unit: int) -> Amount:
    raw = number_text(lines)
    sides = list(zip(*(line.box for line in lines), strict=True))
    box = Box(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
    if style is None:
        return parse_percent(raw, box=box, page=page)
    return parse_money(raw, style, unit, box=box, page=page)


def _joined(row: Row, spans: Iterable[Span], role: Role, glue: str) -> str:
    texts = [row.text(span.column.index) for span in spans if span.column.role is role]
    return glue.join(text for text in texts if text)


def _left(row: Row, span: Span) -> float:
    lines = row.cells.get(span.column.index, ())
    return min((line.box.x0 for line in lines), default=0.0)


def _slot(mains: dict[Role, Span], slots: dict[int, Slot], role: Role) -> Slot | None:
    span = mains.get(role)
    return None if span is None else slots.get(span.column.index)


def _other(row: Row, spans: Iterable[Span], slots: dict[int, Slot]) -> dict[str, str]:
    """Every column that has no place of its own in the contract, by its header path."""
    known = {Role.NO, Role.CODE, Role.NAME}
    result: dict[str, str] = {}
    for span in spans:
        column = span.column
        if column.role in known or (column.index in slots and column.role in (Role.ANGGARAN, Role.REALISASI, Role.CAPAIAN)):
            continue
        key = " > ".join(column.header) or f"kolom {column.index + 1}"
        result[key] = row.text(column.index)
    return result


def value_of(line: Line, slot: Slot | None) -> Decimal | None:
    return line.value(slot)
