"""Numbers of performance tables that come from a scan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.normalize.indicators.numbers import read_number
from lkjip.records import NOWHERE, TextLine


@pytest.mark.parametrize(("confidence", "is_sure"), [(1.0, True), (0.999, True), (0.98, False)])
def test_a_doubtful_number_is_a_candidate_only(confidence: float, is_sure: bool) -> None:
    line = TextLine("85,5", NOWHERE, confidence=confidence)
    amount = read_number([line], "85,5", 1, is_several=False, has_dots=False)
    assert amount is not None
    assert (amount.value == Decimal("85.5")) is is_sure
    assert amount.candidates == (() if is_sure else (Decimal("85.5"),))
