"""Reports to the contract's tables."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.load.frames import status_of, tables_of
from lkjip.load.schema import SCHEMAS
from lkjip.records import (
    Amount,
    Box,
    Document,
    Line,
    LineKind,
    ReadTable,
    Report,
    Slot,
    Status,
    Table,
    TableKind,
)


def rows(report: Report, name: str) -> list[dict[str, object]]:
    return tables_of([report])[name].to_pylist()


def test_every_table_has_the_types_of_the_contract(report: Report) -> None:
    tables = tables_of([report])
    assert list(tables) == list(SCHEMAS)
    for name, table in tables.items():
        assert table.schema == SCHEMAS[name]
        assert table.num_rows > 0


def test_no_report_gives_empty_tables() -> None:
    assert {name: table.num_rows for name, table in tables_of([]).items()} == dict.fromkeys(
        SCHEMAS, 0
    )


def test_a_line_keeps_what_it_was_read_from(report: Report) -> None:
    band, line = rows(report, "lines")
    assert line["line_id"] == "abababababab-t1-2"
    assert line["parent_id"] == band["line_id"] == "abababababab-t1-1"
    assert line["name_raw"] == "Belanja  alat tulis\u00a0kantor"
    assert (line["anggaran_raw"], line["anggaran"]) == ("12.500.000,-", Decimal("12500000.00"))
    assert (line["realisasi_raw"], line["realisasi"], line["realisasi_source"]) == (
        "50.0000.000", None, None,
    )  # fmt: skip
    assert line["agency"] == "Kecamatan Kalianget"
    assert json.loads(str(line["other"])) == {"Lokasi > Desa": "Kalianget"}
    assert line["verified"] is False
    assert (band["verified"], band["other"], band["x0"]) == (None, None, None)


def test_facts_are_every_amount_of_every_line(report: Report) -> None:
    facts = {(row["measure"], row["period"]): row for row in rows(report, "facts")}
    assert set(facts) == {
        ("anggaran", "murni"), ("anggaran", "perubahan"), ("realisasi", "tahun"),
        ("capaian", "tahun"), ("fisik", "tahun"),
    }  # fmt: skip
    assert facts["anggaran", "murni"]["unit"] == "IDR"
    assert facts["fisik", "tahun"]["unit"] == "persen"
    assert facts["capaian", "tahun"]["value"] == Decimal("98.6400")
    assert {row["year"] for row in facts.values()} == {2020}


def test_a_year_as_period_is_the_year_of_the_fact(report: Report, line: Line) -> None:
    plan = replace(line, amounts={Slot("anggaran", "2023"): Amount("1", Decimal(1))})
    table = replace(report.tables[0], lines=(plan,))
    assert [row["year"] for row in rows(replace(report, tables=(table,)), "facts")] == [2023]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Rencana Program dan Kegiatan Tahun 2021", 2021),  # bp3akb 2016, p62
        ("Rencana Tindak Lanjut Tahun 2022 (UU No. 23 Tahun 2014)", 2022),  # bplhd 2016, p46
        ("Rencana Tahun 2020 dan 2021", 2020),
        ("Rencana Strategis 2018-2023", 2020),
        ("Target Renstra Tahun 2023", 2020),
        ("Anggaran sampai dengan Tahun 2023", 2020),
        ("Realisasi Anggaran Tahun 2019", 2020),  # left from the last report
        (None, 2020),
    ],
)
def test_a_table_that_plans_ahead_is_of_the_year_in_its_title(
    report: Report, title: str | None, year: int
) -> None:
    table = replace(report.tables[0], table=replace(report.tables[0].table, title=title))
    planned = replace(report, tables=(table,))
    found = {row["year"] for name in ("facts", "tables") for row in rows(planned, name)}
    assert found == {year}


def test_columns_of_one_role_keep_their_headers(report: Report) -> None:
    columns = json.loads(str(rows(report, "tables")[0]["columns"]))
    assert columns == {
        "no": "No",
        "name": "Uraian",
        "anggaran murni": "Anggaran > Murni",
        "anggaran perubahan": "Anggaran > Perubahan",
        "other": "Lokasi > Desa",
        "other #2": "Ket",
    }


def test_share_counts_printed_rupiah_only(report: Report) -> None:
    document = rows(report, "documents")[0]
    assert document["verified_share"] == pytest.approx(1 / 3)  # murni, perubahan, realisasi
    assert (document["tables"], document["lines"], document["issues"]) == (2, 2, 1)


@pytest.mark.parametrize(
    ("status", "severity", "state", "shown"),
    [
        (Status.OK, Severity.ERROR, "open", Status.PARTIAL),
        (Status.OK, Severity.ERROR, "corrected", Status.OK),
        (Status.OK, Severity.WARNING, "open", Status.OK),
        (Status.CRASHED, Severity.ERROR, "open", Status.CRASHED),
    ],
)
def test_ok_is_impossible_while_an_error_stands(
    status: Status, severity: Severity, state: str, shown: Status
) -> None:
    issue = Issue(IssueCode.SUM_MISMATCH, severity, "sums differ", state=state)
    assert status_of(Report(Document("0", "a.pdf", status), issues=(issue,))) is shown


def test_issue_ids_stay_when_others_come_and_tell_twins_apart(report: Report) -> None:
    (issue,) = report.issues
    other = replace(issue, row=1)
    more = rows(replace(report, issues=(other, issue, issue)), "issues")
    ids = [row["issue_id"] for row in more]
    assert ids[1] == rows(report, "issues")[0]["issue_id"]
    assert ids[2] == f"{ids[1]}-2"
    assert json.loads(str(more[0]["candidates"])) == ["50000000", "500000000"]
    assert json.loads(str(more[0]["evidence"])) == {"raw": "50.0000.000", "box": [1, 2, 3, 4]}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (Slot("anggaran"), "1e16"),
        (Slot("anggaran"), "9999999999999999.999"),  # too long only once rounded
        (Slot("capaian"), "123456"),
        (Slot("anggaran"), "NaN"),
        (Slot("realisasi"), "-Infinity"),
        (Slot("realisasi"), "1E+999999"),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_null_with_an_issue(
    report: Report, line: Line, slot: Slot, value: str
) -> None:
    amount = Amount("as printed", Decimal(value))
    odd = replace(line, amounts={slot: amount}, **{slot.measure: slot})
    report = replace(report, tables=(replace(report.tables[0], lines=(odd,)),), issues=())
    (row,), (issue,) = rows(report, "lines"), rows(report, "issues")
    assert (row[f"{slot.measure}_raw"], row[slot.measure]) == ("as printed", None)
    assert (issue["code"], issue["line_id"]) == ("number-malformed", row["line_id"])
    assert rows(report, "documents")[0]["status"] == "partial"


@settings(deadline=None, max_examples=60)
@example("\ud800\x00 \u0301", Decimal("sNaN"), 2**31, float("nan"))
@given(
    text=st.text(st.characters(exclude_categories=())),
    number=st.decimals() | st.decimals(allow_nan=False, places=3),
    integer=st.integers(),
    real=st.floats(),
)
def test_no_value_is_too_strange(text: str, number: Decimal, integer: int, real: float) -> None:
    slot = Slot("anggaran", text)
    amount = Amount(text, number, box=Box(real, real, real, real), page=integer, confidence=real)
    line = Line(
        integer, integer, LineKind.DATA, text, text, text, text, {slot: amount}, slot, slot, slot,
        {text: text}, Box(real, 0, 0, 0), level=integer, parent=integer,
    )  # fmt: skip
    grid = Table((), Box(real, 0, 0, 0), integer, 0, (), text, integer, text, real)
    issue = Issue(
        IssueCode.SUM_MISMATCH, Severity.INFO, text, integer, integer, integer, text,
        {text: [number, real, text, {integer}]}, (number, text), number, number,
    )  # fmt: skip
    report = Report(
        Document("ab" * 32, text, Status.OK, text, seconds=real),
        (ReadTable(integer, grid, TableKind.BUDGET, (), integer, (line,)),),
        issues=(issue,),
    )
    for table in tables_of([report]).values():
        table.validate(full=True)
