"""Where the header of a table ends: at the rule under it, or above the first figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lkjip.extract.general.columns import Column, place
from lkjip.extract.general.rules import Rule, is_between
from lkjip.extract.general.strips import Strip, numeric_columns, strip_of
from lkjip.extract.general.texts import YEAR, Line

MOST = 8  # lines of a header of figures
MOST_OF_WORDS = 4  # … of a table of words, to the rule under it
HEADED = 0.7  # share of the columns that have a heading
UNIT = re.compile(r"\(.*\)|%")  # (1 000)


def header_lines(lines: Sequence[Line], columns: Sequence[Column], bounds: Sequence[Rule]) -> int:
    """The number of lines of the header: to the rule under it, or to the first figures."""
    strips = [strip_of([place(t, columns) for t in line.texts], line.top, line.bottom)
              for line in lines]  # fmt: skip
    numeric = numeric_columns(strips, len(columns))
    ruled = [n for n in range(1, len(lines)) if is_between(lines[n - 1], lines[n], bounds)]
    if not any(numeric):
        return ruled[0] if ruled and ruled[0] <= MOST_OF_WORDS else _bold_lines(lines)
    first = next((n for n, strip in enumerate(strips) if _is_data(strip, numeric)), 0)
    if first > MOST:
        return 0
    over = [n for n in ruled if n <= first]
    if over:
        return next((n for n in over if _are_headed(strips[:n], len(columns))), over[-1])
    while (
        first > 1
        and _are_headed(strips[: first - 1], len(columns))
        and (set(strips[first - 1].columns) == {0} or len(lines[first - 1].texts) == 1)
    ):
        first -= 1
    return first


def _are_headed(strips: Sequence[Strip], count: int) -> bool:
    """Whether most columns but that of the names have a heading among these lines."""
    headed = {c for s in strips for p in s.texts for c in range(p.first, p.last + 1)} - {0}
    return len(headed) >= HEADED * (count - 1)


def _bold_lines(lines: Sequence[Line]) -> int:
    bold = [all(t.bold for t in line.texts) for line in lines]
    if all(bold):
        return 0
    return next(n for n, is_bold in enumerate(bold) if not is_bold)


def _is_data(strip: Strip, numeric: Sequence[bool]) -> bool:
    texts = [t for c, held in strip.columns.items() if numeric[c] for t in held]
    data = [
        t
        for t in texts
        if t.kind == "figure" and not YEAR.fullmatch(t.string) and not UNIT.fullmatch(t.string)
    ]
    empty = [t for t in texts if t.kind == "nothing"]
    return bool(data) or (bool(empty) and 0 in strip.columns and len(empty) == len(texts))
