"""What is written of an amount that OCR read, and what only becomes a candidate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.normalize.numbers import parse_money, parse_percent
from lkjip.normalize.trust import is_doubtful, trust
from lkjip.records import Box, TextLine

BOX = Box(0, 0, 10, 10)


def line(text: str, second: str | None, confidence: float) -> TextLine:
    readings = () if second is None else (second,)
    return TextLine(text, BOX, confidence=confidence, readings=readings)


@pytest.mark.parametrize(
    ("texts", "confidence", "value", "candidates", "seen"),
    [
        (("45.955.396.559", "45.955.396.559"), 0.995, 45955396559, (), "two readings, fine print"),
        (("45.955.396.559", "45.955.396.559"), 0.9, 45955396559, (), "jabar-sda p9, 100 dpi"),
        (("775.535", "775.536"), 0.0, None, (775535, 775536), "stress scan, 120 dpi"),
        (("5969111613", "5969111613"), 0.995, None, (5969111613,), "jabar-sda p11: no marks"),
        (
            ("93.013 848.568", "93.013 848.568"),
            0.995,
            None,
            (93013848568,),
            "jabar-sda p9: lost dot",
        ),
        (("150.000", None), 0.98, None, (150000,), "a cell that was read as words"),
        (("0", "0"), 0.995, 0, (), "a printed nought"),
    ],
)
def test_trust(
    texts: tuple[str, str | None],
    confidence: float,
    value: int | None,
    candidates: tuple[int, ...],
    seen: str,
) -> None:
    first, second = texts
    lines = (line(first, second, confidence),)
    amount = trust(parse_money(first), lines, parse_money)
    assert amount.value == (None if value is None else Decimal(value)), seen
    assert amount.candidates[: len(candidates)] == tuple(map(Decimal, candidates)), seen
    agree = first == second
    assert amount.confidence == (confidence if agree else 0)
    assert amount.readings == (() if second is None else (second,))
    assert amount.raw == first


def test_typed_amounts_pass_untouched() -> None:
    amount = parse_money("5969111613")
    assert trust(amount, (TextLine("5969111613", BOX),), parse_money) is amount


def test_the_least_sure_line_of_a_wrapped_number_decides() -> None:
    lines = (line("1.250.", "1.250.", 0.995), line("000", "000", 0.6))
    amount = trust(parse_money("1.250.000"), lines, parse_money)
    assert (amount.value, amount.confidence) == (Decimal(1250000), 0.6)
    assert is_doubtful(amount)


def test_percentages_are_doubted_alike() -> None:
    assert trust(
        parse_percent("93,51"), (line("93,51", "98,51", 0.0),), parse_percent
    ).candidates == (
        Decimal("93.51"),
        Decimal("98.51"),
    )
