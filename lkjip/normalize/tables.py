"""Table → ReadTable: what its columns hold, and its lines or indicators. (Being built.)"""

from __future__ import annotations

from lkjip.issues import Issue
from lkjip.records import ReadTable, Table, TableKind


def read_table(table: Table, number: int) -> tuple[ReadTable, tuple[Issue, ...]]:
    return ReadTable(number, table, TableKind.OTHER, ()), ()
