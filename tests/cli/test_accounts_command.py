"""`lkjip accounts search` as a person calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip.cli.main import call
from lkjip.errors import ExitCode


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["belanja", "atk", "--year", "2019"], "1.00  permendagri13  5.2.2.01.01  Belanja Alat"),
        (["belanja atk", "--year", "2022"], "1.00  permendagri90  5.1.02.01.01.0024  Belanja"),
        (
            ["penyediaan jasa surat menyurat", "--year", "2021", "--region", "Kota Bogor"],
            "1.00  permendagri90  X.XX.01.2.08.01  Penyediaan Jasa Surat Menyurat  < ",
        ),
    ],
)
def test_the_likeliest_entry_comes_first(
    arguments: list[str], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["accounts", "search", *arguments]) == ExitCode.OK
    assert capsys.readouterr().out.startswith(first)


def test_without_a_year_every_list_is_searched(capsys: pytest.CaptureFixture[str]) -> None:
    call(["accounts", "search", "belanja pegawai", "-n", "9"])
    found = {line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert found == {"permendagri13", "permendagri90", "bas"}


def test_a_name_of_nothing_official(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["accounts", "search", "sosialisasi revolusi mental"]) == ExitCode.OK
    assert capsys.readouterr().err == "no official entry\n"


def test_a_faulty_chart_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.csv"
    path.write_text("kode\n1\n")
    assert call(["accounts", "search", "belanja", "--chart", str(path)]) == ExitCode.USAGE
    assert "own.csv: no column code" in capsys.readouterr().err
