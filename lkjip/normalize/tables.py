"""Table → ReadTable: what its columns hold, and its lines or indicators."""

from __future__ import annotations

import re
from dataclasses import replace

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.columns import Span, read_columns
from lkjip.normalize.indicators.read import read_indicators
from lkjip.normalize.layout import find_header, matrix
from lkjip.normalize.lines import read_lines
from lkjip.normalize.mains import main_columns, undecided
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import read_rows
from lkjip.normalize.settled import settle_roles
from lkjip.normalize.unheaded import with_roles
from lkjip.records import ReadTable, Role, Table, TableKind

UNITS = (  # squashed text → multiplier
    (r"(dalam|x|rp|\()ribuan|ribuanrupiah|rpribu|x1[.,]?000\b|\(rp?000\)|rp000\b", 1_000),
    (r"(dalam|x|rp|\()jutaan|jutaanrupiah|rpjuta", 1_000_000),
    (r"(dalam|x|rp|\()(milyaran|miliaran)|rp(milyar|miliar)", 1_000_000_000),
)


def read_table(table: Table, number: int) -> tuple[ReadTable, tuple[Issue, ...]]:
    """What a table holds. One that is about neither money nor performance keeps its cells."""
    places = matrix(table)
    header = find_header(places)
    spans = with_roles(read_columns(places, header), places, header)
    columns = tuple(span.column for span in spans)
    kind = kind_of(spans)
    indicators, doubts = read_indicators(places, header, spans, number, table.title)
    if kind is not TableKind.BUDGET:
        kind = TableKind.INDICATOR if indicators else kind
        return ReadTable(number, table, kind, columns, indicators=indicators), doubts
    unit = unit_of(table, spans)
    rows = read_rows(places, header, spans)
    lines, moved = settle_roles(read_lines(rows, spans, main_columns(spans), unit))
    moved = tuple(replace(issue, table=number) for issue in (*moved, *_undecided(spans, table)))
    return ReadTable(number, table, kind, columns, unit, lines, indicators), (*doubts, *moved)


def _undecided(spans: tuple[Span, ...], table: Table) -> list[Issue]:
    return [
        Issue(
            IssueCode.ROLE_UNCERTAIN,
            Severity.WARNING,
            f"several columns are headed alike or are each of one kind of belanja, so none is "
            f"taken for the {role} of the year",
            page=table.pages[0],
            column=role.value,
        )
        for role in undecided(spans)
    ]


def kind_of(spans: tuple[Span, ...]) -> TableKind:
    roles = {span.column.role for span in spans}
    if Role.NAME in roles and roles & {Role.ANGGARAN, Role.REALISASI}:
        return TableKind.BUDGET
    if Role.INDIKATOR in roles and roles & {
        Role.TARGET,
        Role.REALISASI_KINERJA,
        Role.CAPAIAN_KINERJA,
    }:
        return TableKind.INDICATOR
    return TableKind.OTHER


def unit_of(table: Table, spans: tuple[Span, ...]) -> int:
    """What one printed unit is worth in rupiah ("dalam ribuan": 1000)."""
    texts = [table.title or "", *(part for span in spans for part in span.column.header)]
    text = squash(" ".join(texts))
    return next((unit for pattern, unit in UNITS if re.search(pattern, text)), 1)
