"""Fixtures for every test."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.postgres import find_programs, serving

SHARED = Path(os.environ.get("LKJIP_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and gold that lies beside the checkout; skips without it."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the shared reports and gold beside the checkout (LKJIP_SHARED)")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files of tests/golden anew (look at the pages first)",
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own; skips where Debian's is not installed."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs Debian's postgresql (apt-get install postgresql)")
    pytest.importorskip("adbc_driver_postgresql", reason="needs lkjip[postgres]")
    folder = Path(tempfile.mkdtemp(prefix="lkjip-postgres-"))
    folder.chmod(0o755)  # a path that the server's user can enter
    try:
        with serving(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database on the tests' PostgreSQL server."""
    from adbc_driver_postgresql import dbapi

    name = "t" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]
    with dbapi.connect(postgres, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    return postgres.replace("/postgres", f"/{name}")
