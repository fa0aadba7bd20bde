"""The report says what the tables say, in one file that asks for nothing and runs nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fixtures.doubts import MEASURES
from fixtures.outputs import reports
from fixtures.runs import write_run_of
from lkjip.cli.main import call
from lkjip.errors import ExitCode, MissingPart, UsageError
from lkjip.records import Report, Status
from lkjip.report.charts import programs
from lkjip.report.figures import figures
from lkjip.report.page import page
from lkjip.report.words import percent, rupiah, share

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return lambda *made: write_run_of(made, tmp_path / "out", tmp_path)


@pytest.fixture(scope="module")
def charts() -> None:
    pytest.importorskip("vl_convert", reason="needs lkjip[report]")


def program_total(made: list[Report]) -> Decimal:
    """Every program of a report once, with its largest anggaran."""
    largest: dict[tuple[str, str], Decimal] = {}
    for report in made:
        for line in report.tables[0].lines:
            value = line.value(line.anggaran)
            if line.name.startswith("Program ") and value is not None:
                key = (report.document.doc_id, line.name)
                largest[key] = max(value, largest.get(key, Decimal(0)))
    return sum(largest.values(), Decimal(0))


def test_the_figures_are_those_of_the_tables(write: Write) -> None:
    made = list(reports(4, lines=80, doubt=0.2))
    found = figures(write(*made))
    assert found.total("anggaran") == program_total(made)
    assert sum(row["issues"] for row in found.issues) == sum(len(r.issues) for r in made)
    assert found.open_issues == sum(len(r.issues) for r in made)
    assert sum(row["lines"] for row in found.documents) == sum(len(r.tables[0].lines) for r in made)
    assert found.failed == 0
    proven = [row["verified_share"] for row in found.documents]
    assert proven == sorted(proven)


def test_what_is_not_known_is_not_counted_as_unspent(write: Write, charts: None) -> None:
    report = next(reports(1, lines=60, doubt=0))
    table = report.tables[0]
    program = table.lines[0]
    bare = replace(program, amounts={MEASURES[0]: program.amounts[MEASURES[0]]}, realisasi=None)
    found = figures(write(replace(report, tables=(replace(table, lines=(bare,)),))))
    assert (found.programs[0]["realisasi"], found.total("budgeted")) == (None, 0)
    text = page("x", found)
    assert "no realisasi printed" in text
    assert "were spent" not in text


def test_the_axes_write_numbers_as_the_text_does(charts: None) -> None:
    spent = Decimal("700000000")
    chart = programs([{"name": "A", "anggaran": spent, "budgeted": spent, "realisasi": spent}])
    assert "0,5" in re.findall(r"<text[^>]*>([^<]*)</text>", chart)


def test_a_table_that_is_printed_twice_counts_once(write: Write) -> None:
    report = next(reports(1, lines=60, doubt=0))
    twice = replace(report, tables=(report.tables[0], replace(report.tables[0], number=2)))
    assert figures(write(twice)).total("anggaran") == program_total([report])


def test_an_output_without_anything_still_gives_a_page(write: Write, charts: None) -> None:
    report = next(reports(1))
    failed = replace(report.document, status=Status.REJECTED, reason="empty file", doc_id="0" * 64)
    empty = replace(report, document=failed, tables=(), mentions=(), issues=())
    text = page("Nothing", figures(write(empty)))
    assert "0 of 1 documents were read, 1 could not be read" in text
    assert "empty file" in text
    assert "<svg" not in text


class Elements(HTMLParser):
    """The names of all elements, and every attribute that could load or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.dangerous: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        loads = ("src", "href", "xlink:href", "srcset", "data", "action")
        self.dangerous += [a for a in attrs if a[0] in loads or a[0].startswith("on")]


def test_one_file_that_loads_and_runs_nothing(write: Write, charts: None) -> None:
    hostile = "Program </style><script>alert(1)</script><img src=x onerror=alert(1)>"
    report = next(reports(1, lines=60, doubt=0.3))
    table = report.tables[0]
    lines = tuple(replace(line, name=hostile) if line.level == 0 else line for line in table.lines)
    identity = replace(report.document.identity, agency=hostile)
    document = replace(report.document, identity=identity, file=f"{hostile}.pdf")
    text = page(hostile, figures(write(replace(
        report, document=document, tables=(replace(table, lines=lines),)
    ))))  # fmt: skip
    seen = Elements()
    seen.feed(text)
    assert seen.dangerous == []
    assert not seen.names & {"script", "img", "iframe", "object", "embed", "link", "base"}
    assert "default-src 'none'" in text
    assert not re.search(r"url\([^#]|@import", text)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    assert text.count("<svg") == 3
    assert "<title>" in text.partition("<svg")[2]


def test_the_command_writes_the_file(
    write: Write, charts: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write(next(reports(1, lines=40)))
    assert call(["report", str(output), "--title", "Grobogan 2021"]) == ExitCode.OK
    path = Path(capsys.readouterr().out.strip())
    assert path == output / "report.html"
    assert "<h1>Grobogan 2021</h1>" in path.read_text(encoding="utf-8")


def test_a_folder_that_is_no_output_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"documents\.parquet"):
        figures(tmp_path)


def test_without_the_charts_it_says_what_to_install(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingPart, match=r"lkjip\[report\]"):
        page("x", figures(write(next(reports(1, lines=40)))))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (rupiah(Decimal("2671018687")), "Rp 2,7 miliar"),
        (rupiah(Decimal("1234567890123")), "Rp 1,2 triliun"),
        (rupiah(Decimal("13860000")), "Rp 13,9 juta"),
        (rupiah(Decimal("250.00")), "Rp 250"),
        (share(0.9996), "99,9 %"),
        (share(1.0), "100,0 %"),
        (share(None), "–"),
        (percent(Decimal(1), Decimal(0)), "–"),
    ],
)
def test_figures_in_words(shown: str, said: str) -> None:
    assert shown == said
