"""Every layout class gives exactly the lines that were drawn."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from fixtures.layouts import CLASSES, Expected, make
from lkjip.pipeline import read
from lkjip.records import Line, Slot
from lkjip.settings import Settings

SEEDS = (1, 2, 3)
Gaps = dict[str, tuple[str, tuple[int, ...]]]  # class: why it fails, and on which seeds
GAPS: Gaps = {}


@cache
def _read(name: str, seed: int) -> tuple[Line, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "layout.pdf"
        path.write_bytes(make(name, seed).pdf)
        report = read(path, Settings(ocr="never"))
    return tuple(line for table in report.tables for line in table.lines)


def _row(line: Line) -> tuple[object, ...]:
    values = (line.value(slot) for slot in (line.anggaran, line.realisasi, line.capaian))
    return (line.kind.value, line.name, *values)


def _wanted(line: Expected) -> tuple[object, ...]:
    return (line.kind, line.name, line.anggaran, line.realisasi, line.capaian)


def _sample(name: str, seed: int, gaps: Gaps) -> Any:
    reason, seeds = gaps.get(name, ("", ()))
    gap = pytest.mark.xfail(strict=True, reason=reason)
    return pytest.param(name, seed, marks=[gap] if seed in seeds else [])


@pytest.mark.parametrize(
    ("name", "seed"), [_sample(name, seed, GAPS) for name in CLASSES for seed in SEEDS]
)
def test_lines_come_back_as_drawn(name: str, seed: int) -> None:
    sample = make(name, seed)
    assert [_row(line) for line in _read(name, seed)] == [_wanted(line) for line in sample.lines]


FACT_GAPS: Gaps = {}
SEVERAL = (
    *("multi-storey", "planned-progress", "fisik", "sisa", "murni-perubahan"),
    *("triwulan", "triwulan-kinerja", "evaluasi-renja", "bulan", "two-years", "level-columns"),
)


@pytest.mark.parametrize(
    ("name", "seed"), [_sample(name, seed, FACT_GAPS) for name in SEVERAL for seed in SEEDS]
)
def test_every_measure_and_period_is_kept(name: str, seed: int) -> None:
    sample = make(name, seed)
    for line, wanted in zip(_read(name, seed), sample.lines, strict=True):
        for (measure, period), value in wanted.facts.items():
            periods = (period, "tahun") if period == "2019" else (period,)
            read = {line.value(Slot(measure, p)) for p in periods} - {None}
            assert read == {value}, (line.name, measure, period)
