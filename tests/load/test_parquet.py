from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lkjip.errors import DiskFull
from lkjip.load.files import replacing
from lkjip.load.frames import tables_of
from lkjip.load.parquet import row_groups, write_parquet
from lkjip.load.schema import SCHEMAS
from lkjip.records import Report


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_written_is_read_back(report: Report, name: str, tmp_path: Path) -> None:
    table = tables_of([report])[name]
    assert write_parquet(name, [table], tmp_path / "t.parquet") == table.num_rows
    back = pq.read_table(tmp_path / "t.parquet", page_checksum_verification=True)
    assert back.equals(table)
    assert back.schema.metadata[b"lkjip.schema_version"] == b"1"


def test_bytes_depend_on_the_rows_alone(report: Report, tmp_path: Path) -> None:
    table = tables_of([report, report])["facts"]
    write_parquet("facts", [table], tmp_path / "a")
    write_parquet("facts", [table.slice(0, 3), table.slice(3, 1), table.slice(4)], tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_page_checksums_are_on(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    write_parquet("lines", [tables_of([report])["lines"]], path)
    column = pq.ParquetFile(path).metadata.row_group(0).column(0)
    end = column.dictionary_page_offset + column.total_compressed_size
    broken = bytearray(path.read_bytes())
    broken[end - 1] ^= 1  # the last byte of the first column's data page
    path.write_bytes(broken)
    with pytest.raises(OSError, match=r"(?i)crc|checksum"):
        pq.read_table(path, page_checksum_verification=True)


def test_row_groups_are_cut_anew() -> None:
    tables = [pa.table({"n": list(range(k, k + 5))}) for k in range(0, 15, 5)]
    assert [group["n"].to_pylist() for group in row_groups(tables, 6)] == [
        [0, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11],
        [12, 13, 14],
    ]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("old")
    with suppress(ZeroDivisionError), replacing(path) as file:
        file.write(b"new")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path, report: Report) -> None:
    def tables() -> Iterator[pa.Table]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield

    with pytest.raises(DiskFull, match="no space left"):
        write_parquet("lines", tables(), tmp_path / "lines.parquet")
    assert list(tmp_path.iterdir()) == []
