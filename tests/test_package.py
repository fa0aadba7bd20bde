"""The wheel: one name, with the data that the program reads."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
TESTED_EXTRAS = ("ray", "postgres", "report")  # tesseract has no wheel for every system


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_adds_one_name(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"lkjip"}
    assert "lkjip/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_holds_every_file_of_the_package(names: set[str]) -> None:
    files = [path for path in (ROOT / "lkjip").rglob("*") if path.is_file()]
    ours = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    assert "lkjip/load/columns.csv" in ours
    assert ours - names == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert "://" not in text


def test_the_locks_hold_what_the_project_asks_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = settings["project"], settings["dependency-groups"]
    extras = project["optional-dependencies"]
    to_run = [*project["dependencies"], *groups["build"]]
    to_test = [*groups["test"], *(name for part in TESTED_EXTRAS for name in extras[part])]
    assert missing("requirements.lock", to_run) == []
    assert missing("requirements-test.lock", [*to_run, *to_test]) == []


def missing(lock: str, asked: list[str]) -> list[str]:
    """What `make lock` has to be run for."""
    names = [re.split(r"[^\w.-]", requirement)[0] for requirement in asked]
    text = "\n" + (ROOT / lock).read_text(encoding="utf-8")
    return [name for name in names if f"\n{re.sub(r'[._]', '-', name.lower())}==" not in text]
