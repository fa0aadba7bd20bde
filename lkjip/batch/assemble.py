"""The journal's entries → the final tables, streamed, in the order of the files' names.

The bytes depend on the entries alone: not on the order in which documents were read, by
how many workers, on how many machines, or how often the run was interrupted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lkjip import pipeline
from lkjip.batch.journal import read_entry
from lkjip.errors import LkjipError
from lkjip.load.frames import tables_of
from lkjip.load.output import write_output
from lkjip.load.parquet import row_groups
from lkjip.load.schema import SCHEMAS
from lkjip.records import Document, Status

if TYPE_CHECKING:
    import pyarrow as pa

NOTHING = hashlib.sha256(b"").hexdigest()  # the doc_id of a file that was never opened
SPOOL_ROWS = 16_384
DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Listed:
    """One input file of the output: its entry, or the refusal that it has none for."""

    file: str
    entry: Path | None
    refusal: LkjipError | None = None


def assemble(
    listing: Sequence[Listed], output: Path, scratch: Path, **writing: Any
) -> dict[str, int]:
    """Write the final tables of the listed files; returns the number of rows of each.

    A file whose bytes were met before (by name) has its row in `documents` and
    nothing else: its lines are there already, under the first name.
    """
    spool(sorted(listing, key=lambda listed: listed.file), scratch)
    return write_output(
        output, {name: Spooled(scratch / f"{name}.arrow") for name in SCHEMAS}, **writing
    )


def spool(listing: Iterable[Listed], folder: Path) -> None:
    """Every entry read once, its rows added to one Arrow file for each table."""
    import pyarrow as pa

    files = {
        name: pa.ipc.new_file(str(folder / f"{name}.arrow"), SCHEMAS[name]) for name in SCHEMAS
    }
    waiting: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}
    counts = dict.fromkeys(SCHEMAS, 0)
    try:
        for tables in _rows(listing):
            for name, table in tables.items():
                waiting[name].append(table)
                counts[name] += table.num_rows
                if counts[name] >= SPOOL_ROWS:
                    _flush(files[name], waiting[name])
                    counts[name] = 0
        for name in SCHEMAS:
            _flush(files[name], waiting[name])
    finally:
        for file in files.values():
            file.close()


@dataclass(frozen=True, slots=True)
class Spooled:
    """The rows of one spooled table; can be gone through any number of times."""

    path: Path

    def __iter__(self) -> Iterator[pa.Table]:
        import pyarrow as pa

        with pa.memory_map(str(self.path)) as source:
            reader = pa.ipc.open_file(source)
            for number in range(reader.num_record_batches):
                yield pa.Table.from_batches([reader.get_batch(number)])


def _rows(listing: Iterable[Listed]) -> Iterator[Mapping[str, pa.Table]]:
    seen: set[Path] = set()
    for listed in listing:
        if listed.entry is None:
            yield _refused(listed)
            continue
        tables = read_entry(listed.entry)
        if listed.entry in seen:
            tables = {DOCUMENTS: tables[DOCUMENTS]}
        seen.add(listed.entry)
        yield {name: _named(table, listed.file) for name, table in tables.items()}


def _refused(listed: Listed) -> Mapping[str, pa.Table]:
    """The row and the issue of a file that was never opened."""
    import pyarrow as pa

    assert listed.refusal is not None
    report = pipeline.rejected(Document(NOTHING, listed.file, Status.OK), listed.refusal)
    tables = tables_of([report])
    # no bytes to tell it by: its name does, so that issue ids stay unique
    number = hashlib.sha256(listed.file.encode()).hexdigest()[:10]
    ids = pa.array([f"{NOTHING[:12]}-f{number}"] * tables["issues"].num_rows, pa.string())
    tables["issues"] = tables["issues"].set_column(0, SCHEMAS["issues"].field("issue_id"), ids)
    return {name: _named(table, listed.file) for name, table in tables.items() if table.num_rows}


def _named(table: pa.Table, file: str) -> pa.Table:
    """The table under the name that the file has in this run; no clock in what is written."""
    import pyarrow as pa

    names = pa.array([file] * table.num_rows, pa.string())
    table = table.set_column(
        table.schema.get_field_index("file"), table.schema.field("file"), names
    )
    if "seconds" in table.column_names:
        index = table.schema.get_field_index("seconds")
        nothing = pa.nulls(table.num_rows, table.schema.field(index).type)
        table = table.set_column(index, table.schema.field(index), nothing)
    return table


def _flush(file: Any, waiting: list[pa.Table]) -> None:
    for group in row_groups(waiting, SPOOL_ROWS):
        file.write_table(group)
    waiting.clear()
