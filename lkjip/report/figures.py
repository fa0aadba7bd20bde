"""The figures of the report, asked of an output's Parquet files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lkjip.errors import UsageError

Row = dict[str, Any]

PROGRAMS_SHOWN = 15
TABLES = ("documents", "lines", "facts", "issues")

# A program that a report prints in several tables counts once: the row that has its realisasi,
# of those the one with the largest anggaran. `budgeted` is the anggaran beside a known realisasi.
PROGRAMS = """
    WITH once AS (
        SELECT lower(name) AS key, name, agency, anggaran, realisasi
        FROM lines
        WHERE lower(name) LIKE 'program %' AND anggaran IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY doc_id, agency, key ORDER BY realisasi IS NULL, anggaran DESC, line_id
        ) = 1
    )
    SELECT min(name) AS name, sum(anggaran) AS anggaran, sum(realisasi) AS realisasi,
           sum(anggaran) FILTER (realisasi IS NOT NULL) AS budgeted
    FROM once GROUP BY key ORDER BY anggaran DESC, key
"""

SERAPAN = """
    SELECT CASE WHEN realisasi > anggaran THEN 110
                ELSE floor(100 * realisasi / anggaran / 10) * 10 END::INTEGER AS floor,
           count(*)::INTEGER AS lines
    FROM lines
    WHERE kind = 'data' AND anggaran > 0 AND realisasi >= 0
    GROUP BY floor ORDER BY floor
"""

ISSUES = """
    SELECT code, severity, count(*)::INTEGER AS issues,
           count(*) FILTER (state <> 'open')::INTEGER AS settled,
           coalesce(sum(rupiah_at_stake) FILTER (state = 'open'), 0) AS stake
    FROM issues GROUP BY code, severity ORDER BY issues DESC, code
"""

DOCUMENTS = """
    FROM (
    SELECT d.file, d.status, d.reason, d.agency, d.region, d.year, d.pages, d.lines,
           d.verified_share,
           count(i.issue_id) FILTER (i.state = 'open' AND i.severity <> 'info')::INTEGER AS open,
           coalesce(sum(i.rupiah_at_stake) FILTER (i.state = 'open'), 0) AS stake
    FROM documents d LEFT JOIN issues i ON i.doc_id = d.doc_id AND i.file = d.file
    GROUP BY ALL
    )
    ORDER BY status IN ('ok', 'partial'), coalesce(verified_share, 1), open DESC, file
"""

AMOUNTS = """
    SELECT count(*)::INTEGER AS amounts, count(value)::INTEGER AS read,
           count(*) FILTER (source = 'repaired')::INTEGER AS repaired,
           count(*) FILTER (source = 'reviewed')::INTEGER AS reviewed
    FROM facts WHERE raw IS NOT NULL OR value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """`documents` worst first, `programs` largest first.

    `serapan` counts lines by tens of percent; 100 is exactly that, 110 is more.
    `proven` is the share of rupiah amounts, over all documents, that a sum or a
    percentage confirms.
    """

    documents: Sequence[Row]
    programs: Sequence[Row]
    serapan: Sequence[Row]
    issues: Sequence[Row]
    amounts: Row
    proven: float | None

    @property
    def failed(self) -> int:
        return sum(row["status"] not in ("ok", "partial") for row in self.documents)

    @property
    def open_issues(self) -> int:
        return sum(row["issues"] - row["settled"] for row in self.issues)

    def total(self, column: str) -> Decimal:
        """Over all programs; what is unknown adds nothing."""
        return sum((row[column] or Decimal(0) for row in self.programs), Decimal(0))


def figures(folder: Path) -> Figures:
    """Read them; raises UsageError where the folder is no output of a run."""
    import duckdb

    database = duckdb.connect()
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise UsageError(f"{folder}: no {path.name}; name a folder that `lkjip run` wrote")
        database.from_parquet(str(path)).create_view(name)

    def ask(query: str) -> list[Row]:
        answer = database.execute(query)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    documents = ask(DOCUMENTS)
    return Figures(
        documents, ask(PROGRAMS), ask(SERAPAN), ask(ISSUES), ask(AMOUNTS)[0], _proven(documents)
    )


def _proven(documents: Sequence[Row]) -> float | None:
    """Documents weigh by their lines."""
    known = [
        (d["verified_share"], d["lines"]) for d in documents if d["verified_share"] is not None
    ]
    lines = sum(weight for _, weight in known)
    return sum(share * weight for share, weight in known) / lines if lines else None
