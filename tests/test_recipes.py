"""Every block of docs/recipes.md runs, on the sample reports."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from lkjip.cli.main import call
from lkjip.errors import ExitCode

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in TEXT.split("\n## ")[1:]}
SQL, PANDAS, DASHBOARD, OTHERS = list(SECTIONS.values())


def blocks(section: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def commands(section: str) -> list[list[str]]:
    shown = re.findall(r"^    (lkjip .*)$|`(lkjip [^`]+)`", section, re.MULTILINE)
    return [shlex.split(block or inline)[1:] for block, inline in shown]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reports/`, and `output/` read from them by the first recipe."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(ROOT / "fixtures" / "samples", folder / "reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert call([*commands(SQL)[0], "-q"]) == ExitCode.OK
    return folder


@pytest.fixture
def here(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(desk)
    return desk


def test_the_page_has_its_blocks() -> None:
    shown = ((SQL, "sql"), (PANDAS, "python"), (DASHBOARD, "sql"))
    assert [len(blocks(*section)) for section in shown] == [2, 1, 2]
    assert [len(commands(section)) for section in SECTIONS.values()] == [1, 0, 1, 2]


def test_duckdb_answers(here: Path) -> None:
    loaded, unloaded = blocks(SQL, "sql")
    with duckdb.connect("lkjip.duckdb", read_only=True) as database:
        programs = database.execute(loaded).fetchall()
    assert programs
    assert "Kecamatan Kalianget" in {row[0] for row in programs}
    assert duckdb.sql(unloaded).fetchall()


def test_pandas_answers(here: Path) -> None:
    (code,) = blocks(PANDAS, "python")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "anggaran" in done.stdout


def test_the_dashboard_answers_to_a_user_who_can_only_read(here: Path, database: str) -> None:
    from adbc_driver_postgresql import dbapi

    (command,) = commands(DASHBOARD)
    placed = {"/arsip/laporan": "reports/", "/srv/lkjip": "output"}
    address = command[command.index("--to") + 1]
    for _ in range(2):
        given = [database if word == address else placed.get(word, word) for word in command]
        assert call([*given, "-q"]) == ExitCode.OK
    grants, query = blocks(DASHBOARD, "sql")
    with dbapi.connect(database, autocommit=True) as connection, connection.cursor() as cursor:
        for grant in filter(str.strip, grants.split(";")):
            cursor.execute(grant)
    reader = database.replace("lkjip@", "dashboard@")
    with dbapi.connect(reader) as connection, connection.cursor() as cursor:
        cursor.execute(query.strip().removesuffix(";"))
        assert cursor.fetchall()
        with pytest.raises(dbapi.ProgrammingError, match="permission denied"):
            cursor.execute("DELETE FROM lines")


def test_the_other_ways_are_commands_that_work(here: Path) -> None:
    pytest.importorskip("vl_convert", reason="needs lkjip[report]")
    for command in commands(OTHERS):
        assert call(command) == ExitCode.OK
    assert (here / "output" / "lkjip.xlsx").is_file()
    assert (here / "output" / "report.html").is_file()
