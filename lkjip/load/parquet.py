"""Parquet with page checksums; the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lkjip import __version__
from lkjip.load.files import replacing
from lkjip.load.schema import SCHEMA_VERSION, SCHEMAS

GROUP_ROWS = 100_000
METADATA = {"lkjip.schema_version": SCHEMA_VERSION, "lkjip.version": __version__}


def write_parquet(name: str, tables: Iterable[pa.Table], path: Path) -> int:
    """Write the rows of all `tables` as contract table `name`; returns how many there were.

    The bytes depend on the rows and their order alone, not on how they were
    cut into tables. At most a row group is held in memory.
    """
    schema = SCHEMAS[name].with_metadata(METADATA)
    rows = 0
    with (
        replacing(path) as file,
        pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer,
    ):
        for group in row_groups(tables, GROUP_ROWS):
            writer.write_table(group.cast(schema), row_group_size=GROUP_ROWS)
            rows += group.num_rows
    return rows


def row_groups(tables: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of `size` rows; the last one may be shorter."""
    waiting: list[pa.Table] = []
    count = 0
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        while count >= size:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, size).combine_chunks()
            waiting, count = [whole.slice(size)], count - size
    if count:
        yield pa.concat_tables(waiting).combine_chunks()
