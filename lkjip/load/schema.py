"""The output contract: names and types of the seven tables.

A column is added at the end of its table; renaming or retyping one needs a new
`SCHEMA_VERSION` and a line in CHANGELOG.md. docs/output.md explains every column.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA_VERSION = "1"

MONEY = pa.decimal128(18, 2)  # rupiah
PERCENT = pa.decimal128(9, 4)
QUANTITY = pa.decimal128(18, 4)  # a plain number in its printed unit
FACT = pa.decimal128(20, 4)  # holds every MONEY and every PERCENT exactly

Columns = dict[str, pa.DataType]

TEXT, FLAG, REAL = pa.string(), pa.bool_(), pa.float32()
COUNT, YEAR, LEVEL = pa.int32(), pa.int16(), pa.int8()

_BOX: Columns = {"x0": REAL, "y0": REAL, "x1": REAL, "y1": REAL}

DOCUMENTS: Columns = {
    "doc_id": TEXT,
    "file": TEXT,
    "status": TEXT,
    "reason": TEXT,
    "pages": COUNT,
    "pages_typed": COUNT,
    "pages_scanned": COUNT,
    "report_kind": TEXT,
    "agency": TEXT,
    "region": TEXT,
    "year": YEAR,
    "tables": COUNT,
    "lines": COUNT,
    "issues": COUNT,
    "verified_share": REAL,
    "tool_version": TEXT,
    "schema_version": TEXT,
    "seconds": REAL,
}

TABLES: Columns = {
    "table_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "page_first": COUNT,
    "page_last": COUNT,
    "kind": TEXT,
    "title": TEXT,
    "unit_multiplier": COUNT,
    "method": TEXT,
    "orientation": YEAR,
    "columns": TEXT,
    "rows": COUNT,
    **_BOX,
    "score": REAL,
    "year": YEAR,
}

LINES: Columns = {
    "line_id": TEXT,
    "table_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "page": COUNT,
    "row": COUNT,
    "kind": TEXT,
    "no": TEXT,
    "code": TEXT,
    "name_raw": TEXT,
    "name": TEXT,
    "level": LEVEL,
    "parent_id": TEXT,
    "anggaran_raw": TEXT,
    "anggaran": MONEY,
    "anggaran_source": TEXT,
    "realisasi_raw": TEXT,
    "realisasi": MONEY,
    "realisasi_source": TEXT,
    "capaian_raw": TEXT,
    "capaian": PERCENT,
    "capaian_source": TEXT,
    "account_scheme": TEXT,
    "account_code": TEXT,
    "account_name": TEXT,
    "account_score": REAL,
    "other": TEXT,
    "agency": TEXT,
    "verified": FLAG,
    **_BOX,
    "account_parent": TEXT,
}

FACTS: Columns = {
    "line_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "year": YEAR,
    "measure": TEXT,
    "period": TEXT,
    "value": FACT,
    "unit": TEXT,
    "raw": TEXT,
    "source": TEXT,
    "page": COUNT,
    **_BOX,
    "confidence": REAL,
}

INDICATORS: Columns = {
    "indicator_id": TEXT,
    "table_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "page": COUNT,
    "row": COUNT,
    "sasaran": TEXT,
    "program": TEXT,
    "indikator": TEXT,
    "satuan": TEXT,
    "target_raw": TEXT,
    "target": QUANTITY,
    "realisasi_raw": TEXT,
    "realisasi": QUANTITY,
    "capaian_raw": TEXT,
    "capaian": QUANTITY,
    "year": YEAR,
    "period": TEXT,
    "other": TEXT,
}

MENTIONS: Columns = {
    "mention_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "page": COUNT,
    "name": TEXT,
    "measure": TEXT,
    "value": MONEY,
    "raw": TEXT,
    "words_raw": TEXT,
    "words_value": MONEY,
    "line_id": TEXT,
    "agrees": FLAG,
    "percent": PERCENT,
}

ISSUES: Columns = {
    "issue_id": TEXT,
    "doc_id": TEXT,
    "file": TEXT,
    "table_id": TEXT,
    "line_id": TEXT,
    "page": COUNT,
    "column": TEXT,
    "code": TEXT,
    "severity": TEXT,
    "message": TEXT,
    "evidence": TEXT,
    "candidates": TEXT,
    "proposed_value": TEXT,
    "rupiah_at_stake": MONEY,
    "state": TEXT,
}


SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema(DOCUMENTS),
    "tables": pa.schema(TABLES),
    "lines": pa.schema(LINES),
    "facts": pa.schema(FACTS),
    "indicators": pa.schema(INDICATORS),
    "mentions": pa.schema(MENTIONS),
    "issues": pa.schema(ISSUES),
}

PARQUET_ONLY = {"documents": ("seconds",)}  # differs between runs, so not in the CSV
