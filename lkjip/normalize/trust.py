"""How far an amount read by OCR may be believed.

A value from a scan is written only if its format is sound and two independent
readings agree on print fine enough for agreement to have proven safe; the reader
of the page sums that up in the confidence of each line. Any other value is taken
back and becomes a candidate: the sums may still prove it, or a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from lkjip.normalize.rows import number_text
from lkjip.records import Amount, TextLine

SURE = 0.99  # of values at or above it, 99.5 % are right: benchmarks/scanned_trust.py
MOST = 40  # candidates


def is_typed(lines: Sequence[TextLine]) -> bool:
    return all(line.confidence >= 1 and not line.readings for line in lines)


def trust(amount: Amount, lines: Sequence[TextLine], parse: Callable[[str], Amount]) -> Amount:
    """The amount of OCR lines with their confidence, its value only where it can be believed.

    `parse` reads a text in the way in which `amount` was read from `lines`.
    """
    if is_typed(lines):
        return amount
    confidence = min(line.confidence for line in lines)
    others = _other_texts(lines)
    candidates = _distinct([amount, *(parse(text) for text in others)])
    sound = amount.value is not None and not _lost_marks(amount)
    if sound and confidence >= SURE:
        return replace(amount, confidence=confidence, readings=others)
    return replace(
        amount,
        value=None,
        source=None,
        candidates=candidates,
        confidence=confidence,
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


def _distinct(read: Sequence[Amount]) -> tuple[Decimal, ...]:
    """Every value that a reading may mean, the first reading's first."""
    found: list[Decimal] = []
    for amount in read:
        found += amount.candidates if amount.value is None else (amount.value,)
    return tuple(dict.fromkeys(found))[:MOST]


def _lost_marks(amount: Amount) -> bool:
    """Whether a large amount shows no mark at all: the scan may have lost a decimal comma."""
    digits = "".join(char for char in amount.raw if char.isdigit())
    return len(digits) > 3 and not any(mark in amount.raw for mark in ".,")
