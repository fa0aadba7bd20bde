"""Where the chart of accounts puts lines that neither a code nor a sum puts anywhere.

Of a quarter in which nothing was spent a table prints dashes, and its sums often do not
close; but "Administrasi Kepegawaian Perangkat Daerah" is a kegiatan wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkjip.records import Line, ReadTable

SURE = 0.9  # score of an account whose place is believed
ACTIVITY = re.compile(r"(?:\d|X)\.(?:\d\d|XX)\.\d\d")  # program, kegiatan, sub kegiatan; no belanja


def with_places(
    tables: Sequence[ReadTable], matched: Sequence[ReadTable]
) -> tuple[ReadTable, ...] | None:
    """The tables, with the accounts of those whose trees the chart denies; None if it denies none.

    `matched` are the same tables with their trees and accounts. `prove` takes the
    accounts for hints, as it does printed codes.
    """
    denied = {table.number: table for table in matched if _is_denied(table.lines)}
    if not denied:
        return None
    return tuple(
        replace(table, lines=_placed(table.lines, denied[table.number].lines))
        if table.number in denied
        else table
        for table in tables
    )


def _placed(lines: Sequence[Line], matched: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(
        replace(line, account=known.account if _is_placed(known) else None)
        for line, known in zip(lines, matched, strict=True)
    )


def _is_placed(line: Line) -> bool:
    """Whether the chart tells a line's place, and its own code does not."""
    account = line.account
    return (
        account is not None
        and line.code is None
        and bool(ACTIVITY.match(account.code or ""))
        and (account.score or 0) >= SURE
    )


def _is_denied(lines: Sequence[Line]) -> bool:
    """Whether a line hangs on another one than its own program or kegiatan, printed above it."""
    by_row = {line.row: line for line in lines}
    above: set[str] = set()
    for line in lines:
        if not _is_placed(line) or line.account is None:
            continue
        holder = line.account.parent
        if holder in above and not _hangs_on(line, holder, by_row):
            return True
        above.add(line.account.code or "")
    return False


def _hangs_on(line: Line, holder: str, by_row: Mapping[int, Line]) -> bool:
    parent = by_row.get(line.parent) if line.parent else None
    return parent is not None and parent.account is not None and parent.account.code == holder
