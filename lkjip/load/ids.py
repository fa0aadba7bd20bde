"""Ids of the output's rows: readable, and the same for the same bytes and version."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from lkjip.records import Document, Report


def table_id(document: Document, number: int) -> str:
    return f"{document.doc_id[:12]}-t{number}"


def line_id(document: Document, number: int, row: int) -> str:
    return f"{table_id(document, number)}-{row}"


def indicator_id(document: Document, number: int, indicator: int) -> str:
    return f"{table_id(document, number)}-k{indicator}"


def mention_id(document: Document, number: int) -> str:
    return f"{document.doc_id[:12]}-m{number}"


def issue_ids(report: Report) -> Iterator[str]:
    """One id an issue, from what it is about: it stays when other issues come or go."""
    seen: Counter[str] = Counter()
    for issue in report.issues:
        about = (issue.code, issue.page, issue.table, issue.row, issue.column)
        digest = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:10]
        seen[digest] += 1
        twin = f"-{seen[digest]}" if seen[digest] > 1 else ""
        yield f"{report.document.doc_id[:12]}-i{digest}{twin}"
