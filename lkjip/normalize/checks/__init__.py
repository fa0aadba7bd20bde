"""The checks of a budget table, one rule a file: `check(book)` yields its issues.

They run in the order of `CHECKS`: what pins a fault down comes before what only
notices it, and marks the identities it explains, so that one cause gives one issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lkjip.issues import Issue
from lkjip.normalize.checks import capaian, malformed, missing, over, sisa, slips, sums
from lkjip.normalize.ledger.book import Book

CHECKS: tuple[Callable[[Book], Iterator[Issue]], ...] = (
    malformed.check,
    slips.check,
    missing.check,
    sums.check,
    capaian.check,
    sisa.check,
    over.check,
)
