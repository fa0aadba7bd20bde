"""The reviewer's desk without a browser: what is shown, what is settled, what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fixtures.outputs import reports
from fixtures.runs import write_run_of
from lkjip.errors import UsageError
from lkjip.issues import IssueCode, Severity
from lkjip.records import Report
from lkjip.review import corrections
from lkjip.review.corrections import Action
from lkjip.review.desk import Desk, fresh
from lkjip.review.detail import detail
from lkjip.review.output import DOUBT, open_output

Row = dict[str, Any]


@pytest.fixture
def made() -> list[Report]:
    return list(reports(5, lines=80, doubt=0.25))


@pytest.fixture
def folder(tmp_path: Path, made: list[Report]) -> Path:
    return write_run_of(made, tmp_path / "out", tmp_path)


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk(open_output(folder), "sari")


def first(desk: Desk, code: IssueCode) -> Row:
    return next(issue for issue in desk.issues.values() if issue["code"] == code)


def test_most_rupiah_in_doubt_comes_first(desk: Desk) -> None:
    issues = [i for i in desk.issues.values() if i["code"] != IssueCode.ACCOUNT_AMBIGUOUS]
    weights = [(i["rupiah_at_stake"] or 0) * DOUBT[i["severity"]] for i in issues]
    assert weights == sorted(weights, reverse=True)
    assert {issue["severity"] for issue in issues} >= {Severity.ERROR, Severity.WARNING}


def test_each_candidate_says_what_it_would_close(desk: Desk) -> None:
    shown = detail(desk, first(desk, IssueCode.NUMBER_MALFORMED))
    right, ten_times = shown["candidates"]
    assert Decimal(ten_times["value"]) == 10 * Decimal(right["value"])
    assert all(check["holds"] is not False for check in right["checks"])
    assert any(check["holds"] is False for check in ten_times["checks"])
    assert sum(row["here"] for row in shown["rows"]) == 1
    assert {mark["what"] for mark in shown["marks"]} == {"row", "cell"}


def test_a_mismatch_shows_how_far_off_it_is(desk: Desk) -> None:
    issue = first(desk, IssueCode.SUM_MISMATCH)
    below = next(check for check in detail(desk, issue)["now"] if check["kind"] == "below")
    evidence = issue["evidence"]
    if not below["missing"]:
        assert below["holds"] is False
        assert Decimal(below["difference"]) == -Decimal(str(evidence["difference"]))


def test_a_value_that_was_set_counts_in_the_sums_of_its_neighbours(desk: Desk) -> None:
    issue = first(desk, IssueCode.NUMBER_MALFORMED)
    before = detail(desk, issue)
    desk.decide(issue["issue_id"], Action.SET, issue["candidates"][0])
    after = detail(desk, issue)
    row = next(row for row in after["rows"] if row["here"])
    assert row["cells"][issue["column"]]["value"] == issue["candidates"][0]
    missing = {
        check["kind"]: check["missing"] for check in before["now"] if check["kind"] == "above"
    }
    assert missing["above"] - 1 == next(
        check["missing"] for check in after["now"] if check["kind"] == "above"
    )
    assert after["decision"]["reviewer"] == "sari"


def test_a_decision_is_known_to_the_next_session(desk: Desk, folder: Path) -> None:
    issue = first(desk, IssueCode.SUM_MISMATCH)
    desk.decide(issue["issue_id"], Action.ACCEPT)
    again = Desk(open_output(folder), "budi")
    assert again.states() == {issue["issue_id"]: "accepted"}
    again.undo()
    assert Desk(open_output(folder), "sari").states() == {}


def test_a_page_that_is_loaded_anew_shows_what_was_written_since(
    desk: Desk, folder: Path, made: list[Report], tmp_path: Path
) -> None:
    issue = first(desk, IssueCode.SUM_MISMATCH)
    Desk(open_output(folder), "budi").decide(issue["issue_id"], Action.ACCEPT)
    assert fresh(desk) is desk
    assert desk.states() == {issue["issue_id"]: "accepted"}
    write_run_of(made[:1], folder, tmp_path)
    assert {row["file"] for row in fresh(desk).output.documents} == {made[0].document.file}


def test_no_row_settles_every_doubt_about_it(desk: Desk) -> None:
    issue = first(desk, IssueCode.NUMBER_MALFORMED)
    desk.decide(issue["issue_id"], Action.NOT_A_ROW)
    mates = {i["issue_id"] for i in desk.by_line[issue["line_id"]]}
    assert desk.states() == dict.fromkeys(mates, "corrected")


def test_what_an_issue_does_not_allow_is_refused(desk: Desk, folder: Path) -> None:
    issue = first(desk, IssueCode.IDENTITY_CONTRADICTION)
    with pytest.raises(UsageError, match="no row"):
        desk.decide(issue["issue_id"], Action.NOT_A_ROW)
    with pytest.raises(UsageError, match="not a number"):
        desk.decide(first(desk, IssueCode.NUMBER_MALFORMED)["issue_id"], Action.SET, "lima")
    with pytest.raises(UsageError, match="nothing to undo"):
        desk.undo()
    assert not (folder / corrections.FILE).exists()


def test_an_account_is_chosen_with_its_name(tmp_path: Path) -> None:
    report = next(reports(1, lines=80, doubt=0.25))
    named = []
    for issue in report.issues:
        names = {code: {"name": f"Belanja {code}"} for code in issue.candidates}
        about_account = issue.code is IssueCode.ACCOUNT_AMBIGUOUS
        named.append(replace(issue, column="name", evidence=names) if about_account else issue)
    folder = write_run_of([replace(report, issues=tuple(named))], tmp_path / "out", tmp_path)
    desk = Desk(open_output(folder), "sari")
    issue = first(desk, IssueCode.ACCOUNT_AMBIGUOUS)
    chosen = issue["candidates"][1]
    assert detail(desk, issue)["candidates"][1]["label"] == f"Belanja {chosen}"
    made = desk.decide(issue["issue_id"], Action.SET, chosen)
    assert (made.column, made.new, made.label) == ("account", chosen, f"Belanja {chosen}")


def test_a_correction_of_a_file_that_is_gone_is_shown(
    desk: Desk, folder: Path, made: list[Report], tmp_path: Path
) -> None:
    issue = first(desk, IssueCode.NUMBER_MALFORMED)
    desk.decide(issue["issue_id"], Action.ACCEPT)
    others = [report for report in made if report.document.file != issue["file"]]
    write_run_of(others, folder, tmp_path)
    again = Desk(open_output(folder), "sari")
    lost = [i for i in again.issues.values() if i["state"] == "stale"]
    assert [i["code"] for i in lost] == [IssueCode.CORRECTION_STALE]
    again.decide(lost[0]["issue_id"], Action.ACCEPT)
    assert again.states() == {lost[0]["issue_id"]: "accepted"}
    assert corrections.load(folder / corrections.FILE) == ()
