"""Amounts in running text, joined to the table lines they speak of. (Being built.)"""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.issues import Issue
from lkjip.records import Mention, Page, ReadTable


def find_mentions(
    pages: Sequence[Page], tables: Sequence[ReadTable]
) -> tuple[tuple[Mention, ...], tuple[Issue, ...]]:
    """Every amount stated in prose, with the line it names where one is found."""
    return (), ()
