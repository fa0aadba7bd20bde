"""When two readings of a number on a scan agree, are they right? By score and digit height.

    python -m benchmarks.scanned_trust [--seeds FIRST-LAST] [PRESET ...]

Random tables in eight fonts and four sizes, and sentences below them, are drawn,
scanned with the seeded scanner model and read; each number that both readings agree on
is held against what was drawn, and so is each that the rule of trust would write without
any arithmetic. The thresholds in `lkjip/extract/scanned/second.py` come from here.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.pdfgen import canvas

from fixtures.scanner import PRESETS, scan_pdf
from lkjip.extract.scanned import cells, read_scanned_page
from lkjip.normalize.mentions.find import find_mentions
from lkjip.normalize.numbers import parse_money, parse_percent
from lkjip.normalize.trust import is_doubtful, trust
from lkjip.records import Cell, Page
from lkjip.settings import Settings

FONTS = (
    "Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier", "Courier-Bold",
    "Helvetica-Oblique", "Times-Italic",
)  # fmt: skip
SIZES = (7, 8, 9, 10)
NAMES = ("Belanja Pegawai", "Penyediaan Jasa Surat Menyurat", "Rapat Koordinasi")
SIDES = (50, 80, 230, 330, 430, 480, 545)
ROWS = 16
PERCENT = 4  # the column of percentages
HEIGHTS, SCORES = (9, 11, 13, 16, 20, 999), (0.5, 0.8, 0.9, 0.97, 1.01)

Drawn = dict[tuple[int, int], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("presets", nargs="*", default=["bilevel150", "bilevel200", "grey150"])
    parser.add_argument("--seeds", default="1-8")
    args = parser.parse_args()
    first, last = map(int, args.seeds.split("-"))
    agreed: Counter[tuple[int, float]] = Counter()
    wrong: Counter[tuple[int, float]] = Counter()
    written: Counter[str] = Counter()
    print("written without arithmetic, so far")
    for preset in args.presets:
        for seed in range(first, last + 1):
            page, found = numbers(preset, seed)
            written.update(trusted(page, seed))
            for height, score, is_right in found:
                key = next(h for h in HEIGHTS if height < h), next(s for s in SCORES if score < s)
                agreed[key] += 1
                wrong[key] += not is_right
        print(preset, dict(sorted(written.items())), flush=True)
    print("digits below px, score below: agreed, of these wrong")
    for key in sorted(agreed):
        print(f"  {key[0]:4} {key[1]:5}: {agreed[key]:5} {wrong[key]:4}")


def numbers(preset: str, seed: int) -> tuple[Page, list[tuple[float, float, bool]]]:
    """The page; (digit height, lesser score, is right) where a number's two readings agree."""
    data, drawn = draw(seed)
    said: dict[tuple[str, tuple[str, ...]], tuple[float, float]] = {}
    surety = cells.surety

    def noted(first: str, second: str, score: float, height: float) -> float:
        said[first, (second,)] = height, score
        return surety(first, second, score, height)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        scan_pdf(data, path, PRESETS[preset], seed)
        cells.surety = noted
        try:
            page = read_scanned_page(pdfium.PdfDocument(path)[0], 1, Settings())
        finally:
            cells.surety = surety
    agreed = []
    for cell in cells_of(page):
        for line in cell.lines:
            note = said.get((line.text, line.readings))
            if note and digits(line.text) == digits(line.readings[0]):
                agreed.append((*note, digits(line.text) == digits(drawn[cell.row, cell.column])))
    return page, agreed


def cells_of(page: Page) -> Iterator[Cell]:
    """The cells of numbers, where the table was read in its rows and columns."""
    for table in page.tables:
        if (table.rows, table.columns) == (ROWS, len(SIDES) - 1):
            yield from (cell for cell in table.cells if cell.column >= 2 and cell.lines)


def trusted(page: Page, seed: int) -> Iterator[str]:
    """What becomes of the numbers: of cells and of sentences, written right or wrong, or open."""
    _, drawn = draw(seed)
    for cell in cells_of(page):
        parse = parse_percent if cell.column == PERCENT else parse_money
        amount_ = trust(parse(cell.text), cell.lines, parse)
        is_written = amount_.value is not None and not is_doubtful(amount_)
        is_right = amount_.value == parse(drawn[cell.row, cell.column]).value
        yield "cells " + outcome(is_written, is_right)
    truth = {parse_money(text).value for text in sentences(seed).values()}
    for mention in find_mentions([page], ())[0]:
        yield "sentences " + outcome(mention.value is not None, mention.value in truth)


def outcome(is_written: bool, is_right: bool) -> str:
    return ("right" if is_right else "wrong") if is_written else "open"


def draw(seed: int) -> tuple[bytes, Drawn]:
    """A ruled table of random amounts and percentages, and what stands in its cells."""
    chance = random.Random(seed)
    font, size = FONTS[seed % len(FONTS)], chance.choice(SIZES)
    height = size + chance.choice((4, 6, 8))
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=True)
    page.setLineWidth(chance.choice((0.5, 0.75, 1)))
    drawn: Drawn = {}
    for row in range(ROWS):
        middle = 842 - 60 - (row + 0.5) * height - size * 0.35
        amounts = [amount(chance) for _ in range(3)]
        texts = [str(row + 1), chance.choice(NAMES), *amounts[:2], percent(chance), amounts[2]]
        for column, text in enumerate(texts):
            page.setFont(font, size if column != 1 else min(size, 8))
            right = SIDES[column + 1] - 3 - page.stringWidth(text, font, size)
            page.drawString(SIDES[column] + 3 if column < 2 else right, middle, text)
            drawn[row, column] = text
    bottom = 842 - 60 - ROWS * height
    for x in SIDES:
        page.line(x, 842 - 60, x, bottom)
    for row in range(ROWS + 1):
        page.line(SIDES[0], 842 - 60 - row * height, SIDES[-1], 842 - 60 - row * height)
    for number, (text, _) in enumerate(sentences(seed).items()):
        page.setFont(font, size + 1)
        page.drawString(SIDES[0], bottom - 40 - 2 * number * size, text)
    page.save()
    return buffer.getvalue(), drawn


def sentences(seed: int) -> dict[str, str]:
    """Sentences that state an amount each, and the amount."""
    chance = random.Random(-seed - 1)
    found = {}
    for name in NAMES:
        stated = f"{chance.randint(10**6, 10**10):,}".replace(",", ".")
        found[f"{name} memperoleh anggaran sebesar Rp {stated},- pada tahun 2016."] = stated
    return found


def amount(chance: random.Random) -> str:
    length = chance.randint(4, 11)
    value = chance.randint(10 ** (length - 1), 10**length - 1)
    return f"{value // 1000 * 1000 if chance.random() < 0.4 else value:,}".replace(",", ".")


def percent(chance: random.Random) -> str:
    return f"{chance.randint(0, 9999) / 100:.2f}".replace(".", ",")


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


if __name__ == "__main__":
    main()
