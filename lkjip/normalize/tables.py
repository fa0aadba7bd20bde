"""Table → ReadTable: what its columns hold, and its lines or indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.columns import read_columns
from lkjip.normalize.content import Span, texts_of
from lkjip.normalize.indicators.read import read_indicators
from lkjip.normalize.layout import Matrix, find_header, matrix
from lkjip.normalize.lines import read_lines
from lkjip.normalize.mains import undecided
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import read_rows
from lkjip.normalize.settled import settle_roles
from lkjip.normalize.unheaded import with_roles
from lkjip.normalize.units import unit_in, units_of
from lkjip.records import ReadTable, Role, Table, TableKind

OF_BUDGET = re.compile(  # squashed: what only money that is planned and spent is called
    r"(?<!pel)anggaran|pagu|alokasi|dpp?a\b|plafon|apbd|apbn|belanja|dana(?!u)|biaya|[sy]erap|keuangan"
    r"|sp2d|\bspj|pengeluaran"
)
BUDGETED = re.compile(r"program|kegiatan|belanja|pengadaan|penyediaan")
# What a government takes in; not what people earn, nor what they are given.
INCOME = re.compile(
    r"pendapatan(?!per|rata|petani|nelayan|masyarakat|penduduk|keluarga|rumah)|retribusi|pajak"
    r"|penerimaan(asli|daerah|negara|pembiayaan|pajak|retribusi)"
)


Read = tuple[ReadTable, tuple[Issue, ...]]


def read_tables(tables: Sequence[Table]) -> list[Read]:
    """What the tables of a report hold, in order; one that goes on is in the unit of the first."""
    reads: list[Read] = []
    unit = 1
    for number, table in enumerate(tables, start=1):
        above = tables[number - 2] if number > 1 else None
        unit = unit if above and _goes_on(above, table) else 1
        reads.append(read_table(table, number, unit))
        unit = max(unit, reads[-1][0].unit, unit_in(table.title or "") or 1)
    return reads


def _goes_on(above: Table, table: Table) -> bool:
    """Whether a table without a title repeats the heading of the one on the page before.

    By words, for the same heading may be parted into other cells on another page.
    """
    heads, again = _first_words(above), _first_words(table)
    is_next = table.pages[0] == above.pages[-1] + 1 and table.title is None
    return is_next and 2 * len(heads & again) >= min(len(heads), len(again)) > 1


def _first_words(table: Table) -> set[str]:
    words = (word for cell in table.cells if cell.row == 0 for word in cell.text.split())
    return {squash(word) for word in words} - {""}


def read_table(table: Table, number: int, unit: int = 1) -> Read:
    """What a table holds. One that is about neither money nor performance keeps its cells.

    `unit` is what one printed unit is worth where the table itself does not say.
    """
    places = matrix(table)
    header = find_header(places)
    spans = with_roles(read_columns(places, header), places, header)
    columns = tuple(span.column for span in spans)
    kind = kind_of(spans, table.title, places[header.end :])
    indicators, doubts = read_indicators(places, header, spans, number, table.title)
    if kind is not TableKind.BUDGET:
        kind = TableKind.INDICATOR if indicators else kind
        return ReadTable(number, table, kind, columns, indicators=indicators), doubts
    units = units_of(table.title, spans, unit)
    unit = max(units.values(), default=1)
    rows = read_rows(places, header, spans)
    settled = settle_roles(spans, rows, units)
    if settled.spans != spans:
        spans, rows = settled.spans, read_rows(places, header, settled.spans)
    lines = read_lines(rows, spans, settled.mains, units)
    columns = tuple(span.column for span in spans)
    moved = tuple(
        replace(issue, table=number, page=table.pages[0])
        for issue in (*settled.issues, *_undecided(settled.mains, spans))
    )
    return ReadTable(number, table, kind, columns, unit, lines, indicators), (*doubts, *moved)


def _is_of_budget(spans: tuple[Span, ...], title: str | None, body: Matrix) -> bool:
    """Whether a heading of money, the title, or what is named speaks of a budget.

    Income that is planned and received is one as well: its target is the anggaran.
    """
    heads = {role: _heads(spans, role) for role in (Role.ANGGARAN, Role.REALISASI, Role.NAME)}
    if OF_BUDGET.search(f"{heads[Role.ANGGARAN]} {heads[Role.REALISASI]} {squash(title or '')}"):
        return True
    names = [
        text
        for s in spans
        if s.column.role is Role.NAME
        for text in texts_of(body, s.first, s.last)
    ]
    said = [heads[Role.NAME], *map(squash, names)]
    is_planned = bool(heads[Role.ANGGARAN] and heads[Role.REALISASI])
    of_income = is_planned and any(INCOME.search(text) for text in (squash(title or ""), *said))
    return of_income or any(BUDGETED.search(text) for text in said)


def _heads(spans: tuple[Span, ...], role: Role) -> str:
    return " ".join(squash(">".join(s.column.header)) for s in spans if s.column.role is role)


def _undecided(mains: Mapping[Role, Span], spans: Sequence[Span]) -> list[Issue]:
    return [
        Issue(
            IssueCode.ROLE_UNCERTAIN,
            Severity.WARNING,
            f"several columns are headed alike or are each of one kind of belanja, so none is "
            f"taken for the {role} of the year",
            column=role.value,
        )
        for role in undecided(spans)
        if role not in mains
    ]


def kind_of(spans: tuple[Span, ...], title: str | None, body: Matrix) -> TableKind:
    """What a table is about. Money alone ("Jenis Aset | Nilai (Rp)") makes no budget."""
    roles = {span.column.role for span in spans}
    if Role.NAME in roles and roles & {Role.ANGGARAN, Role.REALISASI}:
        return TableKind.BUDGET if _is_of_budget(spans, title, body) else TableKind.OTHER
    if Role.INDIKATOR in roles and roles & {
        Role.TARGET,
        Role.REALISASI_KINERJA,
        Role.CAPAIAN_KINERJA,
    }:
        return TableKind.INDICATOR
    return TableKind.OTHER
