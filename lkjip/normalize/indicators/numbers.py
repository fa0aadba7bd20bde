"""The numbers of a performance table, where a dot may be thousands or decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.normalize.numbers import parse_decimal
from lkjip.normalize.trust import is_doubtful, trust
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
    doubt, as "3,000" always is: both readings become candidates. What a scan leaves in
    doubt is a candidate too: the capaian may prove it.
    """
    raw = " ".join(" ".join(line.text.split()) for line in lines)
    if not raw.strip():
        return None
    place = Amount(raw, None, box=lines[0].box, page=page)
    if is_several:
        return place

    def parse(text: str) -> Amount:
        return _parsed(text, place, has_dots=has_dots)

    amount = trust(parse(number), lines, parse)
    if amount.value is not None and is_doubtful(amount):
        return replace(amount, value=None, source=None, candidates=(amount.value,))
    return amount


def _parsed(number: str, place: Amount, *, has_dots: bool) -> Amount:
    either = _EITHER.fullmatch(number.strip())
    if either and (either["mark"] == "," or has_dots):
        whole, rest = either["whole"], either["rest"]
        return replace(place, candidates=(Decimal(whole + rest), Decimal(f"{whole}.{rest}")))
    value = parse_decimal(number)
    return replace(place, value=value, source=None if value is None else Source.PARSED)
