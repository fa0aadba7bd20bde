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

Row = dict[str, Any]

# How much of the rupiah at stake a person should worry about.
DOUBT = {"error": Decimal(1), "warning": Decimal("0.5"), "info": Decimal("0.1")}
DOCUMENTS_KEPT = 32  # whose rows stay in memory; a reviewer works on one at a time


@dataclass(frozen=True)
class Output:
    """`issues` by id, worst first: rupiah at stake × doubt. `root` is the input's, where known."""

    folder: Path
    issues: Mapping[str, Row]
    documents: tuple[Row, ...]
    tables: Mapping[str, pa.Table]
    root: Path | None
    kept: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)

    def rows(self, name: str, issue: Row) -> list[Row]:
        """The rows of `lines` or `facts` of the issue's document, in the output's order."""
        key = (name, issue["doc_id"], issue["file"])
        if key not in self.kept:
            while len(self.kept) >= 2 * DOCUMENTS_KEPT:
                self.kept.pop(next(iter(self.kept)))
            mine = (pc.field("doc_id") == key[1]) & (pc.field("file") == key[2])
            self.kept[key] = self.tables[name].filter(mine).to_pylist()
        return self.kept[key]

    def names(self, line_ids: Collection[str]) -> dict[str, str]:
        """The names of these lines."""
        lines = self.tables["lines"].select(["line_id", "name"])
        wanted = pa.array(line_ids, pa.string())
        named = lines.filter(pc.is_in(lines["line_id"], wanted))
        return dict(zip(*named.to_pydict().values(), strict=True))

    def line(self, issue: Row) -> Row | None:
        """The row that the issue is about."""
        lines = self.rows("lines", issue) if issue["line_id"] else []
        return next((row for row in lines if row["line_id"] == issue["line_id"]), None)


def open_output(folder: Path) -> Output:
    """Read what `lkjip run` wrote; raises UsageError where there is nothing of the kind."""
    for name in ("documents", "lines", "facts", "issues"):
        if not (folder / f"{name}.parquet").is_file():
            raise UsageError(
                f"{folder}: no {name}.parquet here; name a folder that `lkjip run` wrote"
            )
    issues = map(_decoded, pq.read_table(folder / "issues.parquet").to_pylist())
    return Output(
        folder,
        {issue["issue_id"]: issue for issue in sorted(issues, key=_rank)},
        tuple(pq.read_table(folder / "documents.parquet").to_pylist()),
        {name: pq.read_table(folder / f"{name}.parquet") for name in ("lines", "facts")},
        _root(folder),
    )


def _decoded(issue: Row) -> Row:
    """The issue with its JSON columns as data."""
    evidence, candidates = (json.loads(issue[n] or "null") for n in ("evidence", "candidates"))
    return issue | {"evidence": evidence or {}, "candidates": candidates or []}


def _rank(issue: Row) -> tuple[Decimal, str, str]:
    doubt = DOUBT.get(issue["severity"], Decimal(0))
    return (-(issue["rupiah_at_stake"] or Decimal(0)) * doubt, issue["severity"], issue["issue_id"])


def _root(folder: Path) -> Path | None:
    """The folder that `documents.file` is relative to; run.json names it from the output folder."""
    try:
        root = json.loads((folder / "run.json").read_text(encoding="utf-8")).get("root")
    except (OSError, ValueError, AttributeError):
        return None
    return (folder / root).resolve() if isinstance(root, str) else None
