"""Text of a cell to a number, or to candidates; never a guess. (Being built: see the API below.)"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from lkjip.records import Amount, Box


class Style(StrEnum):
    """Which separators a column of numbers uses, decided from all its cells."""

    INDONESIAN = "indonesian"  # 1.234.567,89
    ENGLISH = "english"  # 1,234,567.89
    ALL_COMMA = "all-comma"  # 641,773,572,00
    ALL_DOT = "all-dot"  # 641.773.572.00


def column_style(texts: Iterable[str]) -> Style:
    """The style that reads the most cells of one column; Indonesian when nothing tells."""
    raise NotImplementedError


def parse_money(
    raw: str,
    style: Style = Style.INDONESIAN,
    unit: int = 1,
    *,
    box: Box | None = None,
    page: int | None = None,
) -> Amount:
    """A rupiah amount. Malformed → value None and candidates, most likely first."""
    raise NotImplementedError


def parse_percent(raw: str, *, box: Box | None = None, page: int | None = None) -> Amount:
    """A percentage ("98,64", "100.00", "99.03 %")."""
    raise NotImplementedError


def parse_decimal(raw: str) -> Decimal | None:
    """A plain number of a performance table ("12 bulan" → 12, "≥ 80" → 80, "WTP" → None)."""
    raise NotImplementedError
