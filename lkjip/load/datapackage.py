"""datapackage.json: the CSV files described as a Frictionless Data Package v2."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa

from lkjip import __version__
from lkjip.load.csv import DIALECTS, Dialect, csv_schema
from lkjip.load.files import write_text
from lkjip.load.schema import SCHEMA_VERSION, SCHEMAS

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = ((pa.types.is_integer, "integer"), (pa.types.is_string, "string"),
         (pa.types.is_boolean, "boolean"))  # fmt: skip
KEYS = {
    "documents": "file",  # the same bytes may lie in two places: doc_id is no key
    "tables": "table_id",
    "lines": "line_id",
    "indicators": "indicator_id",
    "mentions": "mention_id",
    "issues": "issue_id",
}


def write_datapackage(folder: Path, dialect: Dialect = DIALECTS["standard"]) -> None:
    """Describe the CSV files of `folder`, which must be there."""
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "lkjip",
        "title": "Budget lines, indicators and issues of Indonesian government performance reports",
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(folder / f"{name}.csv", name, dialect) for name in SCHEMAS],
    }
    write_text(folder / "datapackage.json", json.dumps(package, indent=2) + "\n")


def _resource(path: Path, name: str, dialect: Dialect) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": name,
        "path": path.name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": dialect.delimiter},
        "schema": _schema(name, dialect),
    }


def _schema(name: str, dialect: Dialect) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(name, field, dialect) for field in csv_schema(name)],
        "missingValues": [""],
    }
    if name in KEYS:
        schema["primaryKey"] = [KEYS[name]]
    if name != "documents":
        schema["foreignKeys"] = [
            {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}}
        ]
    return schema


def _field(table: str, field: pa.Field[Any], dialect: Dialect) -> dict[str, str]:
    kind = next((name for is_kind, name in TYPES if is_kind(field.type)), "number")
    described = {"name": field.name, "type": kind, "description": descriptions()[table, field.name]}
    if kind == "number" and dialect.decimal != ".":
        described["decimalChar"] = dialect.decimal
    return described


@cache
def descriptions() -> dict[tuple[str, str], str]:
    """What each (table, column) holds."""
    with (files("lkjip.load") / "columns.csv").open(encoding="utf-8") as file:
        return {(row["table"], row["column"]): row["description"] for row in csv.DictReader(file)}
