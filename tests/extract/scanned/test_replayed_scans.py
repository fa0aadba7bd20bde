"""Scanned documents through the whole pipeline, with recorded readings and damaged ones.

`pytest --update-golden` records anew what the engine reads: needed where the layout of
a page changes the crops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fixtures.wrappings import ROWS, wrap
from lkjip.extract.scanned import page as scanned_page
from lkjip.extract.scanned.ocr.base import Engine, Reading
from lkjip.extract.scanned.ocr.choose import engine_named
from lkjip.extract.scanned.ocr.replay import Recorder, Replay, recorded
from lkjip.issues import Issue, IssueCode
from lkjip.normalize.confirm import CONFIRMED
from lkjip.normalize.trust import SURE
from lkjip.pipeline import read
from lkjip.records import Line, Report, Slot, Source
from lkjip.settings import Settings

RECORDINGS = Path(__file__).parent / "recordings"
ANGGARAN, REALISASI = Slot("anggaran"), Slot("realisasi")

Change = Callable[[list[Reading]], list[Reading]]
Play = Callable[..., Report]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Play:
    """`play(wrapping, change)`: the report of the sheet, its recorded readings changed."""

    def run(name: str, change: Change = list) -> Report:
        path = tmp_path / f"{name}.pdf"
        wrap(name, path)
        recording = RECORDINGS / f"{name}.json"
        if request.config.getoption("--update-golden"):
            recorder = Recorder(engine_named())
            _read(path, recorder, monkeypatch)
            RECORDINGS.mkdir(exist_ok=True)
            recorder.save(recording)
        return _read(path, Replay(change(recorded(recording))), monkeypatch)

    return run


def _read(path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(scanned_page, "engine_named", lambda: engine)
    return read(path, Settings())


def said(printed: str, *others: str, score: float | None = None) -> Change:
    """What is printed is read otherwise: `others` first and second, the last one ever after."""

    def change(readings: list[Reading]) -> list[Reading]:
        left = list(others)

        def changed(reading: Reading) -> Reading:
            if reading.number != printed:
                return reading
            number = left.pop(0) if len(left) > 1 else left[0]
            confidence = reading.number_confidence if score is None else score
            return replace(reading, number=number, text=number, number_confidence=confidence)

        assert any(reading.number == printed for reading in readings), "not in the recording"
        return list(map(changed, readings))

    return change


def values(report: Report, slot: Slot) -> list[Decimal | None]:
    return [line.value(slot) for line in lines(report)]


def lines(report: Report) -> Sequence[Line]:
    (table,) = report.tables
    return table.lines


def printed(column: int) -> list[Decimal]:
    return [Decimal(row[column].replace(".", "").replace(",", ".")) for row in ROWS]


def disagreements(report: Report) -> Iterator[Issue]:
    return (issue for issue in report.issues if issue.code is IssueCode.OCR_DISAGREEMENT)


def test_a_clear_scan_is_written_whole(play: Play) -> None:
    report = play("plain")
    assert (report.document.pages_scanned, report.document.pages_typed) == (1, 0)
    assert values(report, ANGGARAN) == printed(2)
    assert values(report, REALISASI) == printed(3)
    assert values(report, Slot("capaian")) == printed(4)
    amounts = [amount for line in lines(report) for amount in line.amounts.values()]
    assert all(amount.confidence >= SURE for amount in amounts)
    assert all(amount.source is Source.PARSED for amount in amounts)
    assert all(line.verified >= {ANGGARAN, REALISASI} for line in lines(report))
    assert not list(disagreements(report))


def test_two_readings_that_no_sum_decides_are_null_with_candidates(play: Play) -> None:
    report = play("plain", said("298.334.210", "298.384.210", "298.884.210"))
    assert values(report, REALISASI)[3] is None
    (issue,) = disagreements(report)
    assert (issue.page, issue.row, issue.column) == (1, 4, "realisasi")
    assert set(issue.candidates) == {Decimal(298384210), Decimal(298884210)}
    assert issue.rupiah_at_stake


def test_a_sum_chooses_between_two_readings(play: Play) -> None:
    report = play("plain", said("298.334.210", "298.384.210", "298.334.210"))
    line = lines(report)[3]
    amount = line.amounts[REALISASI]
    assert (amount.value, amount.source) == (Decimal(298334210), Source.REPAIRED)
    assert amount.raw == "298.384.210"
    assert IssueCode.NUMBER_REPAIRED in {issue.code for issue in report.issues}


@pytest.mark.parametrize(
    "seen", ["298 334 210", "298334210", "298.334 210", "298.334210", "298334.210"]
)
def test_the_ledger_gives_lost_separators_back(play: Play, seen: str) -> None:
    """ "294 166 463 728" and "5369111613" of the scan of jabar-sda."""
    report = play("plain", said("298.334.210", seen))
    amount = lines(report)[3].amounts[REALISASI]
    assert amount.value == Decimal(298334210)
    assert amount.raw == seen, "nothing is regrouped in silence"
    assert REALISASI in lines(report)[3].verified


def test_lost_separators_that_no_sum_closes_stay_open(play: Play) -> None:
    report = play(
        "plain",
        lambda readings: said("298.334.210", "298334211")(
            said("2.421.359.670", "2.421.359.679")(readings)
        ),
    )
    assert values(report, REALISASI)[3] is None
    assert Decimal(298334211) in next(disagreements(report)).candidates


def test_on_coarse_print_only_arithmetic_counts(play: Play) -> None:
    """72 dpi: agreement proves nothing, the sums prove every amount."""
    report = play("coarse")
    assert values(report, ANGGARAN) == printed(2)
    total = next(row[2] for row in ROWS if row[1] == "Jumlah")
    broken = play("coarse", said(total, "2.518.250.209", score=0.8))
    assert values(broken, ANGGARAN)[-1] is None
    told = {(issue.row, issue.column): issue.candidates for issue in disagreements(broken)}
    assert told[5, "anggaran"] == (Decimal(2518250209),)
    confirmed = [a for line in lines(broken) for a in line.amounts.values() if a.value is not None]
    assert {a.confidence for a in confirmed} == {CONFIRMED}, "by a percentage or a sum, all of them"
