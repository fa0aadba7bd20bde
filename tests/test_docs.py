"""What a user must know stands in the docs, and what stands there is so."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from lkjip.errors import ExitCode
from lkjip.issues import IssueCode, Severity
from lkjip.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "output.md"])
def test_every_command_option_and_column_is_documented(make: ModuleType, name: str) -> None:
    path = ROOT / "docs" / name
    assert path.read_text(encoding="utf-8") == make.written(path), "run: python docs/make.py"


def test_every_issue_code_is_explained() -> None:
    text = (ROOT / "docs" / "issues.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == [str(c) for c in IssueCode]
    assert all(f"`{severity}`" in text for severity in Severity)


def test_every_exit_code_is_explained() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", text, re.MULTILINE)
    assert [(int(number), name) for number, name in rows] == [(c.value, c.name) for c in ExitCode]


def test_every_setting_is_explained_with_its_default() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \|([^|]*)\|", text, re.MULTILINE))
    assert list(told) == [field.name for field in fields(Settings)]
    numbers = {field.name: field.default for field in fields(Settings)}
    for name, default in told.items():
        if default.strip().isdigit():
            assert int(default) == numbers[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_paths_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"`((?:lkjip|tests|docs|fixtures)/[^` *<]+)`", page.read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []
