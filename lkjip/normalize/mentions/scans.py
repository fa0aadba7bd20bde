"""Amounts in the text of scanned pages: written where they are sure, else candidates.

The same rule as for amounts of tables. Sure is what two readings agree on at a size at
which that has proven safe. Proven is what the report says again: in words, or in a
line of its tables that the text speaks of or that repeats all of many digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.arithmetic import MANY, digits_of
from lkjip.normalize.mentions.amounts import Spoken, find_amounts
from lkjip.normalize.mentions.prose import Paragraph
from lkjip.normalize.numbers import Style
from lkjip.normalize.proof.book import agrees
from lkjip.normalize.trust import SURE, lost_marks
from lkjip.records import Mention, ReadTable

# A digit goes on behind the number: a mark of it was lost ("2.671 018"), or a digit read as a
# letter ("2.671.O18").
_GOES_ON = re.compile(r"[.,]?[ ]?[.,]?[OoQDIilJSsBbZzGgqTAE|]{0,3}[.,]?\d")
WHOLE = Decimal(100)  # percent; more without a decimal mark may have lost it


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a scan leaves open of one amount; `readings` are what it may be."""

    readings: tuple[Decimal, ...]


def doubts_of(
    paragraph: Paragraph, amounts: Sequence[Spoken], style: Style
) -> tuple[Doubt | None, ...]:
    """For each amount of a paragraph whether it is in doubt; None where it is typed or sure."""
    if paragraph.again is None:
        return (None,) * len(amounts)
    again = find_amounts(paragraph.again, style)
    said = {(one.value, one.percent) for one in again}
    found: list[Doubt | None] = []
    for index, spoken in enumerate(amounts):
        other = again[index] if len(again) == len(amounts) else None
        is_sure = (
            paragraph.confidence_of(spoken.start, spoken.tail) >= SURE
            and (spoken.value, spoken.percent) in said
            and _is_whole(spoken, paragraph.text)
        )
        found.append(None if is_sure else Doubt(_readings(spoken, other)))
    return tuple(found)


def _is_whole(spoken: Spoken, text: str) -> bool:
    """Whether no mark of the amount or its percentage seems lost."""
    percent = spoken.percent
    is_percent = percent is None or percent <= WHOLE or percent % 1 != 0
    is_number = not lost_marks(spoken.raw) and not (spoken.precision and _is_long(spoken.raw))
    return is_percent and is_number and not _GOES_ON.match(text, spoken.end)


def _is_long(raw: str) -> bool:
    """ "267 milyar": three digits of millions without a mark may be 2,67."""
    return len(re.findall(r"\d", raw)) > 2 and not re.search(r"\d[.,]\d", raw)


def _readings(*read: Spoken | None) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    for spoken in read:
        if spoken is not None:
            found += [spoken.value] if spoken.value is not None else spoken.candidates
            found += [Decimal(spoken.words.value)] if spoken.words and spoken.words.value else []
    return tuple(dict.fromkeys(found))


def settled(
    mentions: Sequence[Mention], doubts: Sequence[Doubt | None], tables: Sequence[ReadTable]
) -> tuple[tuple[Mention, ...], tuple[Issue, ...]]:
    """The mentions of one statement without what is in doubt, and an issue for each of these.

    `mentions` are joined to their lines already.
    """
    if not any(doubts):
        return tuple(mentions), ()
    printed = {value for value in _printed(tables) if digits_of(value) > MANY}
    open_ = [
        doubt if doubt and not _is_proven(mention, printed) else None
        for mention, doubt in zip(mentions, doubts, strict=True)
    ]
    known = [m for m, doubt in zip(mentions, open_, strict=True) if doubt is None]
    kept, issues = [], []
    for mention, doubt, was in zip(mentions, open_, doubts, strict=True):
        if doubt is not None:
            kept.append(_withheld(mention))
            issues.append(_issue(mention, doubt))
        elif was is not None:
            kept.append(_with_proven_parts(mention, known))
        else:
            kept.append(mention)
    return tuple(kept), tuple(issues)


def _printed(tables: Sequence[ReadTable]) -> Iterator[Decimal]:
    """Every amount of the report's tables, which are sure or proven by now."""
    for table in tables:
        for line in table.lines:
            for amount in line.amounts.values():
                if amount.value is not None:
                    yield amount.value


def _is_proven(mention: Mention, printed: set[Decimal]) -> bool:
    if mention.value is None:
        return False
    return bool(mention.agrees) or mention.words_value == mention.value or mention.value in printed


def _with_proven_parts(mention: Mention, known: Sequence[Mention]) -> Mention:
    """A proven amount with its words where they say the same, its percentage where it fits."""
    words = mention.words_value if mention.words_value == mention.value else None
    fits = mention.percent is not None and any(
        agrees(whole, part, mention.percent)
        for part in (one.value for one in known if one.measure == "realisasi")
        for whole in (one.value for one in known if one.measure == "anggaran")
        if part is not None and whole is not None
    )
    return replace(mention, words_value=words, percent=mention.percent if fits else None)


def _withheld(mention: Mention) -> Mention:
    return replace(mention, value=None, percent=None, words_value=None, agrees=None)


def _issue(mention: Mention, doubt: Doubt) -> Issue:
    return Issue(
        IssueCode.OCR_DISAGREEMENT,
        Severity.WARNING,
        f"{mention.measure} of {mention.name or '(no name)'} in the text is read from the scan as "
        f"“{mention.raw}”, and nothing confirms it",
        page=mention.page,
        evidence={"name": mention.name, "measure": mention.measure, "words": mention.words_raw},
        candidates=doubt.readings[:8],
        proposed=doubt.readings[0] if doubt.readings else None,
        rupiah_at_stake=max(doubt.readings[:3], default=None),
    )
