"""Corrections find their cell again, or say that they do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import (
    Amount,
    Box,
    Identity,
    Line,
    LineKind,
    Match,
    ReadTable,
    Slot,
    Source,
    Table,
    TableKind,
)
from lkjip.review.corrections import Action, Correction
from lkjip.review.replay import replay, settle, with_accounts, with_identity

DOC = "ab" * 32
PAGU, UANG = Slot("anggaran", "perubahan"), Slot("realisasi")
CELL = Box(300, 100, 360, 112)


def line(row: int, name: str, raw: str, value: int | None, box: Box = CELL) -> Line:
    amount = Amount(raw, None if value is None else Decimal(value), box=box, page=7)
    return Line(
        row, 7, LineKind.DATA, name, name, amounts={PAGU: amount}, anggaran=PAGU,
        box=Box(72, box.y0, 500, box.y1),
    )  # fmt: skip


def table(*lines: Line) -> ReadTable:
    grid = Table((7,), Box(70, 90, 520, 700), len(lines), 4, (), "ruled")
    return ReadTable(1, grid, TableKind.BUDGET, (), lines=lines)


DAMAGED = table(
    line(1, "Belanja makan", "6.675.0000", None),
    line(2, "Belanja alat tulis", "50.0000.000", None, Box(300, 112, 360, 124)),
)
MADE = Correction(
    DOC, "a.pdf", Action.SET, code="number-malformed", page=7, box=Box(300, 112, 360, 124),
    column="anggaran perubahan", raw="50.0000.000", name="Belanja alat tulis", row=2,
    new="50000000", id="c1",
)  # fmt: skip
DOUBT = Issue(IssueCode.NUMBER_MALFORMED, Severity.ERROR, "m", 7, 1, 2, "anggaran")


def values(tables: tuple[ReadTable, ...]) -> list[Decimal | None]:
    return [line.value(line.anggaran) for table in tables for line in table.lines]


def test_a_corrected_value_says_that_a_person_set_it() -> None:
    done = replay((DAMAGED,), DOC, (MADE,))
    amount = done.tables[0].lines[1].amounts[PAGU]
    assert (amount.value, amount.source, amount.raw) == (50000000, Source.REVIEWED, "50.0000.000")
    assert values(done.tables)[0] is None
    assert [i.state for i in settle((DOUBT, replace(DOUBT, row=1)), done)] == ["corrected", "open"]


def test_whether_the_sum_holds_is_not_settled_by_the_value() -> None:
    sums = replace(DOUBT, code=IssueCode.SUM_MISMATCH)
    done = replay((DAMAGED,), DOC, (MADE, replace(MADE, code="sum-mismatch", id="c2")))
    assert settle((sums,), done)[0].state == "open"
    kept = replace(MADE, action=Action.ACCEPT, code="sum-mismatch", new=None, id="c3")
    assert settle((sums,), replay((DAMAGED,), DOC, (MADE, kept)))[0].state == "accepted"


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        pytest.param({}, True, id="the very same place"),
        pytest.param({"box": Box(301, 113, 362, 125)}, True, id="a box drawn a little elsewhere"),
        pytest.param({"column": "sisa"}, True, id="a column whose role is now read otherwise"),
        pytest.param({"doc_id": "cd" * 32}, True, id="new bytes, same text in the same place"),
        pytest.param({"raw": "50.000.000"}, False, id="other text"),
        pytest.param({"page": 8}, False, id="another page"),
        pytest.param({"box": Box(300, 200, 360, 212)}, False, id="another place"),
        pytest.param({"doc_id": "cd" * 32, "name": "Belanja cetak"}, False, id="another row"),
    ],
)
def test_a_correction_fits_or_is_stale(change: dict[str, object], fits: bool) -> None:
    done = replay((DAMAGED,), DOC, (replace(MADE, **change),))  # type: ignore[arg-type]
    assert (values(done.tables)[1] == 50000000) is fits
    assert len(done.stale) == (not fits)
    if not fits:
        assert done.tables == (DAMAGED,)
        assert done.stale[0].state == "stale"
        assert settle((), done) == done.stale


def test_a_merged_cell_is_corrected_in_the_row_that_was_meant() -> None:
    shared = table(line(1, "Belanja a", "5.00", None), line(2, "Belanja b", "5.00", None))
    made = replace(MADE, box=CELL, raw="5.00", name="Belanja b", row=2, new="5")
    assert values(replay((shared,), DOC, (made,)).tables) == [None, 5]


def test_twins_that_cannot_be_told_apart_are_left_alone() -> None:
    twins = table(line(1, "Belanja", "5.00", None), line(2, "Belanja", "5.00", None))
    done = replay((twins,), DOC, (replace(MADE, box=CELL, raw="5.00", name="Belanja", row=9),))
    assert values(done.tables) == [None, None]
    assert len(done.stale) == 1


def test_a_blank_cell_gets_its_value() -> None:
    blank = table(replace(line(1, "Belanja", "1", 1), amounts={PAGU: Amount("1", Decimal(1))}))
    made = replace(MADE, box=blank.lines[0].box, column="realisasi", raw="", row=1, name="Belanja")
    done = replay((blank,), DOC, (made,)).tables[0].lines[0]
    assert done.realisasi == UANG
    assert (done.value(UANG), done.amounts[UANG].source) == (50000000, Source.REVIEWED)


def test_what_is_no_row_is_gone_and_its_doubts_with_it() -> None:
    made = replace(
        MADE, action=Action.NOT_A_ROW, column=None, new=None,
        box=DAMAGED.lines[1].box, raw="Belanja alat tulis",
    )  # fmt: skip
    done = replay((DAMAGED,), DOC, (made,))
    assert [line.row for line in done.tables[0].lines] == [1]
    assert settle((DOUBT,), done)[0].state == "corrected"


def test_a_doubt_about_no_cell_is_accepted_by_its_words() -> None:
    doubt = Issue(IssueCode.IDENTITY_CONTRADICTION, Severity.WARNING, "cover says  2019", 1)
    made = Correction(DOC, "a.pdf", Action.ACCEPT, code=doubt.code, page=1, raw="cover says 2019")
    assert settle((doubt,), replay((DAMAGED,), DOC, (made,)))[0].state == "accepted"
    chosen = replace(made, action=Action.SET, column="year", new="2019")
    done = replay((DAMAGED,), DOC, (chosen,))
    assert settle((doubt,), done)[0].state == "corrected"
    before = Identity(year=2020, agency="Dinas A")
    assert with_identity(before, done) == Identity(year=2019, agency="Dinas A")
    other = replay((DAMAGED,), "cd" * 32, (chosen,))  # the file has new bytes: next year's report
    assert with_identity(before, other) == before
    assert len(other.stale) == 1


def test_a_chosen_account_is_the_lines_account() -> None:
    doubt = Issue(IssueCode.ACCOUNT_AMBIGUOUS, Severity.WARNING, "m", 7, 1, 2, "name")
    row = DAMAGED.lines[1]
    made = replace(
        MADE, column="account", box=row.box, raw=row.name_raw, code=doubt.code,
        new="5.2.2.01.01", label="Belanja alat tulis kantor",
    )  # fmt: skip
    done = replay((DAMAGED,), DOC, (made,))
    other = replace(DAMAGED.lines[0], account=Match("permendagri13", "5.2.2.11"))
    tables = with_accounts((replace(done.tables[0], lines=(other, row)),), done)
    chosen = Match("permendagri13", "5.2.2.01.01", "Belanja alat tulis kantor", 1.0)
    assert [line.account for line in tables[0].lines] == [other.account, chosen]
    assert values(done.tables) == [None, None]
    assert [issue.state for issue in settle((doubt,), done)] == ["corrected"]
