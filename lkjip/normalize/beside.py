"""Roles that depend on the other columns of the table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from lkjip.normalize.content import (
    EXPLICIT_MONEY,
    MONEY_ROLES,
    SPOILT,
    Span,
    are_items,
    content_of,
    heading,
    texts_of,
    with_role,
)
from lkjip.normalize.layout import cells_of
from lkjip.normalize.roles import role_of
from lkjip.records import Cell, Role

NOT_MONEY = (Role.REALISASI_KINERJA, Role.OTHER)
PAGU = re.compile(r"anggaran|pagu|alokasi|dpp?a|plafon|apbd|jumlah")
RUPIAH = re.compile(r"\(?rp\)?")
PLANNED = re.compile(r"^(target|rencana)(?!anggaran)")
NAMED = 0.2  # share of the rows that a column without a fitting heading must name
SIZED, ALIKE = 4, 0.8  # rows with both amounts, and share of them with about as many digits


def fit_together(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
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
    planned = [s for s in spans if s.column.role is Role.ANGGARAN and PLANNED.search(_head(s))]
    if any(
        s.column.role is Role.ANGGARAN and s not in planned and PAGU.search(_head(s)) for s in spans
    ):  # a target beside the pagu is what was to be spent of it by then
        spans = [with_role(s, Role.TARGET) if s in planned else s for s in spans]
    if Role.REALISASI not in roles:  # "Daya Serap" may be money, or a percentage
        spans = [with_role(s, Role.OTHER) if _is_either(s, body) else s for s in spans]
    if Role.NAME not in roles:
        spans = _name_from(spans, body)
    spans = [_percentage_beside(before, span) for before, span in pairwise([None, *spans])]  # type: ignore[arg-type]
    spans = [_under_one_heading(before, span, body) for before, span in pairwise([None, *spans])]  # type: ignore[arg-type]
    spans = _numbered(spans, body)
    if (
        Role.ANGGARAN in roles
        and roles & {Role.REALISASI, Role.CAPAIAN_KINERJA}
        and Role.CAPAIAN not in roles
    ):
        spans = [  # "Capaian Kinerja (%)" beside money alone is the percentage of the money
            with_role(s, Role.CAPAIAN)
            if s.column.role is Role.CAPAIAN_KINERJA and not roles & {Role.INDIKATOR, Role.TARGET}
            else s
            for s in spans
        ]
    return spans


def _is_either(span: Span, body: list[list[Cell | None]]) -> bool:
    """A percentage without a sign in its heading, or behind a mark in its cells, or too large."""
    texts = texts_of(body, span.first, span.last)
    is_silent = not re.search(r"%|persen|prosen|presen|rasio", heading(span.column.header))
    has_mark = any(re.search(r"[%.,]", text) for text in texts)
    is_large = any(re.match(r"(1[5-9]|[2-9]\d)\d", text) for text in texts)
    return span.column.role is Role.CAPAIAN and is_silent and (is_large or not has_mark)


def _head(span: Span) -> str:
    """The lowest storey of a heading that says more than Rp."""
    header = span.column.header
    return heading(header[-2:-1] if RUPIAH.fullmatch(heading(header[-1:])) else header[-1:])


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
        with_role(span, Role.NO)
        if span.first < last
        and not span.column.header
        and span.column.role is Role.OTHER
        and are_items(texts_of(body, span.first, span.last))
        else span
        for span in spans
    ]


def _percentage_beside(before: Span | None, span: Span) -> Span:
    """The right one of two columns under one "Realisasi" is its percentage, if not money."""
    is_pair = before is not None and before.column.header == span.column.header
    if is_pair and before.column.role is Role.REALISASI:  # type: ignore[union-attr]
        return with_role(span, Role.CAPAIAN) if span.column.role in NOT_MONEY else span
    return span


def _under_one_heading(before: Span | None, span: Span, body: list[list[Cell | None]]) -> Span:
    """Money without a heading, right of money with one, is headed by the same: which is which
    a lost storey told ("2018 | 2019")."""
    if before is None or span.column.header or before.column.role not in MONEY_ROLES[:2]:
        return span
    holds_money = content_of(texts_of(body, span.first, span.last)).money > 0.5
    column = replace(before.column, index=span.column.index)
    return replace(span, column=column) if holds_money else span


def _performance(span: Span) -> Span:
    """Beside units and indicators, a number is money only where its header says so."""
    role = span.column.role
    header = heading(span.column.header)
    if role in (Role.ANGGARAN, Role.REALISASI) and not EXPLICIT_MONEY.search(header):
        return with_role(span, Role.TARGET if role is Role.ANGGARAN else Role.REALISASI_KINERJA)
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
        return [with_role(s, Role.NAME) if is_named and s is finest else s for s in spans]
    texts = {s: texts_of(body, s.first, s.last) for s in spans if s.column.role is Role.OTHER}
    least = NAMED * len(body)
    wordy = [s for s, t in texts.items() if len(t) > least and content_of(t).text > 0.7]
    if not wordy:
        return spans
    best = max(wordy, key=lambda s: sum(map(len, texts[s])))
    return [with_role(s, Role.NAME) if s is best else s for s in spans]


def _cell_count(body: list[list[Cell | None]], span: Span) -> int:
    """How many filled cells a column has, merged ones counted once."""
    cells = (cell for row in body for cell in cells_of(row))
    return len({(c.row, c.column) for c in cells if c.text and span.first <= c.column <= span.last})


def _is_explicit_money(span: Span) -> bool:
    header = heading(span.column.header)
    return span.column.role is Role.ANGGARAN and bool(EXPLICIT_MONEY.search(header))


def one_of_each(spans: list[Span], body: list[list[Cell | None]]) -> list[Span]:
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
        result.append(with_role(span, Role.OTHER) if is_second_no or is_repeat else span)
    return result


def _share_rows(one: Span | None, other: Span, body: list[list[Cell | None]]) -> bool:
    """Whether two columns are filled in the same rows, but for specks of a scan in a few."""
    if one is None:
        return False
    filled = [
        [bool(texts_of([row], span.first, span.last)) for row in body] for span in (one, other)
    ]
    shared = sum(map(all, zip(*filled, strict=True)))
    return shared > SPOILT * max(map(sum, filled))
