"""How scans of a known table are read: amounts right, open and wrong, names, time, memory.

    python -m benchmarks.scanned [PRESET ...] [--seeds N] [--peers]

The table is Tabel 3.1 of the Kalianget report, drawn by the fixtures and put
through the seeded scanner model. `--peers` adds rapidocr on the whole page,
tesseract psm 11 and img2table with rapidocr, as far as they are installed: of
these it is only asked whether a printed amount is among what they read, digit by
digit, and how many other amounts they read.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import pypdfium2 as pdfium
from rapidfuzz.distance import Levenshtein

from fixtures import truth
from fixtures.kalianget import one_table
from fixtures.scanner import PRESETS, scan_pdf
from lkjip.pipeline import read
from lkjip.records import Line
from lkjip.settings import Settings

NAME = "tabel-3-1"
MEASURES = ("anggaran", "realisasi", "capaian")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--layout", default="ruled")
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    table = one_table(NAME, args.layout)
    apart = ProcessPoolExecutor(1, get_context("spawn"))  # sheets at 600 dpi are no reader's memory
    with tempfile.TemporaryDirectory() as folder, apart as scanner:
        for preset in args.presets:
            for seed in range(1, args.seeds + 1):
                path = Path(folder) / f"{preset}-{seed}.pdf"
                scanner.submit(scan_pdf, table, path, PRESETS[preset], seed).result()
                print(f"{preset:14} seed {seed}", measure(path), flush=True)
                for name, peer in peers() if args.peers else ():
                    print(f"{'':14}   {name:9}", measure_peer(path, peer), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


def measure(path: Path) -> str:
    """Read the scan and hold its lines against the truth."""
    started, cpu = time.perf_counter(), time.process_time()
    report = read(path, Settings())
    seconds, spent = time.perf_counter() - started, time.process_time() - cpu
    lines = [line for table in report.tables for line in table.lines]
    counts: Counter[str] = Counter()
    pairs = list(aligned(truth.load(NAME).lines, lines))
    paired = {id(line) for _, line in pairs}
    for line in lines:  # an amount in a line that no row is like is wrong
        values = [line.value(getattr(line, measure_)) for measure_ in MEASURES]
        counts["wrong"] += sum(value is not None for value in values) * (id(line) not in paired)
    for row, line in pairs:
        for measure_ in MEASURES:
            counts[outcome(row, line, measure_)] += bool(row[measure_])
        counts["letters"] += len(row["name"])
        counts["slips"] += Levenshtein.distance(row["name"], line.name if line else "")
    counts["extra"] = max(0, len(lines) - len(truth.load(NAME).lines))
    pages = max(1, report.document.pages)
    printed = counts["right"] + counts["open"] + counts["wrong"]
    return (
        f"right {counts['right']}/{printed} ({counts['right'] / max(1, printed):.1%})"
        f"  open {counts['open']}  wrong {counts['wrong']}  extra lines {counts['extra']}"
        f"  letters wrong {counts['slips'] / max(1, counts['letters']):.2%}"
        f"  cpu {spent / pages:.2f} s  wall {seconds / pages:.2f} s a page"
    )


def aligned(
    rows: tuple[truth.Row, ...], lines: list[Line]
) -> Iterator[tuple[truth.Row, Line | None]]:
    """Rows of the truth with their lines: the order-keeping pairing most alike in all."""
    like = [[likeness(row, line) for line in lines] for row in rows]
    best = [[0.0] * (len(lines) + 1) for _ in range(len(rows) + 1)]
    for r in reversed(range(len(rows))):
        for i in reversed(range(len(lines))):
            paired = best[r + 1][i + 1] + like[r][i]
            best[r][i] = max(paired, best[r + 1][i], best[r][i + 1])
    i = 0
    for r, row in enumerate(rows):
        while i < len(lines) and best[r][i] == best[r][i + 1]:
            i += 1
        is_paired = i < len(lines) and best[r][i] > best[r + 1][i]
        yield row, lines[i] if is_paired else None
        i += is_paired


def likeness(row: truth.Row, line: Line) -> float:
    """Of names, and of each amount that is right."""
    rights = sum(outcome(row, line, measure_) == "right" for measure_ in MEASURES if row[measure_])
    return max(0.0, 0.5 - distance(row["name"], line.name)) + 0.5 * rights


def distance(left: str, right: str) -> float:
    return Levenshtein.normalized_distance(left.lower(), right.lower())


def outcome(row: truth.Row, line: Line | None, measure_: str) -> str:
    """right, open (null), or wrong; what the sums repair is right as well."""
    value = None if line is None else line.value(getattr(line, measure_))
    if value is None:
        return "open"
    accepted = {row[measure_], row.get("repaired", "")} - {""}
    return "right" if value in {Decimal(text) for text in accepted} else "wrong"


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def measure_peer(path: Path, peer: Callable[[Path], list[str]]) -> str:
    """Printed amounts of more than three digits that a peer reads, and others that it reads."""
    rows = truth.load(NAME).lines
    printed = Counter(row[m] for row in rows for m in ("anggaran", "realisasi") if len(row[m]) > 3)
    cpu = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    texts = peer(path)
    spent = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - cpu
    found = Counter(d for text in texts for word in text.split() if len(d := digits(word)) > 3)
    right = sum((printed & found).values())
    total = sum(printed.values())
    return f"right {right}/{total}  others {sum((found - printed).values())}  cpu {spent:.1f} s"


def peers() -> Iterator[tuple[str, Callable[[Path], list[str]]]]:
    if find_spec("rapidocr"):
        yield "rapidocr", with_rapidocr
    if shutil.which("tesseract"):
        yield "tesseract", with_tesseract
    if find_spec("img2table"):
        yield "img2table", with_img2table


def images(path: Path) -> Iterator[Path]:
    """The pages as PNG at the scan's own resolution."""
    document = pdfium.PdfDocument(path)
    for index, page in enumerate(document):
        image = next(iter(page.get_objects())).get_bitmap().to_pil()
        target = path.with_name(f"{path.stem}-{index}.png")
        image.convert("L").save(target)
        yield target


def with_rapidocr(path: Path) -> list[str]:
    from rapidocr import RapidOCR

    engine = RapidOCR()
    return [text for image in images(path) for text in (engine(str(image)).txts or ())]


def with_tesseract(path: Path) -> list[str]:
    texts = []
    for image in images(path):
        command = ["tesseract", str(image), "-", "-l", "ind", "--psm", "11"]
        texts += subprocess.run(
            command, capture_output=True, text=True, check=False
        ).stdout.splitlines()
    return texts


def with_img2table(path: Path) -> list[str]:
    from img2table.document import Image
    from img2table.ocr import RapidOCR

    texts = []
    for image in images(path):
        tables = Image(str(image)).extract_tables(ocr=RapidOCR(), borderless_tables=False)
        for table in tables:
            for row in table.content.values():
                texts += [cell.value or "" for cell in row]
    return texts


if __name__ == "__main__":
    main()
