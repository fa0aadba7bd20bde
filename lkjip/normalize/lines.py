"""Rows → budget lines with their amounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from lkjip.normalize.content import Span
from lkjip.normalize.mains import parts_of
from lkjip.normalize.numbers import column_style, decimal_mark, parse_money, parse_percent
from lkjip.normalize.rows import LABELS, TOTAL, TOTAL_OF_MONEY, Row, number_text, split_item
from lkjip.normalize.trust import is_typed, trust
from lkjip.normalize.units import prints_rupiah
from lkjip.records import Amount, Box, Line, LineKind, Role, Slot, TextLine

MONEY = frozenset({Role.ANGGARAN, Role.REALISASI, Role.SISA})
PERCENT = frozenset({Role.CAPAIAN, Role.FISIK})
BESIDE = (Role.NO, Role.SASARAN, Role.PROGRAM, Role.INDIKATOR, Role.OTHER)
OUT_OF_SCALE = 1000  # times the middle value of its table
FEWEST = 4  # lines that may have a total without a name
MOST = Decimal(10) ** 14  # rupiah, more than the budget of any province
BULLET = re.compile(r"^[•\s]+")
# A space beside a mark of a number that is whole without it ("2,602,500 ,000").
GAP = re.compile(r"(?<=\d) (?=[.,]\d{3}(?!\d))|(?<=\d[.,]) (?=\d{3}(?!\d))", re.A)
WHOLE = re.compile(r"(rp\.? ?)?[1-9]\d{0,2}([.,]\d{3}){2,}([.,](\d\d|-))?", re.A | re.I)
NIL = re.compile(r"(rp[\s.]*)?[-–—]+|nihil", re.I)  # nothing of it, said of no heading


Reader = Callable[[str], Amount]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of a table become the amounts of its lines."""

    spans: Sequence[Span]
    slots: dict[int, Slot]  # of each numeric column, by its index
    readers: dict[int, Reader]  # of each of them
    mains: dict[Role, Slot | None]  # what the contract's columns show

    def of(self, *roles: Role) -> list[int]:
        """Indices of the columns with one of the roles."""
        return [span.column.index for span in self.spans if span.column.role in roles]

    def repeats(self) -> list[int]:
        """Indices of the columns without a role that are headed like one of names."""
        heads = {s.column.header[-1:] for s in self.spans if s.column.role is Role.NAME}
        return [i for i in self.of(Role.OTHER) if self.spans[i].column.header[-1:] in heads - {()}]


def read_lines(
    rows: Sequence[Row], spans: Sequence[Span], mains: dict[Role, Span], units: Mapping[int, int]
) -> tuple[Line, ...]:
    """One line a row. `mains` names the columns that the contract's columns show.

    `units` is what one printed unit of each money column is worth.
    """
    slots = slots_of(spans, mains, rows)
    readers = {
        span.column.index: _reader(span, rows, units.get(span.column.index, 1))
        for span in spans
        if span.column.role in MONEY | PERCENT
    }
    shown = {role: slots.get(span.column.index) for role, span in mains.items()}
    plan = Plan(spans, slots, readers, shown)
    lines = tuple(_line(number, row, plan) for number, row in enumerate(rows, start=1))
    lines = _with_nameless_totals(lines)
    return _in_scale(lines) if max(units.values(), default=1) > 1 else lines


def _with_nameless_totals(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines whose first or last is a total where it has no name and an amount above all others."""
    if len(lines) < FEWEST:
        return lines
    most = max((line.value(line.anggaran) or 0 for line in lines), default=0)
    ends = (lines[0].row, lines[-1].row)
    return tuple(
        replace(line, kind=LineKind.TOTAL)
        if line.row in ends
        and not (line.name or line.no or line.code)
        and most
        and line.value(line.anggaran) == most
        else line
        for line in lines
    )


def slots_of(
    spans: Sequence[Span], mains: dict[Role, Span], rows: Sequence[Row]
) -> dict[int, Slot]:
    """The slot of each numeric column.

    One for a part of the money has none. Nor have several columns of the same slot, but for
    the one that is shown, unless they are one column printed in steps (per kegiatan | per
    program) under one heading, each row in the step of its level.
    """
    slots: dict[int, Slot] = {}
    doubtful: set[Slot] = set()
    parts = parts_of(spans)
    for span in sorted(spans, key=lambda s: s not in mains.values()):
        column = span.column
        slot = Slot(column.role.value, column.period)
        if column.role not in MONEY | PERCENT or span in parts:
            continue
        same = [s for s in spans if slots.get(s.column.index) == slot]
        if not same or all(_in_steps(other, span, rows) for other in same):
            slots[column.index] = slot
        elif not any(span in same for span in mains.values()):
            doubtful.add(slot)
    return {index: slot for index, slot in slots.items() if slot not in doubtful}


def _in_steps(one: Span, other: Span, rows: Sequence[Row]) -> bool:
    """Whether two columns under one heading hardly ever differ where both are filled."""
    if len(one.column.header) < 2 or one.column.header[0] != other.column.header[0]:
        return False
    i, j = one.column.index, other.column.index
    both = [row for row in rows if row.cells.get(i) and row.cells.get(j)]
    apart = sum(bool(row.cells.get(i)) != bool(row.cells.get(j)) for row in rows)
    differ = sum(number_text(row.cells[i]) != number_text(row.cells[j]) for row in both)
    return apart > len(both) and differ <= 0.1 * len(both)


def _line(number: int, row: Row, plan: Plan) -> Line:
    read: dict[Slot, list[Amount]] = {}
    for index, slot in plan.slots.items():
        if row.cells.get(index):
            amount = _amount(row.cells[index], row.page, plan.readers[index])
            read.setdefault(slot, []).append(amount)
    amounts = {slot: _one(found) for slot, found in read.items()}
    name_raw = _text(row, _named(row, plan), " ")
    no = _text(row, plan.of(Role.NO), " ") or None
    name = BULLET.sub("", name_raw)
    if row.is_merged and no is None and plan.of(Role.NO):
        no, name = split_item(name)
    columns = _named(row, plan)
    named = [line for index in columns for line in row.cells.get(index, ())]
    return Line(
        row=number,
        page=row.page,
        kind=_kind(name, no, amounts),
        name_raw=name_raw,
        name=name,
        no=no,
        code=_text(row, plan.of(Role.CODE), ".") or None,
        amounts=amounts,
        anggaran=plan.mains.get(Role.ANGGARAN),
        realisasi=plan.mains.get(Role.REALISASI),
        capaian=plan.mains.get(Role.CAPAIAN),
        other=_other(row, plan),
        box=row.box,
        bold=bool(named) and all(line.bold for line in named),
        indent=min((line.box.x0 for line in named), default=0.0),
        step=columns[0] if len(columns) == 1 < len(plan.of(Role.NAME)) else None,
    )


def _named(row: Row, plan: Plan) -> list[int]:
    """The name columns that name this row: a heading over several yields to their own names."""
    filled = [index for index in plan.of(Role.NAME) if row.cells.get(index)]
    if not filled:  # printed in the other of two columns headed alike
        filled = [index for index in plan.repeats() if row.cells.get(index)]
    own = [index for index in filled if index not in row.shared]
    if not filled:  # a total may stand in the column of what it sums ("Sasaran | Kegiatan")
        texts = [i for i in plan.of(*BESIDE) if TOTAL.match(row.text(i)) and i not in row.shared]
        return texts[:1]
    return own if own and own[-1] == filled[-1] else filled[-1:]


def _one(amounts: list[Amount]) -> Amount:
    """One amount of those printed in steps: the one that has a value, none where they differ."""
    valued = [amount for amount in amounts if amount.value is not None]
    values = tuple(dict.fromkeys(amount.value for amount in valued if amount.value is not None))
    if len(values) > 1:
        return replace(valued[0], value=None, source=None, candidates=values)
    return valued[0] if valued else amounts[0]


def _kind(name: str, no: str | None, amounts: Mapping[Slot, Amount]) -> LineKind:
    if (TOTAL_OF_MONEY if no else TOTAL).match(name):  # "2 | Jumlah inovasi": an indicator
        return LineKind.TOTAL
    is_data = any(
        amount.value is not None
        or amount.candidates
        or (slot.measure in MONEY and NIL.fullmatch(amount.raw.strip()))
        for slot, amount in amounts.items()
        if slot.measure != Role.FISIK
    )
    return LineKind.DATA if is_data else LineKind.BAND


def _reader(span: Span, rows: Sequence[Row], unit: int) -> Reader:
    """How the numbers of one column are read, decided from all its cells."""
    texts = [number_text(row.cells.get(span.column.index, ())) for row in rows]
    if span.column.role in MONEY and prints_rupiah(texts, unit):
        return lambda text: replace(parse_money(text.replace(",", ".")), raw=text)
    if span.column.role in MONEY:
        return partial(parse_money, style=column_style(texts), unit=unit)
    return partial(parse_percent, mark=decimal_mark(texts))


def _amount(lines: tuple[TextLine, ...], page: int, read: Reader) -> Amount:
    raw = number_text(lines)
    sides = list(zip(*(line.box for line in lines), strict=True))
    box = Box(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))

    def parse(text: str) -> Amount:
        closed = GAP.sub("", text) if is_typed(lines) else text
        sound = closed if WHOLE.fullmatch(closed) else text
        return replace(read(sound), raw=text, box=box, page=page)

    return trust(parse(raw), lines, parse)


def _in_scale(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines of a table "in thousands" without the values that forgot it: both stay open."""
    values = sorted(
        amount.value
        for line in lines
        for slot, amount in line.amounts.items()
        if slot.measure in MONEY and amount.value
    )
    if not values:
        return lines
    limit = OUT_OF_SCALE * values[len(values) // 2]
    if values[-1] > MOST:
        limit = Decimal(0)  # the heading cannot hold for all: then it may hold for none
    return tuple(
        replace(line, amounts={s: _doubted(s, a, limit) for s, a in line.amounts.items()})
        for line in lines
    )


def _doubted(slot: Slot, amount: Amount, limit: Decimal) -> Amount:
    if slot.measure in MONEY and amount.value is None and not limit:
        return replace(amount, candidates=tuple(sorted(amount.candidates)))
    if slot.measure not in MONEY or amount.value is None or amount.value <= limit:
        return amount
    printed = (amount.value / 1000, amount.value)
    return replace(amount, value=None, source=None, candidates=printed)


def _text(row: Row, indices: Iterable[int], glue: str) -> str:
    return glue.join(text for index in indices if (text := row.text(index)))


def _other(row: Row, plan: Plan) -> dict[str, str]:
    """Every column that has no place of its own in the contract, by its header path."""
    result: dict[str, str] = {}
    for span in plan.spans:
        column = span.column
        slot = plan.slots.get(column.index)
        if column.role in LABELS or (slot is not None and slot in plan.mains.values()):
            continue
        key = " > ".join(column.header) or f"kolom {column.index + 1}"
        result[key] = row.text(column.index)
    return result
