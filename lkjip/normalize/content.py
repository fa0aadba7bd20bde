"""A column of a table, and what its cells hold, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lkjip.normalize.layout import AMOUNT, cells_of
from lkjip.normalize.roles import respelt, squash
from lkjip.records import Cell, Column, Role

PERCENT = re.compile(r"\(?-?\d{1,3}([.,]\d{1,4})?\)?\s*%?\.?")
LARGE = re.compile(r"\d{1,3}([.,]\s?\d{3}){2,5}|\d{7,}|(?<!\d)\d{1,3}(\s\d{3}){2,4}(?!\d)")
NUMBER = re.compile(
    r"[\d.,%()\s-]*\d[\d.,%()\s=*-]*|\(?-?\s?(rp|idr)[\s.]*\d[\d.,\s)=*-]*|(rp[\s.]*)?[-–]+|nihil",
    re.I,
)
SPOILT = 0.05  # of the item numbers of a column, in a scan
ITEM = re.compile(r"(\d{1,3}|[a-z]|[ivxl]{1,6})\s*[.)]*\.?|[•*-]", re.I)
EXPLICIT_MONEY = re.compile(
    r"rp(?!jm|oj)|\(idr|(?<!pel)anggaran|pagu|keuangan|dana|biaya|dpp?a|plafon|apbd|alokasi|belanja|rupiah"
    r"|[sy]erap|sp2d|\bspj|pengeluaran|dalam(ribu|juta|mil)|\(000\)"
)
MONEY_ROLES = (Role.ANGGARAN, Role.REALISASI, Role.SISA)


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


def are_items(texts: Sequence[str]) -> bool:
    """Whether texts are item numbers, one in twenty of which a scan may have spoilt."""
    return bool(texts) and sum(bool(ITEM.fullmatch(text)) for text in texts) >= (1 - SPOILT) * len(
        texts
    )


def with_role(span: Span, role: Role) -> Span:
    return replace(span, column=replace(span.column, role=role))


def heading(path: Iterable[str]) -> str:
    """A header path as the patterns are written against: squashed, and spelt as it should be."""
    return ">".join(respelt(squash(part)) for part in path)


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
    money = sum(bool(AMOUNT.search(t)) and is_number(t) for t in texts)
    large = sum(bool(LARGE.search(t)) and is_number(t) for t in texts)
    percent = sum(bool(PERCENT.fullmatch(t)) for t in texts)
    text = sum(not is_number(t) for t in texts)
    return Content(filled, money / filled, large / filled, percent / filled, text / filled)


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))
