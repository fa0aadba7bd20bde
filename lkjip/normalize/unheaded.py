"""Roles where the header does not tell, or tells of something else.

A header that the scan lost leaves the cells to speak: one column of large
amounts in rupiah beside one of words is a budget. "% anggaran" without a
realisasi is a share of the whole budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lkjip.normalize.content import Span, are_items, content_of, texts_of, with_role
from lkjip.normalize.layout import Header, Matrix
from lkjip.records import Role

MILLIONS = re.compile(r"\D*\d{1,3}([.,\s]\d{3}){2,4}\D*")
SHARE = re.compile(r"(%|persen|persentase|prosentase)(anggaran|pagu|alokasi|belanja)")
RUPIAH = 0.8  # share of a column's cells that are millions and more: nothing else is so large
WORDS = 0.8  # share of a name column's cells that are words
FEWEST = 4  # rows that can tell


def with_roles(spans: Sequence[Span], places: Matrix, header: Header) -> tuple[Span, ...]:
    """The columns with roles for a lost header, and shares of the whole told apart."""
    roles = {span.column.role for span in spans}
    if Role.REALISASI not in roles:  # "% anggaran": a share of the whole, not of what was spent
        spans = [with_role(s, Role.OTHER) if _is_share_of_whole(s) else s for s in spans]
    if header.first == header.end and roles <= {Role.OTHER, Role.NAME, Role.NO}:
        return _from_cells(spans, places)
    return tuple(spans)


def _is_share_of_whole(span: Span) -> bool:
    header = re.sub(r"[^a-z%]", "", "".join(span.column.header).lower())
    return span.column.role is Role.CAPAIAN and bool(SHARE.fullmatch(header))


def _from_cells(spans: Sequence[Span], places: Matrix) -> tuple[Span, ...]:
    texts = {span.column.index: texts_of(places, span.first, span.last) for span in spans}
    money = [i for i, cells in texts.items() if _share(bool(MILLIONS.fullmatch(c)) for c in cells)]
    words = [
        i for i, cells in texts.items() if len(cells) >= FEWEST and content_of(cells).text >= WORDS
    ]
    if len(money) != 1 or len(words) != 1 or len(texts[money[0]]) < FEWEST:
        return tuple(spans)
    if not any(char.isdigit() for char in texts[money[0]][0]):  # headed, by words not known
        return tuple(spans)
    items = [i for i, cells in texts.items() if are_items(cells)]
    roles = {words[0]: Role.NAME, money[0]: Role.ANGGARAN, **dict.fromkeys(items[:1], Role.NO)}
    return tuple(with_role(span, roles.get(span.column.index, span.column.role)) for span in spans)


def _share(found: Iterable[bool]) -> bool:
    marks = list(found)
    return bool(marks) and sum(marks) >= RUPIAH * len(marks)
