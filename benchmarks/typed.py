"""Typed tables against the peers, in one run: accuracy, CPU and memory.

    python -m benchmarks.typed [--write] [--pages 100]

Accuracy: the gold pages of the real reports beside the checkout, each peer's tables
through this program's own columns, rows, numbers and ledger. CPU: seconds a page of
finding tables, imports left out, in a process of its own. Memory: that process's peak.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from lkjip.extract.stitch import stitch
from lkjip.normalize.ledger import prove
from lkjip.normalize.tables import read_table
from lkjip.records import Line, Page, PageKind

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
DENSE = {"lkip2016-jabar-dinkes": (82, 86), "lkip2016-jabar-kumkm-bab3": (18, 20),
         "rfk-2021-12-grobogan-dpupr": (1, 7)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    parser.add_argument("--pages", type=int, default=100, help="pages of the ruled report")
    parser.add_argument("--child", nargs=3, metavar=("PEER", "PDF", "PAGES"), help="for itself")
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_measure(*options.child)))
        return
    from benchmarks.peers import PEERS

    with tempfile.TemporaryDirectory() as folder:
        ruled = _ruled(Path(folder) / "ruled.pdf", options.pages)
        rows = [_row(name, ruled, options.pages) for name in PEERS]
    table = _markdown(rows, options.pages)
    print(table)
    if options.write:
        from benchmarks.page import put

        put("typed", "## Typed tables\n\n" + (__doc__ or ""), table)


def _row(name: str, ruled: Path, pages: int) -> dict[str, Any]:
    row: dict[str, Any] = {"peer": name}
    sample = pages if name == "lkjip" else min(pages, 10)  # the slow ones by a part
    one = _child(name, ruled, f"1-{sample}")
    row["ruled"], row["memory"] = one["seconds"] / sample, one["memory"]
    if (SHARED / "gold").is_dir():
        for stem, (first, last) in DENSE.items():
            end = last if name == "lkjip" else min(last, first + 1)
            run = _child(name, SHARED / "corpus" / f"{stem}.pdf", f"{first}-{end}")
            row[stem] = run["seconds"] / (end - first + 1)
        row |= _accuracy(name)
    return row


def _child(name: str, pdf: Path, pages: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.typed", "--child", name, str(pdf), pages]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _measure(name: str, pdf: str, pages: str) -> dict[str, float]:
    """CPU seconds and peak memory (MB) of one peer on some pages, after a first page of warm-up."""
    from benchmarks.peers import PEERS

    first, last = map(int, pages.split("-"))
    find = PEERS[name]
    list(find(Path(pdf), [first]))
    started = time.process_time()
    list(find(Path(pdf), range(first, last + 1)))
    seconds = time.process_time() - started
    return {
        "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


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


def _ruled(path: Path, pages: int) -> Path:
    """The pages of the ruled sample's Tabel 3.1, over and over."""
    import pikepdf

    with pikepdf.open(ROOT / "fixtures" / "samples" / "lkjip2020-kalianget.pdf") as sample:
        out = pikepdf.new()
        while len(out.pages) < pages:
            out.pages.append(sample.pages[5 + len(out.pages) % 5])
        out.save(path)
    return path


def _markdown(rows: list[dict[str, Any]], pages: int) -> str:
    base = rows[0]
    head = [
        *("finder", "gold rows exact", "amounts right", "wrong", "invented"),
        f"CPU ms a page, ruled ({pages} p)",
        *DENSE,
        "peak MB",
    ]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        share = [
            f"{row['exact'] / row['gold_rows']:.1%}" if "exact" in row else "-",
            f"{row['amounts_ok'] / row['amounts']:.1%}" if "exact" in row else "-",
            str(row.get("wrong", "-")),
            str(row.get("invented", "-")),
        ]
        speeds = [
            f"{1000 * row[key]:.1f} ({row[key] / base[key]:.0f}x)" if key in row else "-"
            for key in ("ruled", *DENSE)
        ]
        cells = [row["peer"], *share, *speeds, f"{row['memory']:.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
