"""Amounts in the text of scanned pages: what is written of them, and what stays a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from lkjip.issues import IssueCode
from lkjip.normalize.mentions.find import find_mentions
from lkjip.records import (
    Amount,
    Box,
    Line,
    LineKind,
    Page,
    PageKind,
    ReadTable,
    Slot,
    Source,
    Table,
    TableKind,
    TextLine,
)

FINE, SMALL = 0.995, 0.9
AGREED = "Program Pendidikan memperoleh anggaran sebesar Rp 2.671.018.687,- tahun ini."
ANGGARAN = Slot("anggaran")


def page(readings: Sequence[tuple[str, str | None, float]]) -> Page:
    """A scanned page: what each line reads, what it reads a second time, and how surely."""
    lines = [
        TextLine(
            first,
            Box(72, 150 + 14 * n, 72 + 6 * len(first), 161 + 14 * n),
            confidence=confidence,
            readings=() if second is None else (second,),
        )
        for n, (first, second, confidence) in enumerate(readings)
    ]
    return Page(1, 595, 842, PageKind.SCANNED, tuple(lines))


def table(name: str, value: int) -> ReadTable:
    amount = Amount(f"{value:,}".replace(",", "."), Decimal(value), Source.PARSED)
    line = Line(1, 2, LineKind.DATA, name, name, amounts={ANGGARAN: amount}, anggaran=ANGGARAN)
    grid = Table((2,), Box(0, 0, 500, 800), 1, 3, (), "ruled")
    return ReadTable(1, grid, TableKind.BUDGET, (), 1, (line,))


@pytest.mark.parametrize(
    ("first", "second", "confidence", "value", "why"),
    [
        (AGREED, AGREED, FINE, 2671018687, "read alike twice, fine print"),
        (AGREED, AGREED, SMALL, None, "read alike twice at 100 dpi"),
        (AGREED, AGREED.replace("687", "637"), 0.0, None, "read in two ways"),
        (AGREED, None, 0.98, None, "read once"),
        (
            "anggaran sebesar Rp 2.671.O18.687,- tahun ini.",
            "anggaran sebesar Rp 2.671.O18.687,- tahun ini.",
            FINE,
            None,
            "a nought read as a letter twice: 2.671 is but its front",
        ),
        (
            "anggaran sebesar Rp 2.671 018.687,- tahun ini.",
            "anggaran sebesar Rp 2.671 018.687,- tahun ini.",
            FINE,
            None,
            "a lost dot: 2.671 is but its front",
        ),
        (
            "anggaran sebesar Rp 5369111613 tahun ini.",
            "anggaran sebesar Rp 5369111613 tahun ini.",
            FINE,
            None,
            "jabar-sda: no mark is left, the last two digits may be sen",
        ),
        (
            "anggaran sebesar Rp 267 milyar tahun ini.",
            "anggaran sebesar Rp 267 milyar tahun ini.",
            FINE,
            None,
            "a decimal comma may be lost",
        ),
        (
            "anggaran sebesar Rp 2,67 milyar tahun ini.",
            "anggaran sebesar Rp 2,67 milyar tahun ini.",
            FINE,
            2670000000,
            "fine print",
        ),
        (
            "sebesar Rp 1.250.000,- (satu juta dua ratus lima puluh ribu rupiah).",
            "sebesar Rp 1.250.000,- (satu juta dua ratus lima puluh ribu rupiah).",
            SMALL,
            1250000,
            "the words say the same",
        ),
        (
            "sebesar Rp 1.260.000,- (satu juta dua ratus lima puluh ribu rupiah).",
            "sebesar Rp 1.260.000,- (satu juta dua ratus lima puluh ribu rupiah).",
            SMALL,
            None,
            "the words say otherwise",
        ),
    ],
)
def test_what_is_written(
    first: str, second: str | None, confidence: float, value: int | None, why: str
) -> None:
    mentions, issues = find_mentions([page([(first, second, confidence)])], ())
    found = [m.value for m in mentions]
    assert found in ([None] if value is None else [Decimal(value)], [] if value is None else 0), why
    if value is None and mentions:
        assert mentions[0].words_value is None
        assert mentions[0].percent is None
        assert [issue.code for issue in issues] == [IssueCode.OCR_DISAGREEMENT]
        assert issues[0].candidates


def test_a_line_of_the_tables_proves_an_amount() -> None:
    pages = [page([(AGREED, AGREED, SMALL)])]
    (mention,), issues = find_mentions(pages, [table("Program Pendidikan", 2671018687)])
    assert (mention.value, mention.agrees, mention.line) == (2671018687, True, (1, 1))
    assert issues == ()


def test_a_doubtful_amount_contradicts_no_line() -> None:
    pages = [page([(AGREED, AGREED, SMALL)])]
    (mention,), issues = find_mentions(pages, [table("Program Pendidikan", 2671018637)])
    assert (mention.value, mention.agrees) == (None, None)
    assert [issue.code for issue in issues] == [IssueCode.OCR_DISAGREEMENT]


def test_a_percentage_needs_both_amounts() -> None:
    text = (
        "Program Pendidikan dengan anggaran sebesar Rp 2.000.000,- "
        "terealisasi sebesar Rp 1.500.000,- (75,00 %)."
    )
    sure, _ = find_mentions([page([(text, text, FINE)])], ())
    assert [(m.value, m.percent) for m in sure] == [(2000000, None), (1500000, 75)]
    open_, issues = find_mentions([page([(text, text, SMALL)])], ())
    assert [(m.value, m.percent) for m in open_] == [(None, None)] * 2
    assert len(issues) == 2


def test_only_the_lines_of_the_amount_count() -> None:
    """A doubtful line elsewhere in the paragraph does not take it down."""
    first = ("Program Pendidikan memperoleh anggaran sebesar Rp 2.671.018.687,- pada", FINE)
    second = ("tahun 2016 bagi 1.230 orang siswa di 27 kabupaten dan kota", 0.0)
    (mention,), _ = find_mentions([page([(t, t, c) for t, c in (first, second)])], ())
    assert mention.value == 2671018687
