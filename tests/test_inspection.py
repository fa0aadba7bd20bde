"""`lkjip inspect`: what it tells and draws."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from lkjip.cli.main import call
from lkjip.errors import UsageError
from lkjip.inspection import Inspection, explain, inspect_page
from lkjip.picture import BAND, DOUBT, PROVEN, RULING, draw
from lkjip.records import Amount, Box
from lkjip.settings import Settings

REPORT = Path(__file__).parents[1] / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"


@pytest.fixture(scope="module")
def page_6() -> Inspection:
    return inspect_page(REPORT, 6, Settings())


def test_a_budget_table_is_explained_column_by_column(page_6: Inspection) -> None:
    told = "\n".join(explain(page_6))
    assert "page 6: typed, 595 × 842 points" in told
    assert "table 2: budget, ruled, 25 × 6" in told
    assert "column 3: PAGU ANGGARAN → anggaran" in told
    assert "23 lines" in told


def test_why_there_is_no_table() -> None:
    """Kalianget 2020, page 2: a foreword."""
    told = "\n".join(explain(inspect_page(REPORT, 2, Settings())))
    assert "no table: 0 rulings across and 0 down enclose no cells" in told


def test_a_table_is_followed_back_to_its_header() -> None:
    """Kalianget 2020, page 7: the second page of Tabel 2.2."""
    told = "\n".join(explain(inspect_page(REPORT, 7, Settings())))
    assert "column 3: PAGU ANGGARAN → anggaran" in told


def test_rulings_cells_and_a_legend_are_drawn(page_6: Inspection) -> None:
    image = draw(REPORT, page_6, Settings(), dpi=72)
    assert image.size == (596, 842 + BAND)
    seen = {colour for _, colour in image.getcolors(2**24) or ()}
    assert {RULING, PROVEN, DOUBT} <= seen


def test_a_huge_page_is_drawn_under_the_limit_of_pixels(page_6: Inspection) -> None:
    width, height = draw(REPORT, page_6, Settings(max_pixels=50_000)).size
    assert width * (height - BAND) < 51_000


def test_amounts_are_marked_as_proven_or_doubted(page_6: Inspection) -> None:
    read = page_6.tables[-1]
    line = next(line for line in read.lines if len(line.amounts) == 3)
    (proven, amount), (doubted, _), *_ = line.amounts.items()
    box = Box(100, 700, 140, 720)
    line = replace(
        line,
        page=6,
        verified=frozenset({proven}),
        amounts={
            proven: replace(amount, box=box, page=6),
            doubted: Amount("5.0", None, candidates=(Decimal(50),), box=Box(160, 760, 200, 780)),
        },
    )  # fmt: skip
    marked = replace(page_6, tables=(replace(read, lines=(line,)),), rulings=())
    image = draw(REPORT, marked, Settings(), dpi=72)
    assert image.getpixel((100, 710)) == PROVEN
    assert image.getpixel((160, 770)) == DOUBT


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="20 pages, no page 0"):
        inspect_page(REPORT, 0, Settings())


def test_the_command_writes_a_png(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["inspect", str(REPORT), "--page", "6"]) == 0
    captured = capsys.readouterr()
    assert "table 2: budget" in captured.out
    assert captured.err == "drawn to lkjip2020-kalianget-p6.png\n"
    with Image.open(tmp_path / "lkjip2020-kalianget-p6.png") as image:
        assert image.format == "PNG"
