"""Typed tables against the peers, in one run: accuracy, CPU and memory.

    python -m benchmarks.typed [--write] [--pages 100]

Accuracy: the gold pages of the real reports beside the checkout, each peer's tables
through this program's own columns, rows, numbers and ledger. CPU and memory: each
program in a process of its own, as its users call it (see benchmarks/speed.py).
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.page import put
from benchmarks.speed import (
    FEW_TIMES,
    PROGRAMS,
    QUICK,
    Pages,
    cpu_per_page,
    repeated,
    use_of,
)  # fmt: skip
from lkjip.extract.stitch import stitch
from lkjip.normalize.ledger import prove
from lkjip.normalize.tables import read_table
from lkjip.records import Line, Page, PageKind

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
CHART = ROOT / "docs" / "benchmarks-typed.svg"
RULED = Pages(ROOT / "fixtures" / "samples" / "lkjip2020-kalianget.pdf", 6, 10)
DENSE = {"lkip2016-jabar-dinkes": (82, 86), "lkip2016-jabar-kumkm-bab3": (18, 20),
         "rfk-2021-12-grobogan-dpupr": (1, 7)}  # fmt: skip
DENSE_PAGES = 40
MANY = 1_000  # pages of the file that memory is measured on
SPEED = (
    "CPU of finding every table (`lkjip tables`, pdfplumber's `extract_tables`, …), in ms a page "
    "beyond start-up, and how many times that of lkjip it is; `pdfium` is the parser alone: it "
    "loads each page and its text and copies the text out. Peak memory of a process on {pages} "
    "pages ({few} of the slow ones)."
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    parser.add_argument("--pages", type=int, default=100, help="pages of the ruled report")
    options = parser.parse_args()
    figures = [_accuracy_table()] if (SHARED / "gold").is_dir() else []
    with tempfile.TemporaryDirectory() as folder:
        speeds = _speeds(options.pages, Path(folder))
        figures.append(_speed_table(speeds, _memory(Path(folder)), options.pages))
    if options.write:
        CHART.write_text(_chart(speeds), encoding="utf-8")
        figures.append(f"![CPU of finding every table, by program]({CHART.name})")
        put("typed", "## Typed tables\n\n" + (__doc__ or ""), "\n\n".join(figures))
    print("\n\n".join(figures))


def _speeds(pages: int, folder: Path) -> dict[str, dict[str, float]]:
    """CPU seconds a page of each program, by what it reads."""
    files = {f"ruled, {pages} pages": (RULED, pages)}
    if SHARED.is_dir():
        for stem, (first, last) in DENSE.items():
            file = Pages(SHARED / "corpus" / f"{stem}.pdf", first, last)
            files[stem] = (file, DENSE_PAGES)
    return {
        program: {
            name: cpu_per_page(program, file, count, folder)
            for name, (file, count) in files.items()
        }
        for program in PROGRAMS
    }


def _memory(folder: Path) -> dict[str, float]:
    """Peak MB of each program on a long ruled file."""
    cycle = RULED.last - RULED.first + 1
    times = {program: MANY // cycle if program in QUICK else FEW_TIMES for program in PROGRAMS}
    return {
        program: use_of(program, repeated(RULED, count, folder)).megabytes
        for program, count in times.items()
    }


def _speed_table(speeds: dict[str, dict[str, float]], memory: dict[str, float], pages: int) -> str:
    base = speeds["lkjip"]
    rows = [["program", *base, "peak MB"]]
    for program, found in speeds.items():
        cells = [f"{1000 * found[name]:.1f} ({found[name] / base[name]:.2g}x)" for name in base]
        rows.append([program, *cells, f"{memory[program]:.0f}"])
    few = FEW_TIMES * (RULED.last - RULED.first + 1)
    return SPEED.format(pages=f"{MANY:,}", few=few) + "\n\n" + _markdown(rows)


def _chart(speeds: dict[str, dict[str, float]]) -> str:
    """Bars of CPU a page, on a logarithmic scale, as SVG."""
    import vl_convert

    values = [
        {"program": program, "file": name, "ms": round(1000 * seconds, 2)}
        for program, found in speeds.items()
        for name, seconds in found.items()
    ]
    x = {
        "field": "ms", "type": "quantitative", "title": "CPU ms a page",
        "scale": {"type": "log", "domainMin": 0.5}, "stack": None,
    }  # fmt: skip
    colour = {"condition": {"test": "datum.program == 'lkjip'", "value": "#c1121f"},
              "value": "#8d99ae"}  # fmt: skip
    label = {"type": "text", "align": "left", "dx": 4}
    header = {"labelOrient": "top", "labelAnchor": "start", "labelFontWeight": "bold"}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "data": {"values": values},
        "facet": {"row": {"field": "file", "title": None, "sort": None, "header": header}},
        "spec": {
            "width": 480,
            "encoding": {"y": {"field": "program", "title": None, "sort": None}, "x": x},
            "layer": [
                {"mark": "bar", "encoding": {"x2": {"datum": 0.5}, "color": colour}},
                {"mark": label, "encoding": {"text": {"field": "ms", "format": ".3~s"}}},
            ],
        },
    }
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version="5.20")
    return svg


def _accuracy_table() -> str:
    from benchmarks.peers import PEERS

    rows = [["finder", "gold rows exact", "amounts right", "wrong", "invented"]]
    for name in PEERS:
        found = _accuracy(name)
        exact, right = found["exact"] / found["gold_rows"], found["amounts_ok"] / found["amounts"]
        rows.append([name, f"{exact:.1%}", f"{right:.1%}", *(
            str(found[what]) for what in ("wrong", "invented"))])  # fmt: skip
    return _markdown(rows)


def _markdown(rows: list[list[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body])


def _accuracy(name: str) -> dict[str, Any]:
    """Gold rows and amounts right, with every peer's tables read by the same code."""
    from benchmarks.peers import PEERS

    scorer = _scorer()
    total: dict[str, int] = {}
    for stem, (gold, pages) in scorer.read_gold(SHARED / "gold" / "dev").items():
        wanted = range(min(pages) - 1, max(pages) + 2)
        pdf = SHARED / "corpus" / f"{stem}.pdf"
        found = {}
        for number in wanted:
            try:
                found |= {n: tuple(tables) for n, tables in PEERS[name](pdf, [number])}
            except Exception:  # a peer that fails on a page has no table there
                found[number] = ()
        read = [
            Page(number, 600, 800, PageKind.TYPED, (), found.get(number, ())) for number in wanted
        ]
        lines = [line for line in _lines(read) if line.page in pages]
        result, _ = scorer.score(gold, [_plain(line) for line in lines])
        total = {key: total.get(key, 0) + value for key, value in result.items()}
    return total


def _lines(pages: list[Page]) -> list[Line]:
    lines: list[Line] = []
    for number, table in enumerate(stitch(pages), start=1):
        proven, _ = prove(read_table(table, number)[0])
        lines += proven.lines
    return lines


def _plain(line: Line) -> dict[str, Any]:
    return {
        "page": line.page,
        "kind": line.kind.value,
        "name": line.name,
        "anggaran": line.value(line.anggaran),
        "realisasi": line.value(line.realisasi),
        "capaian": line.value(line.capaian),
    }


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score_lines.py")
    if spec is None or spec.loader is None:
        raise SystemExit("the scorer beside the reports is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
