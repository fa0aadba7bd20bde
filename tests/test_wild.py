"""Budget tables in the words and figures of any office come back as a reader reads them."""

from __future__ import annotations

from pathlib import Path

from fixtures.metamorphosis.compare import Score, compare
from fixtures.wild import make
from lkjip.pipeline import read
from lkjip.settings import Settings

SEEDS = range(160)
RIGHT = 0.96  # share of the amounts; the rest are tables whose rules do not part the columns


def _score(seed: int, folder: Path) -> tuple[Score, list[str]]:
    sample = make(seed)
    path = folder / f"wild-{seed}.pdf"
    path.write_bytes(sample.pdf)
    report = read(path, Settings(ocr="never"))
    read_lines = [
        (line.name, *map(line.value, (line.anggaran, line.realisasi, line.capaian)))
        for table in report.tables
        for line in table.lines
    ]
    wanted = [(line.name, line.anggaran, line.realisasi, line.capaian) for line in sample.lines]
    return compare(wanted, read_lines)


def test_nothing_is_wrong_or_invented_and_hardly_anything_is_lost(tmp_path: Path) -> None:
    total = Score()
    for seed in SEEDS:
        score, notes = _score(seed, tmp_path)
        assert (score.wrong, score.invented) == (0, 0), (seed, notes[:5])
        total += score
    assert total.found >= RIGHT * total.amounts


def test_a_wide_ruled_column_of_many_keeps_its_rows(tmp_path: Path) -> None:
    score, notes = _score(3011, tmp_path)
    assert (score.wrong, score.invented) == (0, 0), notes
    assert score.found == score.amounts


def test_a_page_that_goes_on_is_in_thousands_as_the_title_before_says(tmp_path: Path) -> None:
    score, notes = _score(2043, tmp_path)
    assert (score.wrong, score.invented) == (0, 0), notes
    assert score.found > 0
