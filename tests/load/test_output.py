from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pytest

from lkjip.errors import ExitCode
from lkjip.load.csv import DIALECTS
from lkjip.load.datapackage import descriptions
from lkjip.load.frames import tables_of
from lkjip.load.output import write_output, write_run
from lkjip.load.schema import SCHEMAS
from lkjip.records import Report
from lkjip.settings import Settings


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_data_package_is_valid(report: Report, dialect: str, tmp_path: Path) -> None:
    tables = {name: [table] for name, table in tables_of([report]).items()}
    rows = write_output(tmp_path, tables, DIALECTS[dialect])
    validation = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert validation.flatten(["title", "message"]) == []
    assert {task.name: task.stats["rows"] for task in validation.tasks} == rows


def test_same_reports_same_bytes(report: Report, tmp_path: Path) -> None:
    tables = {name: [table] for name, table in tables_of([report]).items()}
    for folder in ("a", "b"):
        write_output(tmp_path / folder, tables)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) == 2 * len(SCHEMAS) + 1
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_every_column_is_described_once() -> None:
    columns = [(name, column) for name in SCHEMAS for column in SCHEMAS[name].names]
    assert sorted(descriptions()) == sorted(columns)


def test_the_run_is_recorded_without_secrets(tmp_path: Path) -> None:
    write_run(tmp_path, Settings(password="hunter2"), {"ok": 3}, {"lines": 9}, ExitCode.OK)
    text = (tmp_path / "run.json").read_text()
    assert "hunter2" not in text
    record = json.loads(text)
    assert (record["documents"], record["rows"], record["exit_code"]) == (
        {"ok": 3},
        {"lines": 9},
        0,
    )
