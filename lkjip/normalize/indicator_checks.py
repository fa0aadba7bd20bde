"""Target, realisasi and capaian of an indicator, checked against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Amount, Indicator

# A printed capaian may be rounded or cut; the corpus prints 99 for 99,56.
SLACK = Decimal("1.0")
LIKELY = Decimal(1000)  # percent; the corpus goes up to 605,93


def checked_capaian(
    indicators: Sequence[Indicator], table: int
) -> tuple[tuple[Indicator, ...], tuple[Issue, ...]]:
    """Indicators whose capaian follows from target and realisasi, and an issue for the others.

    Falling indicators and local rules are many, so it is a warning; only a capaian in the
    thousands that follows from nothing is in doubt and loses its value.
    """
    checked, issues = list[Indicator](), list[Issue]()
    for one in indicators:
        usual = _usual_capaian(one)
        printed = one.capaian.value if one.capaian else None
        if printed is None or any(abs(value - printed) <= SLACK for value in usual):
            checked.append(one)
            continue
        if usual:
            issues.append(_mismatch(one, usual, table))
        doubted = _doubtful(one.capaian, usual) if printed > LIKELY else one.capaian
        checked.append(replace(one, capaian=doubted))
    return tuple(checked), tuple(issues)


def _usual_capaian(one: Indicator) -> tuple[Decimal, ...]:
    """What target and realisasi give: rising, falling, falling the other way."""
    target = one.target.value if one.target else None
    real = one.realisasi.value if one.realisasi else None
    if not target or real is None:
        return ()
    falling = (100 * target / real,) if real else ()
    return (100 * real / target, 100 * (2 * target - real) / target, *falling)


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
