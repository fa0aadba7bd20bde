"""The whole Kalianget report read from its PDF: who it is of, what its text says of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

import fixtures
from fixtures import truth
from lkjip.issues import IssueCode
from lkjip.pipeline import read
from lkjip.records import Identity, Report
from lkjip.settings import Settings

SAMPLE = Path(fixtures.__file__).parent / "samples" / "lkjip2020-kalianget.pdf"


@pytest.fixture(scope="module")
def report() -> Report:
    return read(SAMPLE, Settings(ocr="never"))


def test_identity(report: Report) -> None:
    expected = Identity("lkjip", "Kecamatan Kalianget", "Kabupaten Sumenep", 2020)
    assert report.document.identity == expected


def test_contradictions_of_identity_are_issues(report: Report) -> None:
    """Tables of a 2020 report that say 2019, and another office's template."""
    issues = [i for i in report.issues if i.code is IssueCode.IDENTITY_CONTRADICTION]
    assert {i.evidence.get("year") or i.evidence.get("agency") for i in issues} == {
        2019,
        "Dinas Kepemudaan dan Keolahragaan",
    }


def test_every_amount_of_the_narrative_is_joined_and_judged(report: Report) -> None:
    found = [(m.name, m.measure, m.value, m.line and m.line[1], m.agrees) for m in report.mentions]
    assert found == [
        (row["name"] or None, row["measure"], int(row["value"]), int(row["line"]),
         row["agrees"] == "true")
        for row in truth.rows("narasi.mentions")
    ]  # fmt: skip


def test_contradictions_of_the_narrative_are_issues(report: Report) -> None:
    wrong = sum(row["agrees"] == "false" for row in truth.rows("narasi.mentions"))
    issues = [i for i in report.issues if i.code is IssueCode.MENTION_MISMATCH and i.table]
    assert len(issues) == wrong
    (komunikasi,) = (i for i in issues if i.evidence["table"] == "10306007")
    assert komunikasi.evidence["fits"] == "the table"
