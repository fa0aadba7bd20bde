"""Numbers of performance tables that come from a scan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.issues import IssueCode
from lkjip.normalize.indicators.checks import checked_capaian
from lkjip.normalize.indicators.numbers import read_number
from lkjip.records import NOWHERE, Amount, Indicator, TextLine


def read(first: str, second: str, confidence: float) -> Amount:
    readings = () if confidence == 1 else (second,)
    line = TextLine(first, NOWHERE, confidence=confidence, readings=readings)
    amount = read_number([line], first, 1, is_several=False, has_dots=False)
    assert amount is not None
    return amount


@pytest.mark.parametrize(
    ("first", "second", "confidence", "value", "candidates"),
    [
        ("85,5", "85,5", 1.0, "85.5", ()),
        ("85,5", "85,5", 0.999, "85.5", ()),
        ("85,5", "85,5", 0.98, None, ("85.5",)),
        ("85,5", "855", 0.999, None, ("85.5", "855")),  # same digits, a comma in one only
        ("12 bulan", "12 bulan", 0.995, "12", ()),
        ("2015", "2015", 0.995, None, ("2015",)),  # may be 20,15
    ],
)
def test_a_doubtful_number_is_a_candidate_only(
    first: str, second: str, confidence: float, value: str | None, candidates: tuple[str, ...]
) -> None:
    amount = read(first, second, confidence)
    assert amount.value == (None if value is None else Decimal(value))
    assert amount.candidates == tuple(map(Decimal, candidates))


@pytest.mark.parametrize(
    ("texts", "confidence", "values", "why"),
    [
        (("120", "118", "98,33"), 0.96, (120, 118, "98.33"), "clear, and the percentage fits"),
        (("120", "118", "98,33"), 0.7, (None,) * 3, "not clear"),
        (("120", "119", "98,33"), 0.96, (None,) * 3, "99,17 is another percentage"),
        (("100", "99", "98"), 0.96, (None,) * 3, "within a percent is no proof"),
        (("150", "120", "80"), 0.96, (150, 120, 80), "exactly"),
        (("120", "118", "98"), 0.96, (None,) * 3, "117 would round to 98 as well"),
        (("12", "12", "100"), 0.96, (None,) * 3, "both may be misread alike"),
    ],
)
def test_the_capaian_proves_clear_readings(
    texts: tuple[str, str, str], confidence: float, values: tuple[object, ...], why: str
) -> None:
    amounts = [read(text, text, confidence) for text in texts]
    one = Indicator(1, 1, None, None, "Jumlah peserta", None, *amounts)
    (checked,), issues = checked_capaian([one], 1)
    found = (checked.target, checked.realisasi, checked.capaian)
    expected = [None if value is None else Decimal(str(value)) for value in values]
    assert [amount and amount.value for amount in found] == expected, why
    codes = [issue.code for issue in issues]
    assert codes == [IssueCode.OCR_DISAGREEMENT] * sum(value is None for value in values)


def test_a_whole_capaian_above_100_of_a_scan_needs_its_numbers() -> None:
    sure = [read(text, text, 0.999) for text in ("120", "118", "983")]
    (checked,), _ = checked_capaian([Indicator(1, 1, None, None, "x", None, *sure)], 1)
    assert checked.capaian is not None
    assert checked.capaian.value is None
    assert Decimal(983) in checked.capaian.candidates
