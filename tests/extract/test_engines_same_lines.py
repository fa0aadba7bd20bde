"""The same budget lines, whichever engine finds the table."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from fixtures.kalianget import one_table
from lkjip import pipeline
from lkjip.records import Line
from lkjip.settings import Engine, Settings


def lines(path: Path, engine: Engine) -> list[tuple[object, ...]]:
    report = pipeline.read(path, Settings(engine=engine))
    return [_essence(line) for table in report.tables for line in table.lines]


def _essence(line: Line) -> tuple[object, ...]:
    amounts = {slot: (amount.raw, amount.value) for slot, amount in line.amounts.items()}
    return line.page, line.row, line.kind, line.no, line.name, line.parent, amounts


@pytest.mark.parametrize("layout", ["ruled", "rotate-90"])
def test_tabel_3_1_of_kalianget_2020(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "tabel-3-1.pdf"
    path.write_bytes(one_table("tabel-3-1", layout))
    ours, *others = (lines(path, engine) for engine in get_args(Engine))
    assert len(ours) > 130
    assert others == [ours, ours]
