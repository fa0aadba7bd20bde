"""An output folder as the review page asks for it: issues worst first, and a document's rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lkjip.errors import UsageError
from lkjip.issues import IssueCode
from lkjip.review.anchors import ACCOUNT, IDENTITY

Row = dict[str, Any]

# How much of the rupiah at stake a person should worry about.
DOUBT = {"error": Decimal(1), "warning": Decimal("0.5"), "info": Decimal("0.1")}
WHAT = {
    IssueCode.ACCOUNT_AMBIGUOUS: Decimal("0.05"),  # no amount is in doubt, only its account
    IssueCode.NUMBER_REPAIRED: Decimal("0.1"),  # a sum or a percentage proves it
}
TABLES_KEPT = 64  # whose rows stay in memory as Python objects

READ = ("documents", "lines", "facts", "issues")
BOX = ["x0", "y0", "x1", "y1"]
LINE_COLUMNS = [
    "line_id", "table_id", "doc_id", "file", "page", "row", "kind", "name_raw", "name", "level",
    "parent_id", "anggaran_raw", "anggaran", "anggaran_source", "realisasi_raw", "realisasi",
    "realisasi_source", "capaian_raw", "capaian", "capaian_source", "account_code", *BOX,
]  # fmt: skip
FACT_COLUMNS = ["line_id", "file", "measure", "period", "value", "raw", "page", *BOX]


@dataclass(frozen=True)
class Output:
    """`issues` by id, worst first: rupiah at stake × doubt. `root` is the input's, where known."""

    folder: Path
    issues: Mapping[str, Row]
    documents: tuple[Row, ...]
    tables: Mapping[str, pa.Table]
    root: Path | None
    written: tuple[int, ...]  # when its files were
    kept: dict[str, list[Row]] = field(default_factory=dict)

    def lines_of(self, issue: Row) -> list[Row]:
        """The lines of the issue's table, in order; those that were asked for last are kept."""
        table_id = issue["table_id"]
        if table_id not in self.kept:
            while len(self.kept) >= TABLES_KEPT:
                self.kept.pop(next(iter(self.kept)))
            mine = (pc.field("table_id") == table_id) & (pc.field("file") == issue["file"])
            self.kept[table_id] = self.tables["lines"].filter(mine).to_pylist()
        return self.kept[table_id]

    def facts_of(self, line: Row) -> list[Row]:
        mine = (pc.field("line_id") == line["line_id"]) & (pc.field("file") == line["file"])
        return self.tables["facts"].filter(mine).to_pylist()

    def names(self, line_ids: Collection[str]) -> dict[str, str]:
        """The names of these lines."""
        lines = self.tables["lines"].select(["line_id", "name"])
        wanted = pa.array(line_ids, pa.string())
        named = lines.filter(pc.is_in(lines["line_id"], wanted))
        return dict(zip(*named.to_pydict().values(), strict=True))

    def line(self, issue: Row) -> Row | None:
        """The row that the issue is about."""
        lines = self.lines_of(issue) if issue["line_id"] else []
        return next((row for row in lines if row["line_id"] == issue["line_id"]), None)


def open_output(folder: Path) -> Output:
    """Read what `lkjip run` wrote; raises UsageError where there is nothing of the kind."""
    written = when_written(folder)
    for name in READ:
        if not (folder / f"{name}.parquet").is_file():
            raise UsageError(
                f"{folder}: no {name}.parquet here; name a folder that `lkjip run` wrote"
            )
    issues = map(_decoded, pq.read_table(folder / "issues.parquet").to_pylist())
    return Output(
        folder,
        {issue["issue_id"]: issue for issue in sorted(issues, key=_rank)},
        tuple(pq.read_table(folder / "documents.parquet").to_pylist()),
        {
            "lines": pq.read_table(folder / "lines.parquet", columns=LINE_COLUMNS),
            "facts": pq.read_table(folder / "facts.parquet", columns=FACT_COLUMNS),
        },
        _root(folder),
        written,
    )


def when_written(folder: Path) -> tuple[int, ...]:
    """Changes with every run into the folder."""
    paths = [folder / f"{name}.parquet" for name in READ]
    return tuple(path.stat().st_mtime_ns for path in paths if path.is_file())


def _decoded(issue: Row) -> Row:
    """The issue with its JSON columns as data."""
    evidence, candidates = (json.loads(issue[n] or "null") for n in ("evidence", "candidates"))
    decoded = issue | {"evidence": evidence or {}, "candidates": candidates or []}
    return decoded | {"column": _column(decoded)}


def _column(issue: Row) -> str | None:
    """What a value would be of; issues about an account or the document name no column."""
    if issue["code"] == IssueCode.ACCOUNT_AMBIGUOUS:
        return ACCOUNT
    if issue["code"] == IssueCode.IDENTITY_CONTRADICTION:
        return next((name for name in IDENTITY if name in issue["evidence"]), None)
    column: str | None = issue["column"]
    return column


def _rank(issue: Row) -> tuple[Decimal, str, str]:
    doubt = DOUBT.get(issue["severity"], Decimal(0)) * WHAT.get(issue["code"], 1)
    return (-(issue["rupiah_at_stake"] or Decimal(0)) * doubt, issue["severity"], issue["issue_id"])


def _root(folder: Path) -> Path | None:
    """The folder that `documents.file` is relative to; run.json names it from the output folder."""
    try:
        root = json.loads((folder / "run.json").read_text(encoding="utf-8")).get("root")
    except (OSError, ValueError, AttributeError):
        return None
    return (folder / root).resolve() if isinstance(root, str) else None
