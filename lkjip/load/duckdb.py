"""DuckDB: `duckdb:///file.duckdb` (relative), `duckdb:////absolute/file.duckdb`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lkjip.errors import UsageError
from lkjip.load.destinations import replaced, views

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def load(tables: dict[str, Path], url: str) -> dict[str, int]:
    """Replace the documents' rows in one transaction; the number of rows of each table."""
    import duckdb

    path = Path(url.partition("://")[2].removeprefix("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(str(path)) as database:
            database.execute("BEGIN")
            documents = tables["documents"]
            rows = {
                name: _replace(database, name, file, documents) for name, file in tables.items()
            }
            for view in views():
                database.execute(view)
            database.execute("COMMIT")
    except duckdb.IOException as error:
        raise UsageError(f"{path} cannot be written: {str(error).splitlines()[0]}") from error
    return rows


def _replace(database: DuckDBPyConnection, name: str, file: Path, documents: Path) -> int:
    parquet = [str(file)]
    database.execute(
        f'CREATE TABLE IF NOT EXISTS "{name}" AS FROM read_parquet(?) LIMIT 0', parquet
    )
    for column, kind, *_ in database.execute("DESCRIBE FROM read_parquet(?)", parquet).fetchall():
        database.execute(f'ALTER TABLE "{name}" ADD COLUMN IF NOT EXISTS "{column}" {kind}')
    database.execute(
        "CREATE OR REPLACE TEMP TABLE incoming AS"
        " SELECT DISTINCT doc_id, file FROM read_parquet(?)",
        [str(documents)],
    )
    database.execute(replaced(name))
    database.execute(f'INSERT INTO "{name}" BY NAME FROM read_parquet(?)', parquet)
    counted = database.execute("SELECT count(*) FROM read_parquet(?)", parquet).fetchone()
    return int(counted[0]) if counted else 0
