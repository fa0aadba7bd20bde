"""What a reviewer types → a plain decimal; nothing that could be read in two ways."""

from __future__ import annotations

import re

from lkjip.errors import UsageError
from lkjip.review.anchors import ACCOUNT, slot_of

_MONEY = re.compile(r"-?(\d{1,16}|\d{1,3}(\.\d{3}){1,5})(,\d{1,2})?")
_PERCENT = re.compile(r"-?\d{1,5}([.,]\d{1,4})?")
_ACCOUNT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.]{0,39}")
_NAME = re.compile(r"\S(.{0,198}\S)?")
_YEAR = re.compile(r"(19|20)\d\d")
_PERCENTAGES = frozenset({"capaian", "fisik", "capaian_kinerja"})


def read_typed(text: str, column: str) -> str:
    """The value as a plain decimal (an account's code as it is); raises UsageError."""
    text = text.strip()
    if column in ("agency", "region"):
        return _whole(_NAME, text, "a name is a few words")
    if column == "year":
        return _whole(_YEAR, text, "a year is like 2021")
    if column == ACCOUNT:
        return _whole(_ACCOUNT, text, "an account code is like 5.1.02.01.01.0024")
    if slot_of(column).measure in _PERCENTAGES:
        text = text.removesuffix("%").strip()
        return _whole(_PERCENT, text, "a percentage is like 98,64").replace(",", ".")
    text = re.sub(r"^Rp\.?\s*", "", text, flags=re.IGNORECASE)
    money = _whole(_MONEY, text, "an amount is like 50.000.000 or 50000000")
    return money.replace(".", "").replace(",", ".")


def _whole(pattern: re.Pattern[str], text: str, like: str) -> str:
    if not (text.isascii() or pattern is _NAME) or not pattern.fullmatch(text):
        raise UsageError(f"{text[:40]!r} cannot be read: {like}")
    return text
