"""Printed headers → columns with roles and periods.

A column is a leaf of the header: it may cover several columns of the grid (a
code over five narrow cells, `Rp` beside its amount). What a header says is
checked against what the cells hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lkjip.normalize.layout import AMOUNT, Header, Matrix, cells_of, counts_columns, numbers_columns
from lkjip.normalize.roles import period_of, role_of, squash
from lkjip.records import Cell, Column, Role

PERCENT = re.compile(r"\(?-?\d{1,3}([.,]\d{1,4})?\)?\s*%?\.?")
LARGE = re.compile(r"\d{1,3}([.,]\s?\d{3}){2,5}|\d{7,}|(?<!\d)\d{1,3}(\s\d{3}){2,4}(?!\d)")
EXPLICIT_MONEY = re.compile(
    r"rp(?!jm|oj)|(?<!pel)anggaran|pagu|keuangan|dana|biaya|dpp?a|alokasi|belanja|rupiah|penyerapan|serapan"
)
THINGS = re.compile(r"\((ton|kg|kw|ha|km|m[23]|liter|ekor|orang|jiwa|kk|unit|buah|batang|butir)\)")
NUMBER = re.compile(
    r"[\d.,%()\s-]*\d[\d.,%()\s=*-]*|\(?-?\s?(rp|idr)[\s.]*\d[\d.,\s)=*-]*|(rp[\s.]*)?[-–]+|nihil",
    re.I,
)
CURRENCY = re.compile(r"(rp|idr)\s*\.?", re.I)
ITEM = re.compile(r"(\d{1,3}|[a-z]|[ivxl]{1,6})\s*[.)]*\.?|[•*-]", re.I)
NOT_MONEY = (Role.REALISASI_KINERJA, Role.OTHER)
MONEY_ROLES = (Role.ANGGARAN, Role.REALISASI, Role.SISA)
SIZED, ALIKE = 4, 0.8  # rows with both amounts, and share of them with about as many digits
NAMED = 0.2  # share of the rows that a column without a fitting heading must name
FIGURES = (*MONEY_ROLES, Role.CAPAIAN, Role.TARGET, Role.REALISASI_KINERJA, Role.CAPAIAN_KINERJA)


@dataclass(frozen=True, slots=True)
class Span:
    """A column and the grid columns `first`..`last` that it covers."""

    column: Column
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Content:
    """What the body cells of a column hold: shares of the filled ones.

    `money` counts numbers in groups of three or of five digits; `large` only those
    that no percentage with decimals can look like.
    """

    filled: int
    money: float
    large: float
    percent: float
    text: float


def read_columns(places: Matrix, header: Header) -> tuple[Span, ...]:
    """The columns of a table, left to right, with roles that fit their content."""
    body = [row for row in places[header.end :] if not numbers_columns(row)]
    spans: list[Span] = []
    for first, last, path in _leaves(places, header):
        for start, stop in _parts(body, first, last):
            texts = texts_of(body, start, stop)
            column = Column(
                len(spans), path, _role(path, content_of(texts), texts), period_of(path)
            )
            spans.append(Span(column, start, stop))
    return tuple(_one_of_each(_settle(spans, body), body))


def texts_of(body: Iterable[list[Cell | None]], first: int, last: int) -> list[str]:
    """The text of each body cell that lies within the grid columns first..last."""
    texts = []
    for row in body:
        inside = [
            c for c in cells_of(row) if first <= c.column and c.column + c.column_span <= last + 1
        ]
        texts.append(" ".join(cell.text for cell in inside if cell.text.strip()))
    return [text.strip() for text in texts if text.strip()]


def content_of(texts: Sequence[str]) -> Content:
    filled = len(texts)
    if not filled:
        return Content(0, 0.0, 0.0, 0.0, 0.0)
    money = sum(bool(AMOUNT.search(t)) and _is_number(t) for t in texts)
    large = sum(bool(LARGE.search(t)) and _is_number(t) for t in texts)
    percent = sum(bool(PERCENT.fullmatch(t)) for t in texts)
    text = sum(not _is_number(t) for t in texts)
    return Content(filled, money / filled, large / filled, percent / filled, text / filled)


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def _leaves(places: Matrix, header: Header) -> list[tuple[int, int, tuple[str, ...]]]:
    """(first, last, path) of each leaf of the header; one a grid column where there is none."""
    width = len(places[0]) if places else 0
    leaves: list[tuple[int, int, tuple[str, ...]]] = []
    previous: Cell | None = None
    for column in range(width):
        stack: list[Cell] = []
        for row in places[header.first : header.end]:
            cell = row[column]
            if numbers_columns(row) or cell is None:
                continue
            if cell not in stack and cell.text.strip() and not counts_columns(cell):
                stack.append(cell)
        leaf = stack[-1] if stack else None
        path = tuple(re.sub(r"\s+", " ", cell.text).strip() for cell in stack)
        if leaf is not None and leaf is previous:
            first, _, path = leaves[-1]
            leaves[-1] = (first, column, path)
        else:
            leaves.append((column, column, path))
        previous = leaf
    return leaves


def _parts(body: list[list[Cell | None]], first: int, last: int) -> list[tuple[int, int]]:
    """The grid columns under one leaf, apart where they hold separate things side by side.

    `Rp` belongs to the amount at its right, parts of a code stay together.
    """
    if first == last:
        return [(first, last)]
    columns = {
        c: [t for t in texts_of(body, c, c) if not CURRENCY.fullmatch(t)]
        for c in range(first, last + 1)
    }
    full = [c for c, texts in columns.items() if texts]
    contents = [content_of(columns[c]) for c in full]
    numeric = [c for c, x in zip(full, contents, strict=True) if x.money >= 0.5 or x.percent >= 0.8]
    together = sum(
        1
        for row in body
        if len([c for c in cells_of(row) if c.column in numeric and c.text.strip()]) >= 2
    )
    items = [c for c in full[:1] if all(ITEM.fullmatch(t) for t in columns[c])]
    if len(numeric) >= 2 and together >= max(1, len(body) // 5) and not _is_code(columns, full):
        cuts = numeric[1:]
    elif items and len(full) > 1 and content_of(columns[full[1]]).text > 0.5:
        cuts = [full[1]]
    else:
        return [(first, last)]
    edges = [first, *cuts, last + 1]
    return [(a, b - 1) for a, b in pairwise(edges)]


def _is_code(columns: dict[int, list[str]], full: list[int]) -> bool:
    """Narrow cells that hold the parts of a code ("1", "03", "29")."""
    return all(re.fullmatch(r"[\dx.]{1,6}", t) for c in full for t in columns[c])


def _role(  # noqa: PLR0911 - one rule a line reads best
    path: tuple[str, ...], content: Content, texts: Sequence[str]
) -> Role:
    """The header's role, unless the cells cannot be that."""
    role = role_of(path)
    if role in FIGURES and content.text > 0.8 and role_of(path[-1:]) is Role.NAME:
        return Role.NAME  # "Target > Program/Kegiatan"
    header = squash(">".join(path))
    is_money = (content.large if "%" in header else content.money) >= 0.4
    if role is Role.CAPAIAN and is_money:
        return Role.REALISASI if re.search("n?[sy]erap", header) else Role.OTHER
    if role is Role.TARGET and content.large >= 0.6 and not THINGS.search(header):
        return Role.ANGGARAN
    if role is Role.ANGGARAN and content.large < 0.3 and not EXPLICIT_MONEY.search(header):
        return Role.OTHER  # "Jumlah" of people or things
    if role in MONEY_ROLES and content.filled and not is_money and content.text > 0.6:
        return Role.NAME if role is Role.ANGGARAN and content.text > 0.8 else Role.OTHER
    if role is Role.REALISASI and content.filled and not content.money:
        return Role.REALISASI_KINERJA
    if role is Role.NAME and content.filled and all(ITEM.fullmatch(t) for t in texts):
        return Role.NO
    if role is Role.NAME and is_money and content.text < 0.3:
        return Role.OTHER
    return role


def _settle(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
    """Roles that depend on the other columns of the table."""
    roles = {span.column.role for span in spans}
    if roles & {Role.INDIKATOR, Role.SATUAN}:  # a target in tons is not money
        explicit = [s for s in spans if _is_explicit_money(s)]
        beside_money = Role.TARGET not in roles and bool(explicit)
        spans = [
            span
            if (beside_money and content_of(texts_of(body, span.first, span.last)).large > 0.6)
            or any(_spends(span, other, body) for other in explicit)
            else _performance(span)
            for span in spans
        ]
        roles = {span.column.role for span in spans}
    if Role.NAME not in roles:
        spans = _name_from(spans, body)
    spans = [_percentage_beside(before, span) for before, span in pairwise([None, *spans])]  # type: ignore[arg-type]
    spans = _numbered(spans, body)
    if (
        Role.ANGGARAN in roles
        and roles & {Role.REALISASI, Role.CAPAIAN_KINERJA}
        and Role.CAPAIAN not in roles
    ):
        spans = [  # "Capaian Kinerja (%)" beside money alone is the percentage of the money
            _with_role(s, Role.CAPAIAN)
            if s.column.role is Role.CAPAIAN_KINERJA and not roles & {Role.INDIKATOR, Role.TARGET}
            else s
            for s in spans
        ]
    return spans


def _spends(span: Span, anggaran: Span, body: list[list[Cell | None]]) -> bool:
    """Whether a realisasi is of the size of an anggaran, row by row, as nothing else would be."""
    if span.column.role is not Role.REALISASI:
        return False
    tested = fitting = 0
    for row in body:
        pair = [texts_of([row], s.first, s.last) for s in (anggaran, span)]
        sizes = [len(re.sub(r"\D", "", text[0])) for text in pair if text]
        if len(sizes) == 2 and all(sizes):
            tested += 1
            fitting += sizes[0] - 2 <= sizes[1] <= sizes[0] + 1
    return tested >= SIZED and fitting >= ALIKE * tested


def _numbered(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
    """Item numbers left of the names are `No`, though no heading stands over them."""
    last = max((s.first for s in spans if s.column.role is Role.NAME), default=-1)
    return [
        _with_role(span, Role.NO)
        if span.first < last
        and not span.column.header
        and span.column.role is Role.OTHER
        and _holds_items(texts_of(body, span.first, span.last))
        else span
        for span in spans
    ]


def _holds_items(texts: list[str]) -> bool:
    return bool(texts) and all(ITEM.fullmatch(text) for text in texts)


def _percentage_beside(before: Span | None, span: Span) -> Span:
    """The right one of two columns under one "Realisasi" is its percentage, if not money."""
    is_pair = before is not None and before.column.header == span.column.header
    if is_pair and before.column.role is Role.REALISASI:  # type: ignore[union-attr]
        return _with_role(span, Role.CAPAIAN) if span.column.role in NOT_MONEY else span
    return span


def _performance(span: Span) -> Span:
    """Beside units and indicators, a number is money only where its header says so."""
    role, header = span.column.role, squash(">".join(span.column.header))
    if role in (Role.ANGGARAN, Role.REALISASI) and not EXPLICIT_MONEY.search(header):
        return _with_role(span, Role.TARGET if role is Role.ANGGARAN else Role.REALISASI_KINERJA)
    return span


def _name_from(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
    """A table without a headed name column: PROGRAM, SASARAN, INDIKATOR or the widest text serves.

    Of several the one with the most cells: sasaran are often merged over their
    indicators, which then name the rows (jabar-sda 2016, tabel 3.5 and 3.6).
    """
    serving = [
        first
        for role in (Role.PROGRAM, Role.SASARAN, Role.INDIKATOR)
        if (first := next((span for span in spans if span.column.role is role), None))
    ]
    if serving:  # "Cost per outcome": money by sasaran
        is_named = any(_is_explicit_money(span) for span in spans)
        finest = max(serving, key=lambda span: _cell_count(body, span))
        return [_with_role(s, Role.NAME) if is_named and s is finest else s for s in spans]
    texts = {s: texts_of(body, s.first, s.last) for s in spans if s.column.role is Role.OTHER}
    least = NAMED * len(body)
    wordy = [s for s, t in texts.items() if len(t) > least and content_of(t).text > 0.7]
    if not wordy:
        return spans
    best = max(wordy, key=lambda s: sum(map(len, texts[s])))
    return [_with_role(s, Role.NAME) if s is best else s for s in spans]


def _cell_count(body: list[list[Cell | None]], span: Span) -> int:
    """How many filled cells a column has, merged ones counted once."""
    cells = (cell for row in body for cell in cells_of(row))
    return len({(c.row, c.column) for c in cells if c.text and span.first <= c.column <= span.last})


def _is_explicit_money(span: Span) -> bool:
    header = squash(">".join(span.column.header))
    return span.column.role is Role.ANGGARAN and bool(EXPLICIT_MONEY.search(header))


def _one_of_each(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
    """`No` once a row; of names printed twice (before | after a review) those by the last amounts.

    Programs numbered in one column and their items in the next are both `No`.
    """
    first_no = next((s for s in spans if s.column.role is Role.NO), None)
    amounts = [s.first for s in spans if s.column.role is Role.ANGGARAN]
    names = [s for s in spans if s.column.role is Role.NAME and s.first < max(amounts, default=0)]
    kept = {s.column.header[-1:]: s for s in names}  # the last of each heading
    result = []
    for span in spans:
        is_second_no = span.column.role is Role.NO and span is not first_no
        is_second_no = is_second_no and _share_rows(first_no, span, body)
        is_repeat = span in names and kept[span.column.header[-1:]] is not span
        is_repeat &= role_of(span.column.header[:-1]) is not Role.NAME  # "Program > Uraian"
        result.append(_with_role(span, Role.OTHER) if is_second_no or is_repeat else span)
    return result


def _share_rows(one: Span | None, other: Span, body: list[list[Cell | None]]) -> bool:
    """Whether two columns are ever filled in the same row."""
    return one is not None and any(
        texts_of([row], one.first, one.last) and texts_of([row], other.first, other.last)
        for row in body
    )


def _with_role(span: Span, role: Role) -> Span:
    return replace(span, column=replace(span.column, role=role))
