"""What a run found and what it doubts, for the terminal."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lkjip.batch.run import Result
from lkjip.batch.telling import printable

SHOWN = 20  # documents; those that failed or are proven least come first
PIPE_WIDTH = 120  # columns, where no terminal tells its own
ROWS = ("lines", "facts", "indicators", "mentions", "issues")
COLOURS = {"ok": "green", "partial": "yellow"}


def print_summary(output: Path, result: Result) -> None:
    """The documents, the totals, and the issues with the most money at stake, on stdout."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    documents = _documents(output)
    console.print(_table(documents[:SHOWN]))
    if len(documents) > SHOWN:
        console.print(f"  … and {len(documents) - SHOWN} more, see documents.csv\n")
    statuses = ", ".join(f"{count} {status}" for status, count in result.counts.items())
    rows = ", ".join(f"{result.rows[name]:,} {name}" for name in ROWS)
    several = "document" if len(documents) == 1 else "documents"
    console.print(f"{len(documents)} {several}: {statuses}. {rows}.", soft_wrap=True)
    if result.costliest:
        console.print("\nMost money in doubt:")
        console.print(_costliest(result))
    console.print(f"Written to {printable(str(output))}/", markup=False, soft_wrap=True)


def _documents(output: Path) -> list[dict[str, Any]]:
    """The rows of `documents` with their open errors, those to look at first."""
    issues = pq.read_table(output / "issues.parquet", columns=["file", "severity", "state"])
    stands = (pc.field("severity") == "error") & (pc.field("state") == "open")
    counted = issues.filter(stands).group_by("file").aggregate([("severity", "count")])
    errors = dict(
        zip(*(counted[name].to_pylist() for name in ("file", "severity_count")), strict=True)
    )
    columns = ["file", "status", "reason", "pages", "lines", "issues", "verified_share"]
    documents = pq.read_table(output / "documents.parquet", columns=columns).to_pylist()
    for document in documents:
        document["errors"] = errors.get(document["file"], 0)
    return sorted(documents, key=_worst_first)


def _worst_first(document: dict[str, Any]) -> tuple[bool, float, str]:
    share = document["verified_share"]
    failed = document["status"] not in COLOURS
    return not failed, 1.0 if share is None else share, document["file"]


def _table(documents: list[dict[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("document", overflow="fold")
    table.add_column("status", overflow="fold")
    for name in ("pages", "lines", "proven", "errors", "issues"):
        table.add_column(name, justify="right", no_wrap=True)
    for document in documents:
        status, share = document["status"], document["verified_share"]
        why = f"{status}: {document['reason']}" if document["reason"] else status
        table.add_row(
            Text(printable(document["file"])),
            Text(printable(why), style=COLOURS.get(status, "red")),
            str(document["pages"]),
            str(document["lines"]),
            "" if share is None else f"{share:.0%}",
            str(document["errors"]),
            str(document["issues"]),
        )
    return table


def _costliest(result: Result) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for stake, file, _, message in result.costliest:
        table.add_row(rupiah(stake), Text(printable(file)), Text(printable(message)))
    return table


def rupiah(value: Decimal) -> str:
    """An amount as Indonesians write it: Rp 2.671.018.687."""
    return "Rp " + f"{value:,.0f}".replace(",", ".")
