"""The same report in other rules, on other paper, in other text steps gives the same lines.

A value that differs is a wrong one, whatever was lost; LOSSES names what is known to be lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from fixtures.metamorphosis import CHANGES
from fixtures.metamorphosis.compare import Row, Score, compare
from lkjip.pipeline import read
from lkjip.settings import Settings

SAMPLE = Path(__file__).parents[1] / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"
TABLE_PAGES = [5, 6, 7, 8, 9]  # of Tabel 3.1
# What is known to be lost on the pages with gold: share of amounts that come back at the least.
LOSSES = {
    "no-rules": 0.92, "no-horizontals": 0.92, "no-verticals": 0.92, "outer-rules": 0.65,
    "inner-rules": 0.87, "two-beside": 0.66, "two-stacked": 0.65, "turned-180": 0.97,
}  # fmt: skip


def rows(path: Path) -> list[Row]:
    report = read(path, Settings(ocr="never"))
    return [
        (line.name, *map(line.value, (line.anggaran, line.realisasi, line.capaian)))
        for table in report.tables
        for line in table.lines
    ]


def extract(source: Path, pages: list[int], target: Path, change: str = "same") -> list[Row]:
    """The lines of some pages of a report (from 0), changed."""
    with pikepdf.open(source) as whole, pikepdf.new() as part:
        for page in pages:
            part.pages.append(whole.pages[page])
        CHANGES[change](part)
        part.save(target)
    return rows(target)


def score(source: Path, pages: list[int], change: str, folder: Path) -> Score:
    return compare(
        known(source, tuple(pages), folder), extract(source, pages, folder / "c.pdf", change)
    )[0]


@cache
def known(source: Path, pages: tuple[int, ...], folder: Path) -> list[Row]:
    return extract(source, list(pages), folder / "same.pdf")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("metamorphosis")


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_made_up_report_reads_the_same(change: str, folder: Path) -> None:
    """Tabel 3.1, ruled, over the pages of a report."""
    check(change, score(SAMPLE, TABLE_PAGES, change, folder))


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_real_pages_read_the_same(change: str, shared: Path, folder: Path) -> None:
    pages: dict[str, set[int]] = defaultdict(set)
    for gold in (shared / "gold" / "dev").glob("*.csv"):
        if found := re.fullmatch(r"(.+)__p(\d+)-(\d+)__t\d+", gold.stem):
            pages[found[1]].update(range(int(found[2]) - 1, int(found[3])))
    total = Score()
    for stem, numbers in sorted(pages.items()):
        total += score(shared / "corpus" / f"{stem}.pdf", sorted(numbers), change, folder)
    check(change, total)


def check(change: str, score: Score) -> None:
    assert score.wrong == 0
    assert score.amounts > 0
    assert score.found >= LOSSES.get(change, 1) * score.amounts
    if change not in LOSSES:
        assert score.invented == 0
