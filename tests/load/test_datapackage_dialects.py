"""The data package is valid in every dialect that the CSV files can be written in."""

from __future__ import annotations

from pathlib import Path

import frictionless
import pytest

from fixtures.outputs import reports
from lkjip.load.csv import DIALECTS
from lkjip.load.frames import tables_of
from lkjip.load.output import write_output


@pytest.mark.parametrize("dialect", DIALECTS)
def test_valid(dialect: str, tmp_path: Path) -> None:
    tables = tables_of(reports(2, lines=40, doubt=0.3))
    write_output(tmp_path, {name: [table] for name, table in tables.items()}, DIALECTS[dialect])
    found = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert found.valid, found.flatten(["rowNumber", "fieldName", "message"])[:5]
