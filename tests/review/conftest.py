"""Made-up outputs, and Debian's chromium to look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.outputs import reports, with_pdf
from fixtures.runs import browsing, find_chromium, write_run_of


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three reports with their PDFs and some forty issues."""
    made = [with_pdf(report, tmp_path / "in") for report in reports(3, lines=100, doubt=0.12)]
    return write_run_of(made, tmp_path / "out", tmp_path / "in")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = find_chromium()
    if path is None:
        pytest.skip("needs Debian's chromium (apt-get install chromium)")
    pytest.importorskip("playwright", reason="needs the playwright package")
    with browsing(path) as browser:
        yield browser


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[[str], Any]]:
    """Opens a link in a fresh profile; the test fails on any error that the page reports."""
    complaints: list[str] = []
    contexts = []

    def open_link(link: str) -> Any:
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 800}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _is_complaint(said) and complaints.append(said.text))
        page.goto(link)
        page.wait_for_selector("#verdict[data-issue]")
        return page

    yield open_link
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(said: Any) -> bool:
    """Errors of scripts and of the content policy; an answer such as 422 is none."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")
