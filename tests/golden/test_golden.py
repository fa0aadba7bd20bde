"""The lines of real pages, looked at beside the page once, stay what they are.

`pytest tests/golden --update-golden` writes the files anew; look at the pages before you commit.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from lkjip.extract.document import open_document
from lkjip.extract.pages import read_page
from lkjip.extract.stitch import stitch
from lkjip.normalize.ledger import prove_all
from lkjip.normalize.tables import read_table
from lkjip.records import Line
from lkjip.settings import Settings

FOLDER = Path(__file__).parent
FIELDS = (
    *("kind", "no", "code", "name", "anggaran", "realisasi", "capaian", "facts", "page", "parent"),
)
PAGES = (  # report, first page, last page, what is special
    ("lakip2015-cianjur-dkp", 49, 49, "three rows in one, 50 cents"),
    ("lakip2015-cianjur-dkp", 50, 54, "program and kegiatan in two columns, rows over two pages"),
    ("lkip2016-jabar-bp3akb", 30, 31, "a total without amount first, two tables, no realisasi"),
    ("lkip2016-jabar-bp3akb", 65, 66, "English separators, percentages set high and low"),
    ("lkip2016-jabar-bp3akb", 62, 62, "a column of programs, one of kegiatan; a space in a number"),
    ("lkip2016-jabar-bplhd", 13, 13, "without rules, close below a table"),
    ("lkip2016-jabar-bkpd-ketahanan-pangan", 42, 42, "many rows in one, totals named elsewhere"),
    ("lkip2016-jabar-dinkes", 82, 83, "rules missing, programs without amounts"),
    ("lkip2016-jabar-binamarga-bab3", 5, 5, "money beside performance, by sasaran"),
    ("lkip2016-jabar-diskanlaut-bab3", 20, 20, "income"),
    ("lkip2016-jabar-disnakertrans", 24, 24, "sections with their totals, before and after review"),
    ("lkip2016-jabar-disnakertrans", 38, 44, "sasaran merged over programs, a plan for next year"),
    ("lkip2016-jabar-disnakertrans", 47, 48, "no rules between rows, amounts set lower"),
    ("lkip2016-jabar-dispenda-bab2", 8, 10, "all dots, murni and perubahan, coloured rows"),
    ("lkip2016-jabar-distan-bab3", 36, 36, "a code in two columns"),
    ("lkip2016-jabar-dpmdesa", 27, 30, "three tables, damaged numbers, sisa before percentage"),
    ("lkip2016-jabar-inspektorat-bab3", 16, 17, "headings merged across, column numbers skip"),
    ("lkip2016-jabar-kesbangpol", 26, 27, "header on each page, a second table below"),
    ("lkip2016-jabar-kumkm-bab3", 18, 20, "grand total first, before and after the change, fisik"),
    ("lkjip2021-grobogan-dpupr", 73, 74, "a table over two pages"),
    ("renja-tabel-ii4-binamarga", 1, 4, "thousands that most rows forgot, two sides of a review"),
    ("triwulan2023-tangsel-bapenda", 1, 1, "quarters of performance and money, no anggaran"),
    ("triwulan2023-tangsel-dishub", 1, 6, "quarters over six pages, dashes for nothing spent"),
)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _facts(line: Line) -> str:
    """The amounts that the other columns do not show."""
    shown = {line.anggaran, line.realisasi, line.capaian}
    return " ".join(
        f"{slot.measure}@{slot.period}={_plain(amount.value)}"
        for slot, amount in sorted(line.amounts.items())
        if slot not in shown
    )


def _record(line: Line) -> tuple[str, ...]:
    values = (line.value(slot) for slot in (line.anggaran, line.realisasi, line.capaian))
    return (
        line.kind.value,
        line.no or "",
        line.code or "",
        line.name,
        *map(_plain, values),
        _facts(line),
        str(line.page),
        str(line.parent or ""),
    )


def _read(path: Path, first: int, last: int) -> str:
    """The lines of the pages as CSV; tables are parted by an empty row."""
    settings = Settings(ocr="never")
    with open_document(path, settings) as document:
        pages = [read_page(document.pdf, number, settings) for number in range(first, last + 1)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    reads = [read_table(table, number)[0] for number, table in enumerate(stitch(pages), start=1)]
    for table in prove_all(reads)[0]:
        if table.lines:
            writer.writerows(map(_record, table.lines))
            writer.writerow([])
    return text.getvalue()


@pytest.mark.parametrize(("report", "first", "last"), [page[:3] for page in PAGES])
def test_lines_of_a_real_page(
    report: str, first: int, last: int, shared: Path, request: pytest.FixtureRequest
) -> None:
    golden = FOLDER / f"{report}-p{first}-{last}.csv"
    read = _read(shared / "corpus" / f"{report}.pdf", first, last)
    if request.config.getoption("--update-golden"):
        golden.write_text(read, encoding="utf-8")
    assert read == golden.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    kept = {path.stem for path in FOLDER.glob("*.csv")}
    assert kept == {f"{report}-p{first}-{last}" for report, first, last, _ in PAGES}
