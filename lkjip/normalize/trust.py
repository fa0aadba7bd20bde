"""How far an amount read by OCR may be believed, from its own cell.

Two independent readings that agree in a sound format keep their value; the
confidence says whether that is enough (fine print) or whether the report's own
arithmetic must confirm it (`confirm.py`). Anything else is taken back and
becomes a candidate: the sums may still prove it, or a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.normalize.rows import number_text
from lkjip.records import Amount, TextLine

SURE = 0.99  # of values at or above it, 99.5 % are right: benchmarks/scanned_trust.py
# Confidence of readings that a percentage or another print may confirm: of 1,313 numbers of
# Tabel 3.1 at 100 and 120 dpi that agreed with 0.97 one was misread, of 503 others seven.
CLEAR = 0.95
MOST = 40  # candidates


def is_typed(lines: Sequence[TextLine]) -> bool:
    return all(line.confidence >= 1 and not line.readings for line in lines)


def is_doubtful(amount: Amount) -> bool:
    """Whether an amount comes from OCR that its own cell does not make sure."""
    return amount.confidence < SURE


def trust(amount: Amount, lines: Sequence[TextLine], parse: Callable[[str], Amount]) -> Amount:
    """The amount of OCR lines with their confidence, its value only where both readings agree.

    `parse` reads a text in the way in which `amount` was read from `lines`.
    """
    if is_typed(lines):
        return amount
    confidence = min(line.confidence for line in lines)
    others = _other_texts(lines)
    parsed = [parse(text) for text in others]
    agree = bool(others) and all(_means(other) == _means(amount) for other in parsed)
    if amount.value is not None and agree and not lost_marks(amount.raw):
        return replace(amount, confidence=confidence, readings=others)
    return replace(
        amount,
        value=None,
        source=None,
        candidates=_distinct([amount, *parsed]),
        confidence=confidence if others and is_alike(amount.raw, *others) else 0.0,
        readings=others,
    )


def _other_texts(lines: Sequence[TextLine]) -> tuple[str, ...]:
    """The further readings of a cell, each of all its lines."""
    count = max(len(line.readings) for line in lines)
    texts = []
    for number in range(count):
        picked = [
            replace(line, text=line.readings[number]) if number < len(line.readings) else line
            for line in lines
        ]
        texts.append(number_text(picked))
    return tuple(texts)


def _means(amount: Amount) -> tuple[Decimal, ...]:
    """What a reading may mean: its value, or all that a damaged print leaves open."""
    return amount.candidates if amount.value is None else (amount.value,)


def _distinct(read: Sequence[Amount]) -> tuple[Decimal, ...]:
    """Every value that a reading may mean, the first reading's first."""
    found: list[Decimal] = []
    for amount in read:
        found += _means(amount)
    return tuple(dict.fromkeys(found))[:MOST]


def is_alike(first: str, *others: str) -> bool:
    """Whether readings have the same digits, whatever they make of the marks between them."""
    return all(digits_in(other) == digits_in(first) for other in others)


def lost_marks(raw: str) -> bool:
    """Whether a large amount shows no mark at all: the scan may have lost a decimal comma."""
    return len(digits_in(raw)) > 3 and not any(mark in raw.strip(" .,-") for mark in ".,")


def digits_in(text: str) -> str:
    """The digits of a print, without what stands between them."""
    return "".join(char for char in text if char.isdigit())
