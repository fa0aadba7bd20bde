"""Figures in words that fit a chart or a table."""

from __future__ import annotations

from decimal import Decimal

SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))


def rupiah(value: Decimal) -> str:
    """Rp 3,4 miliar."""
    for scale, name in SCALES:
        if abs(value) >= scale:
            return f"Rp {value / scale:.1f} {name}".replace(".", ",")
    return f"Rp {count(int(value))}"


def percent(part: Decimal | float, whole: Decimal | float) -> str:
    return share(float(part) / float(whole)) if whole else "–"


def share(value: float | None) -> str:
    """98,6 %; never 100 % for what is not all."""
    if value is None:
        return "–"
    shown = f"{value * 100:.1f}"
    if shown == "100.0" and value < 1:
        shown = "99.9"
    return f"{shown} %".replace(".", ",")


def count(value: int) -> str:
    """12.345"""
    return f"{value:,}".replace(",", ".")
