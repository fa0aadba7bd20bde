"""The columns of a performance table: what each holds, of which year or period, of which block.

Header words alone do not tell: "Capaian" is a percentage beside a realisasi and the
realised value without one, "Target" is money under "Anggaran". So a column is read
with its whole header path, then with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lkjip.normalize.content import Span
from lkjip.normalize.indicators.fields import MONEY, VALUES, Field, field_of, period_of
from lkjip.normalize.roles import squash

_LONG_TERM = re.compile(r"akhir|renstra|rpjm|jangkamenengah|kondisiakhir")
_CUMULATIVE = re.compile(
    r"sampaidengan|s/d|(?<![a-z])s\.?d\.?(?=\d|tahun|thn)|hasilsd|kumulatif|sampaitahun"
)
_AGAINST = re.compile(r"terhadap|thada?p|thdp|\bthd|dibanding|\d/\d|\d:\d")  # "(5/4)*100"
_PERCENT = re.compile(r"%|persen|prosen|presentase")


@dataclass(frozen=True, slots=True)
class Slot:
    """The value columns of one year or period."""

    year: int | None
    period: str
    columns: dict[Field, int]  # field → index of the column


@dataclass(frozen=True, slots=True)
class Block:
    """An indicator column and what belongs to it."""

    indikator: int
    slots: tuple[Slot, ...]
    satuan: int | None = None
    sasaran: int | None = None
    program: int | None = None
    no: int | None = None
    periode: int | None = None
    level: Field | None = None  # the storey above ("Sasaran > Indikator"), if it names one
    has_dots: bool = False  # numbers with dot decimals stand among its values
    names_both: bool = False  # "Program / Kegiatan": programs and what stands under them


@dataclass(slots=True)
class _Open:
    """A block while its columns are being gathered."""

    indikator: int
    satuan: int | None = None
    values: list[tuple[Field, int, int | None, str]] = field(default_factory=list)


def read_blocks(spans: Sequence[Span], percents: Sequence[int] = ()) -> tuple[Block, ...]:
    """The blocks of a table; empty where nothing is measured.

    `percents` are the columns whose cells hold percentages of the target beside them:
    such a "Capaian" is a percentage, whatever its header lacks.
    """
    fields = _without_money([field_of(span.column.header) for span in spans], spans)
    if Field.INDIKATOR not in fields:
        fields = _without_indicator_column(spans, fields)
    gathered = _gather(spans, fields)
    texts = {name: [i for i, f in enumerate(fields) if f is name] for name in Field}
    blocks = []
    for one in gathered:
        slots = _slots(spans, one.values, percents)
        if slots:
            blocks.append(_block(one, slots, texts, spans))
    return tuple(blocks)


def _without_money(fields: list[Field], spans: Sequence[Span]) -> list[Field]:
    """Right of "Anggaran", under no group of its own, "Realisasi" and "%" are money too."""
    kept, in_money = list[Field](), False
    for name, span in zip(fields, spans, strict=True):
        text = ">".join(squash(part) for part in span.column.header)
        if name is Field.OTHER and MONEY.search(text):
            in_money = True
        elif name in (Field.TARGET, Field.INDIKATOR) or "kinerja" in text or ">" in text:
            in_money = False
        is_money = in_money and name in (Field.REALISASI, Field.CAPAIAN)
        kept.append(Field.OTHER if is_money else name)
    return kept


def _without_indicator_column(spans: Sequence[Span], fields: list[Field]) -> list[Field]:
    """A table of satuan, target and realisasi measures what its first text column names."""
    has = set(fields)
    if not {Field.SATUAN, Field.TARGET} <= has or not has & {Field.REALISASI, Field.CAPAIAN}:
        return fields
    first = next((i for i, f in enumerate(fields) if f not in (Field.NO, *VALUES)), None)
    if first is None or fields[first] is Field.SATUAN:
        return fields
    return [Field.INDIKATOR if i == first else f for i, f in enumerate(fields)]


def _gather(spans: Sequence[Span], fields: Sequence[Field]) -> list[_Open]:
    """Each indicator column with the satuan and values up to the next one."""
    blocks: list[_Open] = []
    waiting: list[tuple[int, Field]] = []  # before the first indicator column
    for index, name in enumerate(fields):
        if name is Field.INDIKATOR:
            blocks.append(_Open(index))
        elif name is Field.SATUAN or name in VALUES:
            if not blocks:
                waiting.append((index, name))
            else:
                _put(blocks[-1], spans, index, name)
    if blocks:
        for index, name in waiting:
            _put(blocks[0], spans, index, name)
    return blocks


def _put(block: _Open, spans: Sequence[Span], index: int, name: Field) -> None:
    if name is Field.SATUAN:
        block.satuan = index if block.satuan is None else block.satuan
        return
    year, period = period_of(spans[index].column.header)
    block.values.append((name, index, year, period))


def _slots(
    spans: Sequence[Span],
    values: Sequence[tuple[Field, int, int | None, str]],
    percents: Sequence[int],
) -> tuple[Slot, ...]:
    """Value columns grouped by year and period; a column without one goes with its neighbours."""
    usable = [v for v in values if not _is_aside(spans, v, values)]
    years = {year for _, _, year, _ in usable if year is not None}
    groups: dict[tuple[int | None, str], dict[Field, int]] = {}
    last: tuple[int | None, str] | None = None
    for name, index, said, period in usable:
        slot = (said, period)
        if said is None and len(years) == 1:
            slot = (next(iter(years)), period)
        elif said is None and period == "tahun" and last is not None:
            slot = slot if name in groups.get(last, {}) else last
        columns = groups.setdefault(slot, {})
        if name is Field.CAPAIAN and _is_share(spans, index):
            _make_room(columns, spans)
        if name not in columns or "perubahan" in squash(spans[index].column.header[-1]):
            columns[name] = index
        last = slot
    holds_values = _take_turns(spans, list(groups.values()), percents) or any(
        _holds_values(spans, columns, percents) for columns in groups.values()
    )
    return tuple(
        Slot(year, period, _renamed(columns) if holds_values else columns)
        for (year, period), columns in sorted(groups.items(), key=lambda group: _place(group[1]))
    )


def _place(columns: dict[Field, int]) -> int:
    """Where a year stands in print: at its realisasi, or at its first column."""
    return columns.get(Field.REALISASI, min(columns.values()))


def _is_aside(
    spans: Sequence[Span],
    value: tuple[Field, int, int | None, str],
    values: Sequence[tuple[Field, int, int | None, str]],
) -> bool:
    """Long-term targets beside yearly ones, sums over years, and comparisons with either."""
    name, index, _, _ = value
    text = ">".join(squash(part) for part in spans[index].column.header)
    if _CUMULATIVE.search(text) or _AGAINST.search(text):
        return True
    others = [v for v in values if v is not value and v[0] is name]
    return bool(_LONG_TERM.search(text)) and any(
        not _LONG_TERM.search(squash(" ".join(spans[v[1]].column.header))) for v in others
    )


def _is_share(spans: Sequence[Span], index: int) -> bool:
    """Whether a header says that its column holds percentages."""
    leaf = squash(spans[index].column.header[-1])
    return bool(_PERCENT.search(leaf)) or "tingkat" in leaf


def _make_room(columns: dict[Field, int], spans: Sequence[Span]) -> None:
    """Of "Capaian" and "Tingkat Capaian (%)" the first holds the realised value."""
    first = columns.get(Field.CAPAIAN)
    if first is not None and Field.REALISASI not in columns and not _is_share(spans, first):
        columns[Field.REALISASI] = columns.pop(Field.CAPAIAN)


def _holds_values(
    spans: Sequence[Span], columns: dict[Field, int], percents: Sequence[int]
) -> bool:
    """Whether a "Capaian" beside a target without a realisasi is the realised value."""
    index = columns.get(Field.CAPAIAN)
    if index is None or Field.REALISASI in columns or Field.TARGET not in columns:
        return False
    return not (_is_share(spans, index) or index in percents)


def _take_turns(
    spans: Sequence[Span], groups: Sequence[dict[Field, int]], percents: Sequence[int]
) -> bool:
    """Whether some years have a "Capaian" alone, the others a target: reached and planned."""
    alone = [columns[Field.CAPAIAN] for columns in groups if set(columns) == {Field.CAPAIAN}]
    others = [set(columns) for columns in groups if set(columns) != {Field.CAPAIAN}]
    if not alone or not others or any(fields != {Field.TARGET} for fields in others):
        return False
    return not any(_is_share(spans, index) or index in percents for index in alone)


def _renamed(columns: dict[Field, int]) -> dict[Field, int]:
    """The columns of a table whose "Capaian" holds values: it is the realisasi of each year."""
    if Field.REALISASI in columns:
        return columns
    return {Field.REALISASI if n is Field.CAPAIAN else n: i for n, i in columns.items()}


def _block(
    one: _Open, slots: tuple[Slot, ...], texts: dict[Field, list[int]], spans: Sequence[Span]
) -> Block:
    storey = spans[one.indikator].column.header
    above = [field_of([part]) for part in storey[:-1]]
    levels = (Field.SASARAN, Field.PROGRAM, Field.KEGIATAN)
    level = next((name for name in above if name in levels), None)

    def nearest(name: Field) -> int | None:
        left = [i for i in texts[name] if i < one.indikator]
        return left[-1] if left else next(iter(texts[name]), None)

    program = nearest(Field.PROGRAM)
    return Block(
        one.indikator,
        slots,
        one.satuan,
        nearest(Field.SASARAN),
        program,
        nearest(Field.NO),
        next(iter(texts[Field.PERIODE]), None),
        level,
        names_both=program is not None
        and "kegiatan" in squash(" ".join(spans[program].column.header)),
    )
