"""CSV that opens safely in a spreadsheet: the same content as the Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from lkjip.load.files import replacing
from lkjip.load.parquet import GROUP_ROWS, row_groups
from lkjip.load.schema import PARQUET_ONLY, SCHEMAS

# A cell that starts so is run as a formula by spreadsheets (OWASP, "CSV injection").
_FORMULA = r"^([=+\-@\t\r\n])"


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str = ","
    decimal: str = "."
    mark: bytes = b""  # what the file starts with


DIALECTS = {
    "standard": Dialect(),
    "excel-id": Dialect(";", ",", b"\xef\xbb\xbf"),  # opens by double click in Indonesian Excel
}


def write_csv(
    name: str, tables: Iterable[pa.Table], path: Path, dialect: Dialect = DIALECTS["standard"]
) -> int:
    """Write the rows of all `tables` as contract table `name`; returns how many there were.

    UTF-8. Null is an empty field. A text cell that a spreadsheet would run as
    a formula gets a leading apostrophe; numbers are left alone.
    """
    options = csv.WriteOptions(delimiter=dialect.delimiter)
    columns = csv_schema(name).names
    rows = 0
    with replacing(path) as file:
        file.write(dialect.mark)
        empty = _cells(SCHEMAS[name].empty_table().select(columns), dialect)
        with csv.CSVWriter(file, empty.schema, write_options=options) as writer:
            for group in row_groups(tables, GROUP_ROWS):
                writer.write_table(_cells(group.select(columns), dialect))
                rows += group.num_rows
    return rows


def csv_schema(name: str) -> pa.Schema:
    """The columns of table `name` that its CSV has."""
    left_out = PARQUET_ONLY.get(name, ())
    return pa.schema([field for field in SCHEMAS[name] if field.name not in left_out])


def _cells(table: pa.Table, dialect: Dialect) -> pa.Table:
    """The values as they stand in the file."""
    for index, column in enumerate(table.schema):
        if pa.types.is_string(column.type):
            cells = pc.replace_substring_regex(table[column.name], _FORMULA, r"'\1")
        elif dialect.decimal != "." and not pa.types.is_integer(column.type):
            cells = pc.replace_substring(table[column.name].cast(pa.string()), ".", dialect.decimal)
        else:
            continue
        table = table.set_column(index, column.name, cells)
    return table
