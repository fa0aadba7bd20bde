"""Which numbers of a scan sums and percentages prove, digit by digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lkjip.normalize.proof.digits import Arithmetic, Closed, Fit, proven


def read(*numbers: str) -> dict[str, Decimal]:
    return {"wpqr"[i]: Decimal(number) for i, number in enumerate(numbers)}


@pytest.mark.parametrize(
    ("numbers", "expected", "why"),
    [
        (("12300", "7500", "4800"), "wpq", "no digit of the total is that of a part"),
        (("612300", "607500", "4800"), "q", "a first 6 in both: both may be an 8"),
        (("1050000", "800000", "250000"), "p", "a 5 in both; the 8 only in its part"),
        (("3500", "1200", "2300"), "", "as long as the total: it may lack its first digit, too"),
    ],
)
def test_sums(numbers: tuple[str, ...], expected: str, why: str) -> None:
    total = Closed("w", tuple("pqr"[: len(numbers) - 1]))
    found = proven(read(*numbers), set(), set(), Arithmetic([total], [], []))
    assert found == set(expected), why


def test_what_is_sure_proves_what_it_stands_beside() -> None:
    total = Arithmetic([Closed("w", ("p", "q"))], [], [])
    assert proven(read("612300", "607500", "4800"), {"w"}, set(), total) == {"p", "q"}
    again = Arithmetic([], [], [("w", "p")])
    assert proven(read("16523280860", "16523280860"), {"w"}, set(), again) == {"p"}


def test_a_percentage_proves_first_digits() -> None:
    values = {"a": Decimal(6400), "r": Decimal(5900), "c": Decimal("92.19")}
    fit = Arithmetic([], [Fit("a", "r", "c")], [])
    assert proven(values, set(), set(), fit) == {"a", "r", "c"}
    values["a"], values["r"] = Decimal(6400123), Decimal(5900217)
    assert proven(values, set(), set(), fit) == set()
    assert proven(values, {"a", "r"}, set(), fit) == {"c"}


def test_three_numbers_that_share_a_digit_may_be_misread_alike() -> None:
    """10.000.000, 70.000.000 and 700,00: each 7 may be a 1."""
    values = {"a": Decimal(10**7), "r": Decimal(7 * 10**7), "c": Decimal("700.00")}
    assert not proven(values, {"a"}, set(), Arithmetic([], [Fit("a", "r", "c")], []))


@settings(deadline=None, max_examples=200)
@given(
    parts=st.lists(st.integers(1, 10**9), min_size=2, max_size=5),
    seen=st.permutations("0123456789"),
    misread=st.sampled_from("0123456789"),
)
def test_no_digit_misread_everywhere_is_ever_proven(
    parts: list[int], seen: list[str], misread: str
) -> None:
    """Each print of one digit is read as another: whatever closes, no wrong number is proven."""
    table = str.maketrans(misread, seen[0])
    truth = [sum(parts), *parts]
    prints = [str(number).translate(table) for number in truth]
    assume(not any(text.startswith("0") for text in prints))
    values = dict(enumerate(map(Decimal, prints)))
    assume(values[0] == sum(values[i] for i in range(1, len(truth))))
    total = Closed(0, tuple(range(1, len(truth))))
    found = proven(values, set(), set(), Arithmetic([total], [], []))
    assert all(values[i] == truth[i] for i in found)
