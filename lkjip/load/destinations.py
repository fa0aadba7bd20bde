"""An output folder into a database, named by a URL.

Rows are replaced by document: what the database holds of a document of this
output goes, and the output's rows come. Loading twice is loading once, and
several outputs can share a database. A file whose bytes changed is another
document: the old one stays until it is deleted by its doc_id.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from lkjip.errors import UsageError
from lkjip.load.schema import SCHEMAS

SCHEMES = {
    "duckdb": "lkjip.load.duckdb:load",
    "postgresql": "lkjip.load.postgres:load",
    "postgres": "lkjip.load.postgres:load",
}

# The id of files that were never opened, in whatever output: their name tells them apart.
UNOPENED = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def replaced(table: str) -> str:
    """Deletes the rows of `table` whose document is in the table `incoming` (doc_id, file)."""
    return (
        f"DELETE FROM {table} USING incoming WHERE {table}.doc_id = incoming.doc_id"
        f" AND ({table}.doc_id <> '{UNOPENED}' OR {table}.file = incoming.file)"
    )


def check(url: str) -> None:
    """Raise UsageError for a URL that names no database we know, before any work is done."""
    scheme, separator, rest = url.partition("://")
    if scheme not in SCHEMES or not separator or not rest.strip("/"):
        raise UsageError(
            f"{masked(url)} is no destination; "
            "write duckdb:///file.duckdb or postgresql://user@host/database"
        )


def send(folder: Path, url: str) -> dict[str, int]:
    """Put the tables of an output folder into a database; the number of rows of each.

    Everything or nothing: the database is as before when it fails.
    """
    check(url)
    module, _, name = SCHEMES[url.partition("://")[0]].partition(":")
    load: Callable[[dict[str, Path], str], dict[str, int]] = getattr(import_module(module), name)
    return load({name: folder / f"{name}.parquet" for name in SCHEMAS}, url)


def views() -> list[str]:
    """The statements that define the views, in standard SQL."""
    text = (files("lkjip.load") / "views.sql").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in code.split(";") if statement.strip()]


def masked(url: str) -> str:
    """The URL without its password."""
    scheme, separator, rest = url.partition("://")
    name, at, host = rest.rpartition("@")
    return f"{scheme}{separator}{name.partition(':')[0]}{at}{host}".partition("?")[0]
