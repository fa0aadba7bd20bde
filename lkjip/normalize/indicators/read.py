"""Performance tables → indicators: target, realisasi and capaian, one a printed year or period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.content import Span
from lkjip.normalize.indicators.above import SUMMARY, Above, measured, texts_of_row
from lkjip.normalize.indicators.body import value_columns, whole_rows, without_headers
from lkjip.normalize.indicators.checks import checked_capaian
from lkjip.normalize.indicators.columns import Block, Slot, read_blocks
from lkjip.normalize.indicators.fields import Field, field_of, named_by_title, period_of
from lkjip.normalize.indicators.numbers import prints_dot_decimals, read_number
from lkjip.normalize.indicators.rows import BULLET, MARK, Part, split_row
from lkjip.normalize.layout import Header, Matrix
from lkjip.normalize.numbers import parse_decimal
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import Row, grid_rows
from lkjip.records import Indicator, TextLine

_UNIT = re.compile(r"(?:^|(?<=[\d.,\s]))(?P<unit>%|[A-Za-z][A-Za-z0-9²³/ .]{0,28}?)[.\s]*$")


def read_indicators(
    places: Matrix, header: Header, spans: Sequence[Span], table: int, title: str | None
) -> tuple[tuple[Indicator, ...], tuple[Issue, ...]]:
    """The indicators of a table, empty where it measures none, and what they contradict.

    Grades, ranges and blanks leave the number null and stay in the raw text. A value
    that cannot be told to belong to an indicator is left out, with an issue.
    """
    spans = named_by_title(spans, title)
    rows = without_headers(grid_rows(places, header, spans), spans)
    blocks = read_blocks(spans, _percent_columns(rows, spans))
    if not blocks:
        return (), ()
    indicators, issues = list[Indicator](), list[Issue]()
    columns = value_columns(blocks)
    has_dots = prints_dot_decimals(row.text(i) for row in rows for i in columns & set(row.cells))
    blocks = tuple(replace(block, has_dots=has_dots) for block in blocks)
    year = _title_year(title)
    told: dict[int, tuple[TextLine, ...]] = {}  # merged indicator cells that are read
    for number, row, above in measured(whole_rows(rows, blocks), blocks):
        for block in blocks:
            if _is_told(row, block, told):
                continue
            found, doubts = _of_row(row, number, above, block, spans)
            indicators += [_dated(one, year) for one in found]
            issues += doubts
    checked, mismatches = checked_capaian(indicators, table)
    return checked, (*issues, *mismatches)


def _is_told(row: Row, block: Block, told: dict[int, tuple[TextLine, ...]]) -> bool:
    """Whether an indicator merged over several rows, values and all, has been read above."""
    columns = {block.indikator, *(i for slot in block.slots for i in slot.columns.values())}
    lines = row.cells.get(block.indikator, ())
    is_merged = bool(lines) and columns & set(row.cells) <= row.shared
    again = is_merged and told.get(block.indikator) == lines
    told[block.indikator] = lines
    return again


def _dated(indicator: Indicator, year: int | None) -> Indicator:
    return replace(indicator, year=indicator.year or year)


def _title_year(title: str | None) -> int | None:
    """The year of a title that names one year only."""
    years = set(re.findall(r"(?<!\d)20[0-4]\d(?!\d)", title or ""))
    return int(years.pop()) if len(years) == 1 else None


def _percent_columns(rows: Sequence[Row], spans: Sequence[Span]) -> list[int]:
    """ "Capaian" columns that hold percentages of the target, told by what they print.

    A percent sign that the target lacks, or numbers that keep to the hundreds while the
    targets do not; left of all targets, any percent sign.
    """
    targets = [s.column.index for s in spans if field_of(s.column.header) is Field.TARGET]
    found = []
    for span in spans:
        index = span.column.index
        left = [target for target in targets if target < index]
        if left and field_of(span.column.header) is Field.CAPAIAN:
            pairs = [(row.text(left[-1]), row.text(index)) for row in rows]
            if _are_percentages([(t, c) for t, c in pairs if t and c]):
                found.append(index)
        elif any("%" in row.text(index) for row in rows):
            found.append(index)
    return found


def _are_percentages(pairs: Sequence[tuple[str, str]]) -> bool:
    if sum("%" in c and "%" not in t for t, c in pairs) * 2 > len(pairs):
        return True
    numbers = [(parse_decimal(t), parse_decimal(c)) for t, c in pairs]
    known = [(t, c) for t, c in numbers if t and c]
    apart = sum(not Decimal("0.5") <= c / t <= 2 for t, c in known)
    in_hundreds = sum(20 <= c <= 200 for _, c in known)
    return bool(known) and apart * 3 >= len(known) and in_hundreds * 5 >= 4 * len(known)


def _of_row(
    row: Row, number: int, above: Above, block: Block, spans: Sequence[Span]
) -> tuple[list[Indicator], list[Issue]]:
    values = sorted({i for slot in block.slots for i in slot.columns.values()})
    lists = [i for i in (block.satuan, block.program, block.sasaran) if i is not None]
    parts, is_sure = split_row(row.cells, block.indikator, values, lists)
    if not is_sure:
        return [], [_untold(row, number)]
    found = []
    for part in parts:
        mark = MARK if len(parts) > 1 or part.parent else BULLET
        name = mark.sub("", part.text(block.indikator), count=1) or part.text(block.indikator)
        if not _is_indicator(name, part, row, block, values):
            continue
        sasaran, program = texts_of_row(part.text, above, block)
        if block.level is Field.SASARAN:
            program = ""
        for slot in block.slots:
            one = _indicator((row.page, number), name, part, block, slot)
            heading = {"(parent) Indikator": part.parent} if part.parent else {}
            other = {**above.bands, **heading, **_others(part, block, slot, spans)}
            one = replace(one, sasaran=sasaran or None, program=program or None, other=other)
            if len(block.slots) == 1 or one.target or one.realisasi or one.capaian:
                found.append(one)
    return found, []


def _is_indicator(name: str, part: Part, row: Row, block: Block, values: Sequence[int]) -> bool:
    """Whether a row names an indicator: one with values, or numbered, or with money beside it."""
    if not re.search(r"[A-Za-z]{2}", name) or SUMMARY.match(name):
        return False
    if any(part.text(index) for index in values):
        return True
    beside = {block.no, *(i for i in row.cells if i > block.indikator)} - {block.satuan, None}
    return any(row.text(index) for index in beside if index is not None)


def _indicator(
    place: tuple[int, int], name: str, part: Part, block: Block, slot: Slot
) -> Indicator:
    page, number = place
    amounts = {
        kind: read_number(
            part.cells.get(index, ()),
            part.number(index),
            page,
            is_several=index in part.several,
            has_dots=block.has_dots,
        )
        for kind, index in slot.columns.items()
    }
    satuan = part.text(block.satuan)
    for kind in (Field.TARGET, Field.REALISASI):
        amount = amounts.get(kind)
        if not satuan and amount:
            satuan = _unit_of(amount.raw)
    return Indicator(
        page=page,
        row=number,
        sasaran=None,
        program=None,
        indikator=name,
        satuan=satuan or None,
        target=amounts.get(Field.TARGET),
        realisasi=amounts.get(Field.REALISASI),
        capaian=amounts.get(Field.CAPAIAN),
        year=slot.year,
        period=_period_of_row(part, block) or slot.period,
    )


def _period_of_row(part: Part, block: Block) -> str | None:
    """The quarter or month that a row names in a column of its own ("Triwulan": "II")."""
    if block.periode is None:
        return None
    period = period_of(("Triwulan", part.text(block.periode)))[1]
    return None if period == "tahun" else period


def _unit_of(raw: str) -> str:
    """The unit attached to a value ("12 bulan" → "bulan"); grades and ranges have none."""
    if not re.match(r"\W*\d", raw) or len(re.findall(r"\d+(?:[.,]\d+)*", raw)) > 1:
        return ""
    unit = _UNIT.search(re.sub(r"\*+\)?|\([^)]*\)", "", raw))
    return unit["unit"].strip() if unit else ""


def _others(part: Part, block: Block, slot: Slot, spans: Sequence[Span]) -> dict[str, str]:
    """All other columns under their header path."""
    own = {block.indikator, block.satuan, block.sasaran, block.no, *slot.columns.values()}
    if not block.names_both:
        own.add(block.program)
    return {
        " > ".join(part for part in span.column.header if part.strip()): part.text(index)
        for index, span in ((span.column.index, span) for span in spans)
        if index not in own and any(squash(p) for p in span.column.header)
    }


def _untold(row: Row, number: int) -> Issue:
    return Issue(
        IssueCode.ROLE_UNCERTAIN,
        Severity.WARNING,
        "several indicators share this row and their values cannot be told apart",
        page=row.page,
        row=number,
    )
