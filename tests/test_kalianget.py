"""Every table of the Kalianget 2020 report, typed, against its truth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fixtures import truth
from fixtures.kalianget import LAYOUTS, one_table, report
from lkjip.extract.document import open_document
from lkjip.extract.pages import read_pages
from lkjip.extract.stitch import stitch
from lkjip.issues import IssueCode
from lkjip.normalize.tables import read_table
from lkjip.pipeline import read
from lkjip.records import Amount, Indicator, Line, Report, Slot
from lkjip.settings import Settings

SETTINGS = Settings(ocr="never")
DAMAGED = ("132", "133")  # rows of Tabel 2.2 and 3.1


def _report(name: str, layout: str, folder: Path) -> Report:
    path = folder / f"{name}.pdf"
    path.write_bytes(one_table(name, layout))
    return read(path, SETTINGS)


def _lines(result: Report) -> list[Line]:
    return [line for table in result.tables for line in table.lines]


def _value(line: Line, slot: Slot | None) -> str:
    value = line.value(slot)
    return "" if value is None else f"{value.normalize():f}"


def _plain(text: str) -> str:
    return f"{Decimal(text).normalize():f}" if text else ""


def _amounts(line: Line) -> tuple[str, ...]:
    return tuple(_value(line, slot) for slot in (line.anggaran, line.realisasi, line.capaian))


def _wanted(row: truth.Row) -> tuple[str, ...]:
    return tuple(_plain(row[measure]) for measure in ("anggaran", "realisasi", "capaian"))


def _before_proof(name: str, layout: str, folder: Path) -> list[Line]:
    path = folder / f"{name}.pdf"
    path.write_bytes(one_table(name, layout))
    with open_document(path, SETTINGS) as document:
        pages, _ = read_pages(document.pdf, SETTINGS)
    tables = [read_table(table, number)[0] for number, table in enumerate(stitch(pages), start=1)]
    return [line for table in tables for line in table.lines]


def _damaged(lines: list[Line]) -> Iterator[tuple[str, Amount]]:
    for row in DAMAGED:
        line = lines[int(row) - 1]
        for slot in (line.anggaran, line.realisasi):
            amount = line.amount(slot)
            assert amount is not None
            yield row, amount


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tabel_3_1_is_139_lines_with_damage_in_doubt_and_nothing_invented(
    layout: str, tmp_path: Path
) -> None:
    wanted = truth.load("tabel-3-1").lines
    lines = _before_proof("tabel-3-1", layout, tmp_path)
    assert [(line.name, *_amounts(line)) for line in lines] == [
        (row["name"], *_wanted(row)) for row in wanted
    ]
    assert [line.no or "" for line in lines] == [row["no"] for row in wanted]
    for row, amount in _damaged(lines):
        assert amount.value is None
        assert Decimal(wanted[int(row) - 1]["repaired"]) in amount.candidates


@pytest.mark.parametrize("name", ["tabel-2-2", "tabel-3-1"])
def test_the_sums_repair_both_damaged_rows_and_fill_no_blank(name: str, tmp_path: Path) -> None:
    result = _report(name, "ruled", tmp_path)
    lines = _lines(result)
    for row, line in zip(truth.load(name).lines, lines, strict=True):
        if row["repaired"]:
            assert _amounts(line)[:2] == (row["repaired"], row["repaired"])
        else:
            assert _amounts(line) == _wanted(row)
    repaired = [issue.row for issue in result.issues if issue.code is IssueCode.NUMBER_REPAIRED]
    assert set(repaired) == set(map(int, DAMAGED))


@pytest.mark.parametrize("name", ["tabel-2-2", "tabel-3-1"])
def test_parents_are_those_of_the_sums(name: str, tmp_path: Path) -> None:
    lines = _lines(_report(name, "ruled", tmp_path))
    wanted = [row["parent"] for row in truth.load(name).lines]
    read = [str(line.parent or "") for line in lines]
    assert len(read) == len(wanted)
    assert sum(a == b for a, b in zip(read, wanted, strict=True)) >= 135  # 97 %


@pytest.mark.parametrize(
    "name",
    [
        "tabel-2-2",
        "cost-a",
        "cost-b",
        "rencana-aksi-sasaran",
        "tabel-4-4",
    ],
)
def test_money_of_a_table_is_in_its_lines(name: str, tmp_path: Path) -> None:
    lines = _before_proof(name, "landscape", tmp_path)
    wanted = truth.load(name).lines
    assert [(line.kind.value, line.name, *_amounts(line)) for line in lines] == [
        (row["kind"], row["name"], *_wanted(row)) for row in wanted
    ]


def test_tabel_4_4_keeps_the_forward_estimate_as_a_fact_of_its_year(tmp_path: Path) -> None:
    lines = _lines(_report("tabel-4-4", "landscape", tmp_path))
    wanted = truth.load("tabel-4-4").lines
    assert [_value(line, Slot("anggaran", "2021")) for line in lines] == [
        row["anggaran 2021"] for row in wanted
    ]


def _numbers(indicator: Indicator) -> tuple[str, ...]:
    amounts = (indicator.target, indicator.realisasi, indicator.capaian)
    return tuple(
        "" if amount is None or amount.value is None else f"{amount.value.normalize():f}"
        for amount in amounts
    )


@pytest.mark.parametrize(
    "name",
    [
        "tabel-2-3",
        "tabel-2-4",
        "tabel-2-5",
        "cost-b",
        "rencana-aksi-sasaran",
        "tabel-4-4",
    ],
)
def test_performance_of_a_table_is_in_its_indicators(name: str, tmp_path: Path) -> None:
    result = _report(name, "landscape", tmp_path)
    read = [indicator for table in result.tables for indicator in table.indicators]
    wanted = truth.load(name).indicators
    assert [(indicator.indikator, *_numbers(indicator)) for indicator in read] == [
        (
            row["indikator"],
            *(_plain(row[measure]) for measure in ("target", "realisasi", "capaian")),
        )
        for row in wanted
    ]


@pytest.mark.parametrize("name", ["tabel-2-1", "skala", "rencana-aksi"])
def test_a_table_without_money_or_targets_gives_no_lines_and_no_indicators(
    name: str, tmp_path: Path
) -> None:
    result = _report(name, "ruled", tmp_path)
    assert len(result.tables) == 1
    assert not _lines(result)
    assert not [indicator for table in result.tables for indicator in table.indicators]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("report") / "lkjip2020-kalianget.pdf"
    path.write_bytes(report())
    return read(path, SETTINGS)


def test_the_whole_report_has_every_table_once(whole: Report) -> None:
    titles = [table.table.title or "" for table in whole.tables]
    assert len(titles) == len(truth.names())
    for name, title in zip(truth.names(), titles, strict=True):
        first = truth.load(name).title[0]
        assert first in title or not first.startswith("Tabel")


def test_every_amount_of_the_narrative_is_found_and_joined_to_its_line(whole: Report) -> None:
    wanted = truth.rows("narasi.mentions")
    read = [(mention.measure, _plain(str(mention.value))) for mention in whole.mentions]
    assert read == [(row["measure"], row["value"]) for row in wanted]


def test_where_the_narrative_contradicts_the_table_an_issue_says_so(whole: Report) -> None:
    wanted = truth.rows("narasi.mentions")
    for mention, row in zip(whole.mentions, wanted, strict=True):
        if mention.line is not None:
            assert mention.agrees == (row["agrees"] == "true"), row
    mismatches = [issue for issue in whole.issues if issue.code is IssueCode.MENTION_MISMATCH]
    assert any("13.800.000" in issue.message for issue in mismatches)


def test_the_report_says_who_reports_on_what(whole: Report) -> None:
    identity = whole.document.identity
    assert identity.report_kind == "lkjip"
    assert identity.agency is not None
    assert "kalianget" in identity.agency.lower()
    assert identity.region is not None
    assert "sumenep" in identity.region.lower()
    codes = [issue.code for issue in whole.issues]
    assert IssueCode.IDENTITY_CONTRADICTION in codes  # 2019 and 2020, a leftover Dinas
