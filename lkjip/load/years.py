"""The year that an amount of a table is of, where the table plans ahead."""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
# What spans years, or leads to the end of a plan of several: "2018-2023", "Renstra s.d. 2023".
_SPAN = re.compile(
    r"20[0-4]\d\s*(?:[-–—/]|s\.?/?d\.?|sampai|hingga)|\b(?:renstra|rpj\w+)\b"
    r"|\b(?:sampai|hingga|s\.?/?d)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)  # asked for every fact of a table
def planned_year(title: str | None, year: int | None) -> int | None:
    """The later year that a title names ("Rencana Program dan Kegiatan Tahun 2017"), else `year`.

    A year before that of the report is not believed: titles are often left from the last one.
    """
    if year is None or not title or _SPAN.search(title):
        return year
    named = {int(found) for found in _YEAR.findall(title)}
    later = {one for one in named if one > year}
    return later.pop() if len(later) == 1 and year not in named else year
