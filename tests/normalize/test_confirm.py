"""Which doubtful amounts of a scan the report's own arithmetic confirms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.confirm import confirm
from lkjip.normalize.numbers import parse_money
from lkjip.normalize.trust import trust
from lkjip.records import (
    Amount,
    Box,
    Line,
    LineKind,
    ReadTable,
    Slot,
    Source,
    Table,
    TableKind,
    TextLine,
)

BOX = Box(0, 0, 10, 10)
ANGGARAN, REALISASI, CAPAIAN = Slot("anggaran"), Slot("realisasi"), Slot("capaian")
FAINT, CLEAR, SURE = 0.6, 0.98, 0.995


def amount(value: str | None, confidence: float = CLEAR, *candidates: str) -> Amount:
    raw = value or (candidates[0] if candidates else "")
    readings = (raw,) if confidence < 1 else ()
    source = Source.PARSED if value else None
    found = tuple(map(Decimal, candidates))
    number = None if value is None else Decimal(value)
    return Amount(raw, number, source, found, confidence=confidence, readings=readings)


def line(row: int, parent: int | None = None, **amounts: Amount) -> Line:
    slots = {Slot(measure): each for measure, each in amounts.items()}
    shown = {measure: Slot(measure) for measure in amounts if measure != "sisa"}
    name = f"Belanja {row}"
    return Line(row, 1, LineKind.DATA, name, name, amounts=slots, parent=parent, **shown)


def table(*lines: Line, number: int = 1) -> ReadTable:
    drawn = Table((1,), BOX, 1, 1, (), "scan-ruled")
    return ReadTable(number, drawn, TableKind.BUDGET, (), lines=lines)


def values(done: tuple[ReadTable, ...], slot: Slot = ANGGARAN) -> list[int | None]:
    found = [line.value(slot) for each in done for line in each.lines]
    return [None if value is None else int(value) for value in found]


def test_a_sum_of_children_confirms_faint_readings() -> None:
    whole = line(1, anggaran=amount("12300", FAINT))
    parts = [line(n, 1, anggaran=amount(v, FAINT)) for n, v in ((2, "7500"), (3, "4800"))]
    done, issues = confirm([table(whole, *parts)], [])
    assert values(done) == [12300, 7500, 4800]
    assert all(ANGGARAN in each.verified for each in done[0].lines)
    assert not issues


def test_a_digit_that_total_and_part_share_may_be_misread_alike() -> None:
    """At 72 dpi an 8 is a 6 wherever it stands: 812.300 = 807.500 + 4.800 read with 6."""
    for confidence, expected in ((FAINT, [None, None, 4800]), (CLEAR, [612300, 607500, 4800])):
        whole = line(1, anggaran=amount("612300", confidence))
        parts = [
            line(n, 1, anggaran=amount(v, confidence)) for n, v in ((2, "607500"), (3, "4800"))
        ]
        done, _ = confirm([table(whole, *parts)], [])
        assert values(done) == expected


def test_nothing_beside_a_part_is_no_sum() -> None:
    whole = line(1, anggaran=amount("1500", FAINT))
    parts = [line(n, 1, anggaran=amount(v, FAINT)) for n, v in ((2, "1500"), (3, "0"))]
    assert values(confirm([table(whole, *parts)], [])[0])[:2] == [None, None]


def test_sums_that_chance_meets_in_a_long_table_confirm_nothing() -> None:
    """Two of forty round amounts add up to a third of another table before long."""
    rows = [line(n, anggaran=amount(f"{1234560 + 10 * n * n}", FAINT)) for n in range(1, 41)]
    total = sum(int(each.amounts[ANGGARAN].raw) for each in rows[4:6])
    whole = line(1, anggaran=amount(str(total), FAINT))
    assert values(confirm([table(*rows), table(whole, number=2)], [])[0]) == [None] * 41


def test_a_sum_that_does_not_close_confirms_nothing() -> None:
    whole = line(1, anggaran=amount("1500"))
    parts = [line(n, 1, anggaran=amount(v)) for n, v in ((2, "1000"), (3, "600"))]
    done, issues = confirm([table(whole, *parts)], [])
    assert values(done) == [None, None, None]
    assert {issue.code for issue in issues} == {IssueCode.OCR_DISAGREEMENT}
    assert [issue.proposed for issue in issues] == [1500, 1000, 600]
    assert {issue.row for issue in issues} == {1, 2, 3}


def test_an_equal_only_child_is_no_sum() -> None:
    lines = [line(1, anggaran=amount("1500")), line(2, 1, anggaran=amount("1500"))]
    assert values(confirm([table(*lines)], [])[0]) == [None, None]


def test_neighbours_add_up_to_an_amount_of_another_table() -> None:
    parts = [line(1, anggaran=amount("10139590000")), line(2, anggaran=amount("2533288840"))]
    lone = line(3, anggaran=amount("287500000"))
    whole = line(1, anggaran=amount("12672878840"))
    done, _ = confirm([table(*parts, lone), table(whole, number=2)], [])
    assert values(done) == [10139590000, 2533288840, None, 12672878840]


def test_another_print_confirms_what_is_clear_or_sure_there() -> None:
    clear = [line(1, anggaran=amount("16523280860")), line(2, anggaran=amount("2696230440", FAINT))]
    again = [
        line(1, anggaran=amount("16523280860")),
        line(2, anggaran=amount("2696230440", SURE)),
    ]
    done, _ = confirm([table(*clear), table(*again, number=2)], [])
    assert values(done) == [16523280860, 2696230440] * 2
    round_ = [table(line(1, anggaran=amount("150000000")), number=n) for n in (1, 2)]
    assert values(confirm(round_, [])[0]) == [None, None], "too few digits to be no chance"


def test_a_percentage_confirms_only_clear_readings() -> None:
    def row(confidence: float, capaian: str = "93.51") -> Line:
        return line(
            1,
            anggaran=amount("6383235800", confidence),
            realisasi=amount(None, confidence, "5969111613"),
            capaian=amount(capaian, confidence),
        )

    for confidence, capaian, expected in (
        (CLEAR, "93.51", 5969111613),
        (FAINT, "93.51", None),
        (CLEAR, "98.51", None),
    ):
        done, _ = confirm([table(row(confidence, capaian))], [])
        assert values(done, REALISASI) == [expected]
    done, _ = confirm([table(row(CLEAR))], [])
    assert done[0].lines[0].amounts[REALISASI].source is Source.REPAIRED


def test_no_reading_is_clear_where_clear_percentages_are_wrong() -> None:
    """What the percentages contradict once, they overlook elsewhere: in the last digits."""

    def row(number: int, realisasi: str) -> Line:
        return line(
            number,
            anggaran=amount("6383235800"),
            realisasi=amount(realisasi),
            capaian=amount("93.51"),
        )

    misread = [row(1, "5969111613"), row(2, "5969111613"), row(3, "5869111613")]
    assert values(confirm([table(*misread)], [])[0], REALISASI) == [None] * 3


@pytest.mark.parametrize("readings", [("4.000,000", "4.000.000"), ("4000000", "4.000.000")])
@pytest.mark.parametrize("confidence", [CLEAR, SURE])
def test_digits_read_alike_get_the_marks_that_the_sum_needs(
    readings: tuple[str, str], confidence: float
) -> None:
    first, second = readings
    lines = (TextLine(first, BOX, confidence=confidence, readings=(second,)),)
    doubted = trust(parse_money(first), lines, parse_money)
    assert doubted.value is None
    for total, expected in (("12350000", 4000000), ("12354000", None)):
        whole = line(1, anggaran=amount(total, SURE))
        parts = [line(2, 1, anggaran=doubted), line(3, 1, anggaran=amount("8350000", SURE))]
        done, issues = confirm([table(whole, *parts)], [])
        assert values(done)[1] == expected
        code = IssueCode.NUMBER_REPAIRED if expected else IssueCode.OCR_DISAGREEMENT
        assert [issue.code for issue in issues] == [code]
    assert done[0].lines[1].amounts[ANGGARAN].raw == first


def test_issues_of_what_was_settled_go_and_typed_tables_pass() -> None:
    told = [Issue(IssueCode.OCR_DISAGREEMENT, Severity.WARNING, "", 1, 1, 1, "anggaran")]
    done, issues = confirm([table(line(1, anggaran=amount("1000", FAINT)))], told)
    assert len(issues) == 1
    assert issues[0] not in told
    typed = table(line(1, anggaran=amount("1000", 1.0)))
    assert confirm([typed], told) == ((typed,), tuple(told))
    assert values(done) == [None]
