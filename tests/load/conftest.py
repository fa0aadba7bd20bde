"""A small report with one record of every kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import (
    Amount,
    Box,
    Column,
    Document,
    Identity,
    Indicator,
    Line,
    LineKind,
    Match,
    Mention,
    ReadTable,
    Report,
    Role,
    Slot,
    Source,
    Status,
    Table,
    TableKind,
)

PAGU, MURNI = Slot("anggaran", "perubahan"), Slot("anggaran", "murni")
UANG, SERAPAN, FISIK = Slot("realisasi"), Slot("capaian"), Slot("fisik")


def parsed(raw: str, value: str) -> Amount:
    return Amount(raw, Decimal(value), Source.PARSED, box=Box(10, 20, 30, 40.5), page=7)


@pytest.fixture
def line() -> Line:
    return Line(
        row=2,
        page=7,
        kind=LineKind.DATA,
        name_raw="Belanja  alat tulis\u00a0kantor",
        name="Belanja alat tulis kantor",
        no="1",
        code="5.2.2.01.01",
        amounts={
            MURNI: parsed("10.000.000", "10000000"),
            PAGU: parsed("12.500.000,-", "12500000"),
            UANG: Amount("50.0000.000", None, None, (Decimal(50000000), Decimal(500000000))),
            SERAPAN: parsed("98,64", "98.64"),
            FISIK: parsed("100", "100"),
        },
        anggaran=PAGU,
        realisasi=UANG,
        capaian=SERAPAN,
        other={"Lokasi > Desa": "Kalianget"},
        box=Box(72, 100, 500, 112),
        level=2,
        parent=1,
        verified=frozenset({PAGU}),
        account=Match(
            "permendagri13", "5.2.2.01.01", "Belanja alat tulis kantor", 0.98, "5.2.2.01"
        ),
    )


@pytest.fixture
def report(line: Line) -> Report:
    band = Line(1, 7, LineKind.BAND, "BELANJA", "BELANJA", level=0)
    columns = (
        Column(0, ("No",), Role.NO),
        Column(1, ("Uraian",), Role.NAME),
        Column(2, ("Anggaran", "Murni"), Role.ANGGARAN, "murni"),
        Column(3, ("Anggaran", "Perubahan"), Role.ANGGARAN, "perubahan"),
        Column(4, ("Lokasi", "Desa"), Role.OTHER),
        Column(5, ("Ket",), Role.OTHER),
    )
    grid = Table((7, 8), Box(70, 90, 520, 700), 4, 6, (), "ruled", title="Tabel  3.1")
    indicator = Indicator(
        9, 1, "Meningkatnya layanan", None, "Indeks kepuasan", "persen",
        Amount("80", Decimal(80)), Amount("WTP", None), None, 2020,
    )  # fmt: skip
    return Report(
        Document(
            "ab" * 32, "kalianget/lkjip-2020.pdf", Status.OK, pages=12, pages_typed=12,
            identity=Identity("lkjip", "Kecamatan Kalianget", "Kabupaten Sumenep", 2020),
            seconds=1.5,
        ),
        (
            ReadTable(1, grid, TableKind.BUDGET, columns, lines=(band, line)),
            ReadTable(2, grid, TableKind.INDICATOR, (), indicators=(indicator,)),
        ),
        (Mention(10, "Belanja", "anggaran", Decimal(12500000), "Rp. 12.500.000,-", Decimal("98.64"),
                 line=(1, 2), agrees=True),),
        (
            Issue(IssueCode.NUMBER_MALFORMED, Severity.ERROR, "50.0000.000 is no number", 7, 1, 2,
                  "realisasi", {"raw": "50.0000.000", "box": Box(1, 2, 3, 4)},
                  (Decimal(50000000), Decimal(500000000)), None, Decimal(50000000)),
        ),
    )  # fmt: skip
