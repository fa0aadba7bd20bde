"""An output folder: every table as Parquet and CSV, their description, and what ran."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from lkjip import __version__
from lkjip.errors import ExitCode
from lkjip.load.csv import DIALECTS, Dialect, write_csv
from lkjip.load.datapackage import write_datapackage
from lkjip.load.files import write_text
from lkjip.load.parquet import write_parquet
from lkjip.load.schema import SCHEMA_VERSION, SCHEMAS
from lkjip.settings import Settings


def write_output(
    folder: Path,
    tables: Mapping[str, Iterable[pa.Table]],
    dialect: Dialect = DIALECTS["standard"],
    xlsx: bool = False,
) -> dict[str, int]:
    """Write every table of the contract; returns the number of rows of each.

    `tables` gives the rows of each table in pieces that can be gone through
    twice (a list, or an object that reads them anew), in the order to write.
    """
    rows = {}
    for name in SCHEMAS:
        rows[name] = write_parquet(name, tables[name], folder / f"{name}.parquet")
        write_csv(name, tables[name], folder / f"{name}.csv", dialect)
    write_datapackage(folder, dialect)
    if xlsx:
        from lkjip.load.xlsx import FILE, write_xlsx

        write_xlsx(tables, folder / FILE)
    return rows


def write_run(
    folder: Path,
    settings: Settings,
    counts: Mapping[str, int],
    rows: Mapping[str, int],
    exit_code: ExitCode,
    *,
    root: Path | None = None,
) -> None:
    """run.json: what ran. `counts` is documents by status; no secrets, no clock.

    `root` is the folder that `documents.file` is relative to; it is named as seen
    from the output folder, so that both can be moved together.
    """
    record = {
        "tool": "lkjip",
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "python": ".".join(map(str, sys.version_info[:3])),
        "root": None if root is None else Path(os.path.relpath(root, folder)).as_posix(),
        "settings": asdict(settings) | {"password": settings.password is not None},
        "settings_key": settings.key(),
        "documents": dict(counts),
        "rows": dict(rows),
        "exit_code": int(exit_code),
    }
    write_text(folder / "run.json", json.dumps(record, indent=2) + "\n")
