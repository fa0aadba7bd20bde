"""The review page in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from fixtures.kalianget import one_table
from fixtures.outputs import reports
from fixtures.runs import reviewing, write_run_of
from lkjip.errors import ExitCode
from lkjip.records import Report
from lkjip.review import corrections
from lkjip.review.desk import Desk
from lkjip.review.output import open_output

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


def test_it_works_by_touch_on_a_phone(output: Path, chromium: Any) -> None:
    with reviewing(output) as link:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
        page = context.new_page()
        page.goto(link)
        page.wait_for_selector("#verdict[data-issue]")
        first = shown(page)
        page.tap("#open-queue")
        page.tap(".item >> nth=2")
        page.wait_for_function(
            "before => document.getElementById('verdict').dataset.issue !== before", arg=first
        )
        page.tap("#accept")
        page.wait_for_function("() => document.getElementById('progress').textContent.match(/^1 /)")
        page.tap("[data-do=undo]")
        page.wait_for_function("() => document.getElementById('progress').textContent.match(/^0 /)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        context.close()
    assert [made["action"] for made in log(output)] == ["accept", "undo"]


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


def read(reports_folder: Path, output: Path) -> None:
    """`lkjip run`, as a person would call it."""
    command = [sys.executable, "-m", "lkjip", "run", str(reports_folder), "-o", str(output), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (ExitCode.OK, ExitCode.STRICT), done.stderr


def rows(output: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(output / f"{name}.parquet").to_pylist()


@pytest.fixture
def reading(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with the Kalianget report's Tabel 3.1, and what was read of it."""
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "tabel.pdf").write_bytes(one_table("tabel-3-1", "ruled"))
    read(folder, output)
    return folder, output


def test_five_corrections_by_keyboard_are_in_the_lines_of_the_next_run(
    reading: tuple[Path, Path], open_page: Open
) -> None:
    folder, output = reading
    with reviewing(output, "--reviewer", "sari") as link:
        page = open_page(link)
        choose(page, "code", "number-repaired")
        page.wait_for_selector(".sheet .mark.cell")
        for _ in range(2):
            press(page, "Enter")
        choose(page, "code", "amount-missing")
        press(page, "1")
        page.keyboard.press("e")
        page.fill("input[name=typed]", "Rp 2.440.000")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('progress').textContent.match(/^2 /)")
        choose(page, "code", "capaian-mismatch")
        press(page, "x")
        before = log(output)
        assert [made["action"] for made in before] == ["set"] * 4 + ["not-a-row"]
        page.reload()
        page.wait_for_selector("#verdict[data-issue]")
        assert int(progress(page).split()[0]) >= 5
    read(folder, output)
    lines = rows(output, "lines")
    sources = [row[f"{name}_source"] for row in lines for name in ("anggaran", "realisasi")]
    assert sources.count("reviewed") == 4
    by_row = {row["row"]: row for row in lines}
    for made in before[:4]:
        row = by_row[made["row"]]
        assert row["name_raw"] == made["name"]
        assert row[made["column"]] == Decimal(made["new"])
        assert (row[f"{made['column']}_raw"] or "") == made["raw"]
    assert before[4]["row"] not in by_row
    settled = [row for row in rows(output, "issues") if row["state"] == "corrected"]
    assert len(settled) >= 5
    assert "open" not in Desk(open_output(output), "sari").states().values()


def test_an_undone_correction_is_gone_from_the_next_run(
    reading: tuple[Path, Path], open_page: Open
) -> None:
    folder, output = reading
    untouched = (output / "lines.parquet").read_bytes()
    with reviewing(output) as link:
        page = open_page(link)
        choose(page, "code", "number-repaired")
        press(page, "2")
    read(folder, output)
    assert "reviewed" in {row["anggaran_source"] for row in rows(output, "lines")} | {
        row["realisasi_source"] for row in rows(output, "lines")
    }
    with reviewing(output) as link:
        page = open_page(link)
        page.keyboard.press("u")
        page.wait_for_function("() => document.getElementById('progress').textContent.match(/^0 /)")
    read(folder, output)
    assert (output / "lines.parquet").read_bytes() == untouched


def test_a_correction_of_a_report_that_changed_is_stale_and_can_be_let_go(
    reading: tuple[Path, Path], open_page: Open
) -> None:
    folder, output = reading
    with reviewing(output) as link:
        page = open_page(link)
        choose(page, "code", "number-repaired")
        press(page, "Enter")
    (folder / "tabel.pdf").write_bytes(one_table("tabel-4-4", "ruled"))
    read(folder, output)
    stale = [row for row in rows(output, "issues") if row["state"] == "stale"]
    assert [row["code"] for row in stale] == ["correction-stale"]
    assert "reviewed" not in {row["anggaran_source"] for row in rows(output, "lines")}
    with reviewing(output) as link:
        page = open_page(link)
        choose(page, "state", "stale")
        assert "no longer fits" in page.text_content("#verdict")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('progress').textContent.match(/^1 /)")
    read(folder, output)
    assert {row["state"] for row in rows(output, "issues")} <= {"open"}
