"""An output folder in DuckDB and in a real PostgreSQL server: once or twice, the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from fixtures.outputs import reports
from fixtures.runs import write_run_of
from lkjip.errors import UsageError
from lkjip.load import destinations
from lkjip.load.destinations import check, masked, send
from lkjip.load.schema import SCHEMAS

VIEWS = ("wide_lines", "account_lines", "serapan_by_program", "open_issues")

Ask = Callable[[str, str], list[tuple[Any, ...]]]  # URL, query


def ask_duckdb(url: str, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(url.removeprefix("duckdb:///"), read_only=True) as database:
        return database.execute(query).fetchall()


def ask_postgres(url: str, query: str) -> list[tuple[Any, ...]]:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return [tuple(row) for row in cursor.fetchall()]


@pytest.fixture(params=["duckdb", "postgres"])
def destination(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Ask]:
    """An empty database: its URL, and a way to ask it."""
    if request.param == "duckdb":
        return f"duckdb:///{tmp_path}/lkjip.duckdb", ask_duckdb
    return request.getfixturevalue("database"), ask_postgres


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return write_run_of(reports(3, lines=60, doubt=0.2), tmp_path / "out", tmp_path)


def counts(url: str, ask: Ask) -> dict[str, int]:
    return {name: ask(url, f'SELECT count(*) FROM "{name}"')[0][0] for name in SCHEMAS}


def test_twice_is_once(output: Path, destination: tuple[str, Ask]) -> None:
    url, ask = destination
    rows = send(output, url)
    assert rows["lines"] > 180
    assert rows["issues"] > 0
    assert counts(url, ask) == rows
    assert send(output, url) == rows
    assert counts(url, ask) == rows


def test_the_values_are_those_of_the_parquet(output: Path, destination: tuple[str, Ask]) -> None:
    url, ask = destination
    send(output, url)
    for name in ("lines", "facts", "issues"):
        columns = SCHEMAS[name].names
        quoted = ", ".join(f'"{column}"' for column in columns)
        table = pq.read_table(output / f"{name}.parquet")
        wanted = [tuple(row.values()) for row in table.to_pylist()]
        found = [tuple(map(plain, row)) for row in ask(url, f"SELECT {quoted} FROM {name}")]
        assert sorted(found, key=repr) == sorted(
            (tuple(map(plain, row)) for row in wanted), key=repr
        )


def plain(value: Any) -> Any:
    """Equal numbers alike, however a driver hands them out (ADBC: numeric as text)."""
    if isinstance(value, str):
        try:
            return Decimal(value).normalize()
        except ArithmeticError:
            return value
    return value.normalize() if isinstance(value, Decimal) else value


def test_a_document_read_anew_replaces_its_rows_and_no_others(
    output: Path, destination: tuple[str, Ask], tmp_path: Path
) -> None:
    url, ask = destination
    send(output, url)
    before = counts(url, ask)
    first = next(reports(1, lines=60, doubt=0.2))
    shorter = replace(first.tables[0], lines=first.tables[0].lines[:10])
    again = write_run_of([replace(first, tables=(shorter,))], tmp_path / "again", tmp_path)
    send(again, url)
    gone = len(first.tables[0].lines) - 10
    assert counts(url, ask)["lines"] == before["lines"] - gone
    assert counts(url, ask)["documents"] == before["documents"]


def test_refused_files_of_another_output_stay(
    output: Path, destination: tuple[str, Ask], tmp_path: Path
) -> None:
    """All files that were never opened have one id: their names tell them apart."""
    url, ask = destination
    for folder, file in (
        (tmp_path / "a", "pipe"),
        (tmp_path / "b", "device"),
        (tmp_path / "a", "pipe"),
    ):
        document = replace(next(reports(1)).document, doc_id=destinations.UNOPENED, file=file)
        send(
            write_run_of(
                [replace(next(reports(1)), document=document, tables=(), mentions=(), issues=())],
                folder,
                tmp_path,
            ),
            url,
        )
    assert sorted(ask(url, "SELECT file FROM documents")) == [("device",), ("pipe",)]


def test_the_views_answer(output: Path, destination: tuple[str, Ask]) -> None:
    url, ask = destination
    send(output, url)
    for view in VIEWS:
        assert ask(url, f"SELECT count(*) FROM {view}")[0][0] > 0
    lines = pq.read_table(output / "lines.parquet")
    programs = lines.filter(pc.starts_with(lines["name"], "Program "))
    known = programs.filter(pc.is_valid(programs["anggaran"]))
    assert ask(url, "SELECT count(*) FROM serapan_by_program")[0][0] <= known.num_rows
    assert ask(url, "SELECT max(serapan) FROM wide_lines WHERE level = 2")[0][0] is not None


def test_an_older_table_gets_the_columns_that_it_lacks(
    output: Path, destination: tuple[str, Ask]
) -> None:
    url, ask = destination
    create = "CREATE TABLE lines (line_id text, doc_id text, file text)"
    if ask is ask_duckdb:
        with duckdb.connect(url.removeprefix("duckdb:///")) as older:
            older.execute(create)
    else:
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(create)
    rows = send(output, url)
    assert ask(url, "SELECT count(anggaran_raw) FROM lines")[0][0] > rows["lines"] / 2


def test_a_failure_leaves_the_database_as_it_was(
    output: Path, destination: tuple[str, Ask]
) -> None:
    url, ask = destination
    send(output, url)
    before = counts(url, ask)
    issues = output / "issues.parquet"
    issues.write_bytes(issues.read_bytes()[:100])
    with pytest.raises((UsageError, pa.ArrowException, duckdb.Error)):
        send(output, url)
    assert counts(url, ask) == before


@pytest.mark.parametrize("url", ["sqlite:///x.db", "duckdb://", "duckdb:///", "file.duckdb", ""])
def test_an_address_that_is_none_is_refused_before_the_work(url: str) -> None:
    with pytest.raises(UsageError, match="destination"):
        check(url)


def test_a_password_is_never_shown(output: Path) -> None:
    url = "postgresql://sari:s3cret@127.0.0.1:1/db?password=s3cret"
    assert masked(url) == "postgresql://sari@127.0.0.1:1/db"
    pytest.importorskip("adbc_driver_postgresql", reason="needs lkjip[postgres]")
    with pytest.raises(UsageError) as caught:
        send(output, url)
    assert "s3cret" not in str(caught.value)


def test_a_hundred_thousand_lines(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prints how long they take; asserts that they are there, and once."""
    made = list(reports(100, lines=1000, doubt=0))
    output = write_run_of(made, tmp_path / "out", tmp_path)
    took = []
    for _ in range(2):
        started = time.perf_counter()
        rows = send(output, database)
        took.append(time.perf_counter() - started)
        assert counts(database, ask_postgres) == rows
    assert rows["lines"] >= 100_000
    with capsys.disabled():
        print(
            f"\npostgresql: {rows['lines']} lines and {rows['facts']} facts in {took[0]:.1f} s,"
            f" replaced in {took[1]:.1f} s"
        )
