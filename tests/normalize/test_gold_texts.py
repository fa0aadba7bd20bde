"""Mentions, indicators and identity of real reports against what was keyed by hand.

Needs the shared reports. The shares are those of docs and benchmarks; wrong values are none.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lkjip.pipeline import read
from lkjip.records import Amount, Report
from lkjip.settings import Settings

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
REPORTS = (
    "lkip2016-jabar-kesbangpol",
    "lkip2016-jabar-inspektorat-bab3",
    "lkip2016-jabar-kumkm-bab3",
    "lkip2016-jabar-binamarga-bab3",
    "lakip2015-cianjur-dkp",
    "triwulan2023-tangsel-kewilayahan1",
)


def scorer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, Report]:
    settings = Settings(ocr="never")
    return {name: read(shared / "corpus" / f"{name}.pdf", settings) for name in REPORTS}


@pytest.mark.parametrize("name", REPORTS)
def test_identity(name: str, reports: dict[str, Report], shared: Path) -> None:
    score = scorer("score_identity")
    with (shared / "gold" / "identity_dev.csv").open(encoding="utf-8") as file:
        gold = next(row for row in csv.DictReader(file) if row["file"] == f"{name}.pdf")
    identity = reports[name].document.identity
    got = {
        "kind": identity.report_kind,
        "agency": identity.agency,
        "region": identity.region,
        "year": identity.year,
    }
    verdicts = {field: score.verdict(gold, field, value) for field, value in got.items()}
    assert verdicts == dict.fromkeys(got, "right")


def test_mentions(reports: dict[str, Report], shared: Path) -> None:
    score = scorer("score_mentions")
    total = dict.fromkeys(score.COUNTS, 0)
    for (stem, page), gold in score.read_gold(shared / "gold" / "mentions_dev.csv").items():
        if stem not in reports:
            continue
        rows = [
            {"name": m.name, "measure": m.measure, "value": m.value, "raw": m.raw,
             "percent": m.percent}
            for m in reports[stem].mentions if m.page == page
        ]  # fmt: skip
        result, _ = score.score(gold, rows)
        total = {key: total[key] + result[key] for key in total}
    assert total["gold"] > 40
    assert total["wrong"] == 0
    assert total["found"] >= 0.95 * total["gold"]
    assert total["names"] >= 0.85 * total["gold"]


def test_prose_makes_no_lines(reports: dict[str, Report]) -> None:
    """binamarga 2016, p33-38: amounts in prose only."""
    report = reports["lkip2016-jabar-binamarga-bab3"]
    pages = range(33, 39)
    assert any(mention.page in pages for mention in report.mentions)
    assert not [line for t in report.tables for line in t.lines if line.page in pages]


def test_indicators(reports: dict[str, Report], shared: Path) -> None:
    score = scorer("score_indicators")
    total = dict.fromkeys(score.COUNTS, 0)
    for path in sorted((shared / "gold" / "indicators_dev").glob("*.csv")):
        stem, pages, _ = path.stem.split("__")
        if stem not in reports:
            continue
        first, last = map(int, pages[1:].split("-"))
        with path.open(encoding="utf-8") as file:
            gold = list(csv.DictReader(file))
        result, _ = score.score(gold, _rows(reports[stem], range(first, last + 1)))
        total = {key: total[key] + result[key] for key in total}
    assert total["gold"] > 30
    assert total["wrong"] == total["invented"] == 0
    assert total["values_ok"] >= 0.95 * total["values"]


def _rows(report: Report, pages: range) -> list[dict[str, Any]]:
    def value(amount: Amount | None) -> object:
        return None if amount is None else amount.value

    return [
        {
            "sasaran": one.sasaran,
            "indikator": one.indikator,
            "satuan": one.satuan,
            "year": one.year,
            "target": value(one.target),
            "realisasi": value(one.realisasi),
            "capaian": value(one.capaian),
        }
        for table in report.tables
        for one in table.indicators
        if one.page in pages
    ]
