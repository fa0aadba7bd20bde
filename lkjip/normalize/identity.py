"""Who reports on what: agency, region, year and kind of report. (Being built.)"""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.issues import Issue
from lkjip.records import Identity, Page


def identify(pages: Sequence[Page], file: str) -> tuple[Identity, tuple[Issue, ...]]:
    """The document's identity by agreement of several places; contradictions are issues."""
    return Identity(), ()
