"""What docs/tables.md shows runs, and `lkjip tables` writes what it says."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from fixtures.government import make
from lkjip.cli.main import call

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "fixtures" / "samples" / "lkjip2020-kalianget.pdf"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.S)


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.pdf").write_bytes(SAMPLE.read_bytes())
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(code, names)
    grid = names["grid"]
    assert isinstance(grid, list)
    assert "KEGIATAN" in {text for row in grid for text in row}


def test_the_keys_of_the_json_are_those_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["tables", str(SAMPLE), "--pages", "6"]) == 0
    first, *_ = json.loads(capsys.readouterr().out)
    (shown,) = map(json.loads, blocks("json"))
    assert list(first) == list(shown)
    assert list(first["cells"][0]) == list(shown["cells"][0])


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_one_file_a_table(kind: str, tmp_path: Path) -> None:
    report = make("side by side", 1)
    (tmp_path / "two.pdf").write_bytes(report.pdf)
    out = tmp_path / "tables"
    assert call(["tables", str(tmp_path / "two.pdf"), "--format", kind, "-o", str(out)]) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [f"two-page-1-table-{number}.{kind}" for number in (1, 2)]
    if kind == "csv":
        lines = [line for name in names for line in (out / name).read_text().splitlines()]
        read = {text.removeprefix("'") for row in csv.reader(lines) for text in row}
        assert {piece.text for table in report.tables for piece in table} <= read
