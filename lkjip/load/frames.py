"""Reports → the contract's seven tables.

Whatever a report holds, its rows come out: a value that its column cannot hold
becomes null, and an issue says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from lkjip import __version__
from lkjip.issues import Issue, Severity
from lkjip.load import values
from lkjip.load.ids import indicator_id, issue_ids, line_id, mention_id, table_id
from lkjip.load.lines import MONEY_MEASURES, fact_rows, is_printed, line_row
from lkjip.load.misfits import Misfits, Place
from lkjip.load.schema import (
    COUNT,
    MONEY,
    PERCENT,
    QUANTITY,
    SCHEMA_VERSION,
    SCHEMAS,
    YEAR,
)
from lkjip.load.years import planned_year
from lkjip.records import (
    Amount,
    Column,
    Document,
    Indicator,
    Mention,
    ReadTable,
    Report,
    Status,
)

Row = dict[str, Any]


def tables_of(reports: Iterable[Report]) -> dict[str, pa.Table]:
    """The rows of all reports, in the order given, under the names and types of the contract."""
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for report in reports:
        for name, more in rows_of(report).items():
            rows[name] += more
    return {name: pa.Table.from_pylist(rows[name], schema=SCHEMAS[name]) for name in SCHEMAS}


def rows_of(report: Report) -> dict[str, list[Row]]:
    """The rows of one report, by table."""
    document, tables, misfits = report.document, report.tables, Misfits()
    lines = [(table, line) for table in tables for line in table.lines]
    rows: dict[str, list[Row]] = {
        "tables": [_table(document, table) for table in tables],
        "lines": [line_row(document, table, line, misfits) for table, line in lines],
        "facts": [
            fact for table, line in lines for fact in fact_rows(document, table, line, misfits)
        ],
        "indicators": [
            _indicator(document, table, number, indicator, misfits)
            for table in tables
            for number, indicator in enumerate(table.indicators, start=1)
        ],
        "mentions": [
            _mention(document, number, mention, misfits)
            for number, mention in enumerate(report.mentions, start=1)
        ],
    }
    whole = replace(report, issues=(*report.issues, *misfits.found.values()))
    return rows | {"issues": list(_issues(whole)), "documents": [_document(whole)]}


def status_of(report: Report) -> Status:
    """The document's status; never `ok` while an open issue of level error stands."""
    status = report.document.status
    stands = any(i.severity is Severity.ERROR and i.state == "open" for i in report.issues)
    return Status.PARTIAL if status is Status.OK and stands else status


def verified_share(report: Report) -> float | None:
    """The share of printed rupiah amounts that a sum or a percentage confirms."""
    proofs = [
        slot in line.verified
        for table in report.tables
        for line in table.lines
        for slot, amount in line.amounts.items()
        if slot.measure in MONEY_MEASURES and is_printed(amount)
    ]
    return sum(proofs) / len(proofs) if proofs else None


def _document(report: Report) -> Row:
    document, identity = report.document, report.document.identity
    return {
        "doc_id": document.doc_id,
        "file": values.text(document.file),
        "status": status_of(report),
        "reason": values.text(document.reason),
        "pages": values.integer(document.pages, COUNT),
        "pages_typed": values.integer(document.pages_typed, COUNT),
        "pages_scanned": values.integer(document.pages_scanned, COUNT),
        "report_kind": values.text(identity.report_kind),
        "agency": values.text(identity.agency),
        "region": values.text(identity.region),
        "year": values.integer(identity.year, YEAR),
        "tables": len(report.tables),
        "lines": sum(len(table.lines) for table in report.tables),
        "issues": len(report.issues),
        "verified_share": verified_share(report),
        "tool_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "seconds": values.real(document.seconds),
    }


def _table(document: Document, read: ReadTable) -> Row:
    table = read.table
    return {
        "table_id": table_id(document, read.number),
        "doc_id": document.doc_id,
        "file": values.text(document.file),
        "page_first": values.integer(min(table.pages, default=None), COUNT),
        "page_last": values.integer(max(table.pages, default=None), COUNT),
        "kind": read.kind,
        "title": values.text(table.title),
        "unit_multiplier": values.integer(read.unit, COUNT),
        "method": values.text(table.method),
        "orientation": values.integer(table.orientation, YEAR),
        "columns": values.as_json(_headers(read.columns)),
        "rows": values.integer(table.rows, COUNT),
        **values.box(table.box),
        "score": values.real(table.score),
        "year": values.integer(planned_year(table.title, document.identity.year), YEAR),
    }


def _headers(columns: Iterable[Column]) -> dict[str, str]:
    """Role (with its period, where one is printed) → printed header path; later twins numbered."""
    headers: dict[str, str] = {}
    for column in columns:
        name = column.role if column.period == "tahun" else f"{column.role} {column.period}"
        twins = sum(key == name or key.startswith(f"{name} #") for key in headers)
        headers[f"{name} #{twins + 1}" if twins else str(name)] = " > ".join(column.header)
    return headers


def _indicator(
    document: Document, table: ReadTable, number: int, indicator: Indicator, misfits: Misfits
) -> Row:
    row: Row = {
        "indicator_id": indicator_id(document, table.number, number),
        "table_id": table_id(document, table.number),
        "doc_id": document.doc_id,
        "file": values.text(document.file),
        "page": values.integer(indicator.page, COUNT),
        "row": values.integer(indicator.row, COUNT),
        "sasaran": values.text(indicator.sasaran),
        "program": values.text(indicator.program),
        "indikator": values.text(indicator.indikator),
        "satuan": values.text(indicator.satuan),
        "year": values.integer(indicator.year, YEAR),
        "period": values.text(indicator.period),
        "other": values.as_json(indicator.other),
    }
    for name in ("target", "realisasi", "capaian"):
        amount: Amount | None = getattr(indicator, name)
        place = Place(indicator.page, table.number, indicator.row, name)
        row[f"{name}_raw"] = values.raw(amount.raw) if amount else None
        row[name] = misfits.fit(amount.value, QUANTITY, place) if amount else None
    return row


def _mention(document: Document, number: int, mention: Mention, misfits: Misfits) -> Row:
    place = Place(mention.page, None, None, mention.measure)
    return {
        "mention_id": mention_id(document, number),
        "doc_id": document.doc_id,
        "file": values.text(document.file),
        "page": values.integer(mention.page, COUNT),
        "name": values.text(mention.name),
        "measure": values.text(mention.measure),
        "value": misfits.fit(mention.value, MONEY, place),
        "raw": values.raw(mention.raw),
        "words_raw": values.raw(mention.words_raw),
        "words_value": misfits.fit(mention.words_value, MONEY, place),
        "line_id": line_id(document, *mention.line) if mention.line else None,
        "agrees": mention.agrees,
        "percent": misfits.fit(mention.percent, PERCENT, place),
    }


def _issues(report: Report) -> Iterator[Row]:
    document = report.document
    for identifier, issue in zip(issue_ids(report), report.issues, strict=True):
        yield {
            "issue_id": identifier,
            "doc_id": document.doc_id,
            "file": values.text(document.file),
            **_where(document, issue),
            "page": values.integer(issue.page, COUNT),
            "column": values.text(issue.column),
            "code": issue.code,
            "severity": issue.severity,
            "message": values.text(issue.message),
            "evidence": values.as_json(issue.evidence),
            "candidates": values.as_json(issue.candidates),
            "proposed_value": None if issue.proposed is None else values.shown(issue.proposed),
            "rupiah_at_stake": values.decimal(issue.rupiah_at_stake, MONEY),
            "state": values.text(issue.state),
        }


def _where(document: Document, issue: Issue) -> Row:
    if issue.table is None:
        return {"table_id": None, "line_id": None}
    return {
        "table_id": table_id(document, issue.table),
        "line_id": None if issue.row is None else line_id(document, issue.table, issue.row),
    }
