"""CPU and memory of finding every table of a file, each program in a process of its own.

Each is called as its users call it and writes nothing. CPU a page is what pages beyond
the first few add: the CPU (user and system) of a long file less that of a short one of
the same pages, so that start-up and opening are left out. Files repeat a few real pages.
`pdfium` is the parser itself: it loads each page (FPDF_LoadPage) and its text
(FPDFText_LoadPage) and copies the text out (FPDFText_GetText), and nothing else; no
reader that is built on it can be faster.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PDFIUM = """
import ctypes, sys
import pypdfium2.raw as c
document = c.FPDF_LoadDocument(sys.argv[1].encode(), None)
for number in range(c.FPDF_GetPageCount(document)):
    page = c.FPDF_LoadPage(document, number)
    text = c.FPDFText_LoadPage(page)
    count = c.FPDFText_CountChars(text)
    c.FPDFText_GetText(text, 0, count, (ctypes.c_ushort * (count + 1))())
    c.FPDFText_ClosePage(text)
    c.FPDF_ClosePage(page)
"""
PDFPLUMBER = """
import sys
import pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
        page.close()
"""
CAMELOT = """
import sys
from camelot.io import read_pdf
for table in read_pdf(sys.argv[1], pages="all", flavor="{flavor}", suppress_stdout=True):
    table.data
"""
TABLERS = """
import sys
import tablers
document = tablers.Document(sys.argv[1])
for number in range(document.page_count):
    tablers.find_tables(document.get_page(number), extract_text=True)
"""
PROGRAMS = {
    "lkjip": ["-m", "lkjip", "tables"],
    "pdfplumber": ["-c", PDFPLUMBER],
    "camelot lattice": ["-c", CAMELOT.format(flavor="lattice")],
    "camelot hybrid": ["-c", CAMELOT.format(flavor="hybrid")],
    "tablers": ["-c", TABLERS],
    "pdfium": ["-c", PDFIUM],
}
QUICK = {"lkjip": 5, "pdfium": 5, "tablers": 5}  # times measured; the others once, on fewer pages
FEW_TIMES = 3  # how often the slow ones see each page


class Use(NamedTuple):
    """What a process took."""

    seconds: float  # CPU, user and system
    megabytes: float  # peak resident memory


class Pages(NamedTuple):
    """Pages (1-based, first to last) of a file, to be repeated."""

    path: Path
    first: int
    last: int


def cpu_per_page(program: str, pages: Pages, count: int, folder: Path) -> float:
    """CPU seconds that each page costs beyond start-up, over a file of about `count` pages."""
    cycle = pages.last - pages.first + 1
    times = count // cycle if program in QUICK else FEW_TIMES
    short, long = repeated(pages, 1, folder), repeated(pages, times, folder)
    found = []
    for _ in range(QUICK.get(program, 1)):
        added = use_of(program, long).seconds - use_of(program, short).seconds
        found.append(added / (cycle * (times - 1)))
    return median(found)


# A process of its own, for a child's peak counts its parent's memory at the fork.
WATCH = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(code)
"""


def use_of(program: str, pdf: Path) -> Use:
    """What the program takes to find all tables of a file."""
    command = [sys.executable, "-c", WATCH, sys.executable, *PROGRAMS[program], str(pdf)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{program}: {done.stderr.strip()[-300:]}")
    seconds, peak = map(float, done.stdout.split())
    return Use(seconds, peak / (2**20 if sys.platform == "darwin" else 2**10))


def repeated(pages: Pages, times: int, folder: Path) -> Path:
    """A file of the pages, `times` over."""
    import pikepdf

    path = folder / f"{pages.path.stem}-{pages.first}-{times}.pdf"
    if not path.exists():
        with pikepdf.open(pages.path) as pdf, pikepdf.new() as new:
            for _ in range(times):
                new.pages.extend(pdf.pages[pages.first - 1 : pages.last])
            new.save(path)
    return path
