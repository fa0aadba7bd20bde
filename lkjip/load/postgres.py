"""PostgreSQL over ADBC: `postgresql://user@host:5432/database`, as libpq reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from lkjip.errors import MissingPart, UsageError
from lkjip.load.destinations import masked, replaced, views
from lkjip.load.schema import SCHEMAS

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Cursor

LOCK = 5_021_945  # of pg_advisory_xact_lock: two loads at once would both find nothing to replace
BATCH_ROWS = 65_536

TYPES = {
    pa.string(): "text",
    pa.bool_(): "boolean",
    pa.int8(): "smallint",
    pa.int16(): "smallint",
    pa.int32(): "integer",
    pa.float32(): "real",
}


def load(tables: dict[str, Path], url: str) -> dict[str, int]:
    """Replace the documents' rows in one transaction; the number of rows of each table.

    Raises MissingPart without the ADBC driver and UsageError where the server
    refuses; the password stays out of what it says.
    """
    try:
        from adbc_driver_manager import Error
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise MissingPart("PostgreSQL needs its driver: pip install 'lkjip[postgres]'") from error
    try:
        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            rows = _replace(cursor, tables)
            connection.commit()
            return rows
    except Error as error:
        said = " ".join(str(error).replace(url, masked(url)).split())
        raise UsageError(f"{masked(url)}: {said}") from error


def _replace(cursor: Cursor, tables: dict[str, Path]) -> dict[str, int]:
    cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
    cursor.fetchall()
    documents = pq.read_table(tables["documents"], columns=["doc_id", "file"])
    cursor.adbc_ingest("incoming", documents, mode="create", temporary=True)
    for name, schema in SCHEMAS.items():
        _prepare(cursor, name, schema)
        cursor.execute(replaced(name))
    rows = {name: _append(cursor, name, path) for name, path in tables.items()}
    for view in views():
        cursor.execute(view)
    cursor.execute("DROP TABLE incoming")
    return rows


def _prepare(cursor: Cursor, name: str, schema: pa.Schema) -> None:
    """The table as the contract has it; columns that an older one lacks are added."""
    columns = [f'"{field.name}" {_type(field.type)}' for field in schema]
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(columns)})")
    for column in columns:
        cursor.execute(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {column}")
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {name}_doc_id ON {name} (doc_id)")


def _append(cursor: Cursor, name: str, path: Path) -> int:
    file = pq.ParquetFile(path)
    batches = file.iter_batches(batch_size=BATCH_ROWS)
    reader = pa.RecordBatchReader.from_batches(file.schema_arrow.remove_metadata(), batches)
    cursor.adbc_ingest(name, reader, mode="append")
    return int(file.metadata.num_rows)


def _type(kind: Any) -> str:
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision},{kind.scale})"
    return TYPES[kind]
