"""Target, realisasi and capaian of an indicator, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.proof.book import agrees
from lkjip.normalize.trust import CLEAR, is_doubtful
from lkjip.records import Amount, Indicator, Source

# A printed capaian may be rounded or cut; the corpus prints 99 for 99,56.
SLACK = Decimal("1.0")
WHOLE = Decimal(100)  # percent
LIKELY = Decimal(1000)  # percent; the corpus goes up to 605,93


def checked_capaian(
    indicators: Sequence[Indicator], table: int
) -> tuple[tuple[Indicator, ...], tuple[Issue, ...]]:
    """Indicators whose capaian follows from target and realisasi, and an issue for the others.

    Falling indicators and local rules are many, so it is a warning; only a capaian in the
    thousands that follows from nothing is in doubt and loses its value.
    """
    checked, issues = list[Indicator](), list[Issue]()
    for indicator in indicators:
        one = _decided(indicator)
        usual = _usual_capaian(one)
        printed = one.capaian.value if one.capaian else None
        if printed is not None and not any(abs(value - printed) <= SLACK for value in usual):
            issues += [_mismatch(one, usual, table)] if usual else []
            if printed > LIKELY or _may_lack_its_comma(one.capaian):
                one = replace(one, capaian=_doubtful(one.capaian, usual))
        issues += _unread(one, table)
        checked.append(one)
    return tuple(checked), tuple(issues)


def _decided(one: Indicator) -> Indicator:
    """An indicator whose doubtful numbers only one reading of agrees with its capaian."""
    amounts = (one.target, one.realisasi, one.capaian)
    if not any(amount and amount.candidates for amount in amounts):
        return one
    readings = [_readings(amount) for amount in amounts]
    follows = _proves if any(map(_is_doubted_scan, amounts)) else _follows
    fitting = [values for values in product(*readings) if follows(_with_values(one, values))]
    if not fitting or any(len({values[i] for values in fitting}) > 1 for i in range(3)):
        return one
    return _with_values(one, fitting[0])


def _unread(one: Indicator, table: int) -> list[Issue]:
    """An issue for each number of a scan that its capaian does not prove."""
    named = {"target": one.target, "realisasi": one.realisasi, "capaian": one.capaian}
    return [
        Issue(
            IssueCode.OCR_DISAGREEMENT,
            Severity.WARNING,
            f"{name} of {one.indikator[:80]!r} is read from the scan as “{amount.raw}”, "
            "and nothing confirms it",
            page=one.page,
            table=table,
            row=one.row,
            column=name,
            candidates=amount.candidates,
        )
        for name, amount in named.items()
        if amount and amount.value is None and amount.candidates and amount.confidence < 1
    ]


def _readings(amount: Amount | None) -> tuple[Decimal | None, ...]:
    if amount is None:
        return (None,)
    return amount.candidates or (amount.value,)


def _with_values(one: Indicator, values: Sequence[Decimal | None]) -> Indicator:
    """The indicator with these values in place of its doubts."""
    target, realisasi, capaian = (
        amount
        if amount is None or not amount.candidates
        else replace(amount, value=value, source=Source.PARSED, candidates=())
        for amount, value in zip((one.target, one.realisasi, one.capaian), values, strict=True)
    )
    return replace(one, target=target, realisasi=realisasi, capaian=capaian)


def _is_doubted_scan(amount: Amount | None) -> bool:
    return amount is not None and amount.value is None and is_doubtful(amount)


def _proves(one: Indicator) -> bool:
    """Whether the capaian confirms numbers that were read clearly from a scan, to its last digit.

    It tells their ratio only: of two that are the same one must be sure by itself.
    """
    amounts = (one.target, one.realisasi, one.capaian)
    if not all(a and a.value is not None and a.confidence >= CLEAR for a in amounts):
        return False
    target, realisasi, capaian = (a.value for a in amounts if a and a.value is not None)
    if target == realisasi and all(a and is_doubtful(a) for a in amounts[:2]):
        return False
    exact = 100 * realisasi / target if target else None
    decimals = -int(capaian.as_tuple().exponent)
    if decimals < 1:  # two or three digits would let a misread one pass
        return exact == capaian
    return exact is not None and agrees(target, realisasi, capaian) is True


def _follows(one: Indicator) -> bool:
    printed = one.capaian.value if one.capaian else None
    if printed is None:
        return False
    return any(abs(value - printed) <= SLACK for value in _usual_capaian(one))


def _usual_capaian(one: Indicator) -> tuple[Decimal, ...]:
    """What target and realisasi give: rising, falling, falling the other way."""
    target = one.target.value if one.target else None
    real = one.realisasi.value if one.realisasi else None
    if not target or real is None:
        return ()
    falling = (100 * target / real,) if real else ()
    return (100 * real / target, 100 * (2 * target - real) / target, *falling)


def _may_lack_its_comma(amount: Amount | None) -> bool:
    """Whether a scan shows a whole percentage above 100 that follows from nothing ("985")."""
    return (
        amount is not None
        and amount.value is not None
        and amount.confidence < 1
        and amount.value > WHOLE
        and not re.search(r"\d[.,]\d", amount.raw)
    )


def _doubtful(amount: Amount | None, usual: Sequence[Decimal]) -> Amount:
    assert amount is not None
    assert amount.value is not None
    return replace(amount, value=None, source=None, candidates=(amount.value, *usual))


def _mismatch(one: Indicator, usual: Sequence[Decimal], table: int) -> Issue:
    raws = [amount.raw if amount else "" for amount in (one.capaian, one.target, one.realisasi)]
    return Issue(
        IssueCode.INDICATOR_MISMATCH,
        Severity.WARNING,
        f"capaian of {one.indikator[:80]!r} is printed {raws[0]}, but target {raws[1]} and "
        f"realisasi {raws[2]} give {usual[0]:.2f}",
        page=one.page,
        table=table,
        row=one.row,
        column="capaian",
        candidates=tuple(round(value, 2) for value in usual),
    )
