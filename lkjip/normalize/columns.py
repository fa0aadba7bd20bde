"""Printed headers → columns with roles and periods.

A column is a leaf of the header: it may cover several columns of the grid (a
code over five narrow cells, `Rp` beside its amount). What a header says is
checked against what the cells hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lkjip.normalize.beside import fit_together, one_of_each
from lkjip.normalize.content import (
    EXPLICIT_MONEY,
    MONEY_ROLES,
    Content,
    Span,
    are_items,
    content_of,
    heading,
    texts_of,
)
from lkjip.normalize.layout import Header, Matrix, cells_of, counts_columns, numbers_columns
from lkjip.normalize.roles import period_of, role_of, squash
from lkjip.records import Cell, Column, Role

WHOLE = re.compile(r"\D*(\d{1,3}(?:[.,\s]\d{3})+|\d+)")
MOST_PERCENT = 200  # hardly any realisasi is twice its anggaran
THINGS = re.compile(r"\((ton|kg|kw|ha|km|m[23]|liter|ekor|orang|jiwa|kk|unit|buah|batang|butir)\)")
CURRENCY = re.compile(r"(rp|idr)\s*\.?", re.I)
FIGURES = (*MONEY_ROLES, Role.CAPAIAN, Role.TARGET, Role.REALISASI_KINERJA, Role.CAPAIAN_KINERJA)


Leaf = tuple[int, int, tuple[str, ...]]  # first and last grid column, path of its header


def read_columns(places: Matrix, header: Header) -> tuple[Span, ...]:
    """The columns of a table, left to right, with roles that fit their content."""
    body = [row for row in places[header.end :] if not numbers_columns(row)]
    spans: list[Span] = []
    for first, last, path in _whole_leaves(_leaves(places, header), body):
        for start, stop in _parts(body, first, last):
            texts = texts_of(body, start, stop)
            column = Column(
                len(spans), path, _role(path, content_of(texts), texts), period_of(path)
            )
            spans.append(Span(column, start, stop))
    return tuple(one_of_each(fit_together(spans, body), body))


def _leaves(places: Matrix, header: Header) -> list[Leaf]:
    """(first, last, path) of each leaf of the header; one a grid column where there is none."""
    width = len(places[0]) if places else 0
    leaves: list[Leaf] = []
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


def _whole_leaves(leaves: list[Leaf], body: list[list[Cell | None]]) -> list[Leaf]:
    """Leaves with a heading over nothing joined with a neighbour that has cells but no heading."""
    whole: list[Leaf] = []
    for first, last, path in leaves:
        if whole and bool(path) != bool(whole[-1][2]):
            before = whole[-1]
            heads = {squash(part) for part in before[2] or path}  # they come back on every page
            filled = [
                any(squash(text) not in heads for text in texts_of(body, *columns))
                for columns in (before[:2], (first, last))
            ]
            if filled == [not before[2], not path]:
                whole[-1] = (before[0], last, before[2] or path)
                continue
        whole.append((first, last, path))
    return whole


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
    items = [c for c in full[:1] if are_items(columns[c])]
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
    header = heading(path)
    is_money = (content.large if "%" in header else content.money) >= 0.4
    if role is Role.CAPAIAN and (is_money or _exceeds(texts, header)):
        return Role.REALISASI if re.search("[sy]erap", header) else Role.OTHER
    if role is Role.TARGET and content.large >= 0.6 and not THINGS.search(header):
        return Role.ANGGARAN
    is_named = bool(EXPLICIT_MONEY.search(header))
    if role is Role.ANGGARAN and content.large < 0.3 and not is_named:
        return Role.OTHER  # "Jumlah" of people or things
    if role in MONEY_ROLES and content.filled and not is_money and content.text > 0.6:
        return Role.NAME if role is Role.ANGGARAN and content.text > 0.8 else Role.OTHER
    if role is Role.REALISASI and content.filled and not content.money and not is_named:
        return Role.REALISASI_KINERJA
    if role is Role.NAME and are_items(texts):
        return Role.NO
    if role is Role.NAME and is_money and content.text < 0.3:
        return Role.OTHER
    return role


def _exceeds(texts: Sequence[str], header: str) -> bool:
    """Whether a column that names no percentage holds numbers that are none."""
    found = (WHOLE.match(text) for text in texts)
    wholes = [int(re.sub(r"\D", "", number[1])) for number in found if number]
    beyond = sum(whole > MOST_PERCENT for whole in wholes)
    return not re.search(r"%|persen|prosen", header) and beyond > 0.5 * max(len(wholes), 1)
