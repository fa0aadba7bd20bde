"""Fixtures for every test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
