"""The review page in a real browser."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fixtures.outputs import reports
from fixtures.runs import reviewing, write_run_of
from lkjip.records import Report
from lkjip.review import corrections

Open = Callable[[str], Any]


def progress(page: Any) -> str:
    return str(page.text_content("#progress")).split(",", maxsplit=1)[0]


def shown(page: Any) -> str:
    return str(page.get_attribute("#verdict", "data-issue"))


def press(page: Any, key: str) -> None:
    """Press a key and wait until the page shows another issue."""
    before = shown(page)
    page.keyboard.press(key)
    page.wait_for_function(
        "before => document.getElementById('verdict').dataset.issue !== before", arg=before
    )


def choose(page: Any, name: str, value: str) -> None:
    """Set a filter and wait for the first issue under it."""
    page.select_option(f"select[name={name}]", value)
    page.wait_for_function(
        "() => document.querySelector('.item[aria-current]') &&"
        " location.hash.slice(1) === document.getElementById('verdict').dataset.issue"
    )
    page.locator("#list").focus()


def log(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / corrections.FILE).read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_five_issues_are_settled_by_keyboard_and_stay_settled(
    output: Path, open_page: Open
) -> None:
    with reviewing(output, "--reviewer", "sari") as link:
        page = open_page(link)
        choose(page, "code", "number-malformed")
        press(page, "1")
        press(page, "2")
        page.keyboard.press("e")
        page.fill("input[name=typed]", "12.345.000")
        press(page, "Enter")
        page.locator("#list").focus()
        press(page, "x")
        press(page, "Enter")
        assert [(made["action"], bool(made["new"])) for made in log(output)] == [
            ("set", True), ("set", True), ("set", True), ("not-a-row", False), ("accept", False),
        ]  # fmt: skip
        assert log(output)[2]["new"] == "12345000"
        assert {made["reviewer"] for made in log(output)} == {"sari"}
        page.reload()
        page.wait_for_selector("#verdict[data-issue]")
        choose(page, "code", "number-malformed")
        assert progress(page).startswith("5 of ")


def test_an_undo_takes_back_the_last_decision(output: Path, open_page: Open) -> None:
    with reviewing(output) as link:
        page = open_page(link)
        first = shown(page)
        press(page, "Enter")
        assert progress(page).startswith("1 of ")
        press(page, "u")
        assert shown(page) == first
        assert progress(page).startswith("0 of ")
        assert [made["action"] for made in log(output)][-1] == "undo"


def test_a_wrong_number_is_refused_and_said(output: Path, open_page: Open) -> None:
    with reviewing(output) as link:
        page = open_page(link)
        choose(page, "code", "number-malformed")
        page.keyboard.press("e")
        page.fill("input[name=typed]", "50.0000.000")
        page.wait_for_selector(".outcome .fails")
        page.keyboard.press("Escape")
        assert page.query_selector("form.edit") is None
        assert not (output / corrections.FILE).exists()


def test_labels_in_bahasa_indonesia_and_help(output: Path, open_page: Open) -> None:
    with reviewing(output, "--lang", "id") as link:
        page = open_page(link)
        assert "dari" in progress(page)
        page.keyboard.press("?")
        assert "bukan baris" in page.text_content("dialog[open]")
        page.keyboard.press("Escape")
        assert page.get_attribute("html", "lang") == "id"


def test_both_languages_have_every_label(chromium: Any, output: Path) -> None:
    with reviewing(output) as link:
        page = chromium.new_page()
        page.goto(link)
        names = page.evaluate(
            "import('/static/words.js').then(({LANGUAGES}) =>"
            " Object.values(LANGUAGES).map((words) => Object.keys(words)))"
        )
        page.close()
    assert names[0] == names[1]


HOSTILE = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "</td><script>window.hit=1</script>",
    '"><script>window.hit=1</script>',
    "' onmouseover='window.hit=1",
    "javascript:window.hit=1",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "{{constructor.constructor('window.hit=1')()}}",
    "<style>*{display:none}</style>",
    "<base href=https://example.org/>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
)


def hostile(report: Report) -> Report:
    """The report with HTML and script in the names of its lines and in what issues say."""
    table = report.tables[0]
    lines = tuple(
        replace(line, name=HOSTILE[line.row % 12], name_raw=HOSTILE[line.row % 12])
        for line in table.lines
    )
    issues = tuple(
        replace(issue, message=HOSTILE[n % 12], evidence={HOSTILE[n % 12]: HOSTILE[-n % 12]})
        for n, issue in enumerate(report.issues)
    )
    return replace(report, tables=(replace(table, lines=lines),), issues=issues)


def test_nothing_from_a_pdf_runs(tmp_path: Path, open_page: Open) -> None:
    report = hostile(next(reports(1, lines=60, doubt=0.6)))
    output = write_run_of([report], tmp_path / "out", tmp_path)
    with reviewing(output) as link:
        page = open_page(link)
        seen = set()
        for _ in range(20):
            seen |= {name for name in HOSTILE if name in page.inner_text("#rows")}
            assert page.text_content("#verdict .message") in HOSTILE
            press(page, "j")
        assert seen == set(HOSTILE)
        assert page.evaluate("window.hit") is None
        assert page.query_selector("main script, main iframe, main style, main svg") is None


STOPWATCH = """() => {
    window.took = [];
    let pressed;
    document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
    new MutationObserver(() => window.took.push(performance.now() - pressed))
        .observe(document.getElementById("verdict"), { attributeFilter: ["data-issue"] });
}"""  # milliseconds from a key to the next issue on the page


def test_the_page_is_quick_with_five_thousand_issues(
    tmp_path: Path, chromium: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prints how long the first page and a key take; asserts no time, only that all is there."""
    made = list(reports(50, lines=1000, doubt=0.1))
    assert sum(len(report.issues) for report in made) >= 5000
    output = write_run_of(made, tmp_path / "out", tmp_path)
    with reviewing(output) as link:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        started = time.perf_counter()
        page.goto(link)
        page.wait_for_selector("#verdict[data-issue]")
        first = time.perf_counter() - started
        assert " of 5" in progress(page)
        page.evaluate(STOPWATCH)
        for key in ("j", "Enter", "j", "k", "Enter", "u") * 5:
            press(page, key)
        keys = page.evaluate("window.took")
        page.close()
    with capsys.disabled():
        print(
            f"\nreview page, {sum(len(r.issues) for r in made)} issues: first page"
            f" {first * 1000:.0f} ms, a key {sorted(keys)[len(keys) // 2]:.0f} ms (median),"
            f" {max(keys):.0f} ms (slowest of {len(keys)})"
        )
