from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from lkjip.load.csv import DIALECTS, csv_schema, write_csv
from lkjip.load.frames import tables_of
from lkjip.load.schema import SCHEMAS
from lkjip.records import Report


def read(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("name", SCHEMAS)
def test_columns_are_those_of_the_contract(report: Report, name: str, tmp_path: Path) -> None:
    table = tables_of([report])[name]
    assert write_csv(name, [table], tmp_path / "t.csv") == table.num_rows
    rows = read(tmp_path / "t.csv")
    assert len(rows) == table.num_rows
    assert list(rows[0]) == [column for column in table.column_names if column != "seconds"]


def test_no_rows_still_gives_a_header(tmp_path: Path) -> None:
    write_csv("lines", [], tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text().count("\n") == 1
    assert read(tmp_path / "t.csv") == []


def one_line(**values: object) -> pa.Table:
    return pa.Table.from_pylist([values], schema=SCHEMAS["lines"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_would_run_as_a_formula_is_defused(start: str, tmp_path: Path) -> None:
    name = start + 'cmd|"/c calc"!A1'
    write_csv("lines", [one_line(name=name, no="a" + start)], tmp_path / "t.csv")
    (row,) = read(tmp_path / "t.csv")
    assert (row["name"], row["no"]) == ("'" + name, "a" + start)


def test_numbers_are_left_alone_and_null_is_empty(tmp_path: Path) -> None:
    line = one_line(anggaran=Decimal("-1234567890123456.50"), x0=0.1, row=-3, verified=True)
    write_csv("lines", [line], tmp_path / "t.csv")
    (row,) = read(tmp_path / "t.csv")
    assert (row["anggaran"], row["x0"], row["row"]) == ("-1234567890123456.50", "0.1", "-3")
    assert (row["verified"], row["realisasi"], row["name"]) == ("true", "", "")


def test_excel_of_indonesia_opens_it_by_double_click(tmp_path: Path) -> None:
    line = one_line(anggaran=Decimal("1234.50"), x0=0.5, row=7, name="Gedung, a.n. Camat; dll")
    write_csv("lines", [line], tmp_path / "t.csv", DIALECTS["excel-id"])
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = read(tmp_path / "t.csv", "utf-8-sig", ";")
    assert (row["anggaran"], row["x0"], row["row"]) == ("1234,50", "0,5", "7")
    assert row["name"] == "Gedung, a.n. Camat; dll"


def test_only_the_seconds_differ_from_parquet() -> None:
    missing = {name: set(SCHEMAS[name].names) - set(csv_schema(name).names) for name in SCHEMAS}
    assert {name for name, columns in missing.items() if columns} == {"documents"}
    assert missing["documents"] == {"seconds"}
