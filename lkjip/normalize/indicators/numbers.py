"""The numbers of a performance table, where a dot may be thousands or decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from lkjip.normalize.numbers import parse_decimal
from lkjip.normalize.trust import SURE
from lkjip.records import Amount, Source, TextLine

_DOT_DECIMALS = re.compile(r"(?<![\d.,])\d{1,4}\.\d{1,2}(?![\d.,])")
_EITHER = re.compile(r"\D*?(?P<whole>[1-9]\d{0,2})(?P<mark>[.,])(?P<rest>\d{3})(?![\d.,])(?:\D.*)?")


def prints_dot_decimals(texts: Iterable[str]) -> bool:
    """Whether some number has one or two digits behind a dot ("101.12")."""
    return any(_DOT_DECIMALS.search(text) for text in texts)


def read_number(
    lines: Sequence[TextLine], number: str, page: int, *, is_several: bool, has_dots: bool
) -> Amount | None:
    """The amount of a value cell, None where it is blank.

    `number` is its text with broken digits joined. Beside dot decimals "79.912" is in
    doubt, as "3,000" always is: both readings become candidates.
    """
    raw = " ".join(" ".join(line.text.split()) for line in lines)
    if not raw.strip():
        return None
    value = None if is_several else parse_decimal(number)
    candidates: tuple[Decimal, ...] = ()
    either = None if is_several else _EITHER.fullmatch(number.strip())
    if either and (either["mark"] == "," or has_dots):
        value = None
        candidates = (
            Decimal(either["whole"] + either["rest"]),
            Decimal(f"{either['whole']}.{either['rest']}"),
        )
    confidence = min(line.confidence for line in lines)
    if value is not None and confidence < SURE:  # of a scan: its capaian may prove it
        candidates, value = (value,), None
    source = None if value is None else Source.PARSED
    return Amount(raw, value, source, candidates, lines[0].box, page, confidence)
