"""Settings from a TOML file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip.errors import UsageError
from lkjip.settings import Settings, read_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "lkjip.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_set_keeps_its_default(tmp_path: Path) -> None:
    path = write(tmp_path, 'ocr = "never"\nmax_pages = 10\npage_seconds = 5\nchart = "kab.csv"')
    assert read_settings(path) == Settings(
        ocr="never", max_pages=10, page_seconds=5, chart="kab.csv"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ocr = "sometimes"', "ocr cannot be 'sometimes'"),
        ("max_pages = 1.5", "max_pages cannot be 1.5"),
        ("max_pages = true", "max_pages cannot be True"),
        ("chart = 3", "chart cannot be 3"),
        ("dpi = 300", "no setting 'dpi'; there are engine, ocr,"),
        ("[engine]\nname = 1", "engine cannot be"),
        ("ocr =", "lkjip.toml: "),
    ],
)
def test_a_file_that_is_no_settings_is_told(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lkjip") as told:
        read_settings(write(tmp_path, text))
    assert said in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_settings(tmp_path / "none.toml")


def test_the_key_changes_with_what_changes_the_reading() -> None:
    assert Settings().key() == Settings(corrections="c.jsonl", chart="accounts.csv").key()
    assert len({Settings().key(), Settings(ocr="never").key(), Settings(max_pages=1).key()}) == 3
