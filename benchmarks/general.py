"""Tables of made-up government reports, whatever they hold, against other finders.

    python -m benchmarks.general [--write] [--seeds 100-100] [--img2table PYTHON]

Every style of `fixtures/government` is drawn from a seed that no rule was made with. The
measure is that of the ICDAR 2013 table competition (`benchmarks/adjacency.py`): F1 over
the adjacency relations of cells, all documents together. The reports are drawn, not those
of the competition, and lkjip was built on the same styles: its own figures say that nothing
drawn is misread, not how well real documents are read. Seconds are of CPU, img2table's of
the clock.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.adjacency import Printed, Score, score
from benchmarks.peers import PEERS, Finder, built_in
from fixtures.government import REPORTS, Report, make

Tables = list[Sequence[Printed]]
READER = Path(__file__).parent / "img2table_reader.py"
GROUPS = (  # the first whose word is in the name
    ("words only", ("definitions", "addresses", "states", "plan")),
    ("no table", ("contents", "lists", "prose")),
    ("two tables", ("side by side", "over pages")),
    ("grid", ("grid", "columns only", "outer only")),
    ("level rules", ("booktabs", "rows only", "header rule", "leaders", "marks", "stub", "dense",
                     "multi-line", "signs", "white", "years")),
    ("no rules", ("borderless", "bands")),
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One finder: its score by group, tables found where there are none, and its CPU seconds."""

    name: str
    scores: dict[str, Score] = field(default_factory=dict)
    invented: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as another program gives it."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    parser.add_argument("--seeds", default="100-100", help="first and last seed of each style")
    parser.add_argument("--img2table", metavar="PYTHON", help="of an environment that has it")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split("-"))
    reports = [make(name, seed) for name in REPORTS for seed in range(first, last + 1)]
    with tempfile.TemporaryDirectory() as folder:
        paths = _save(reports, Path(folder))
        rows = [_measure(name, find, reports, paths) for name, find in _finders().items()]
        if options.img2table:
            rows.append(_img2table(options.img2table, reports, paths))
    table = _markdown(rows, sum(len(pdfium.PdfDocument(report.pdf)) for report in reports))
    print(table)
    if options.write:
        from benchmarks.page import put

        put("general", f"## Tables of any kind\n\n{(__doc__ or '').strip()}", table)


def _save(reports: Sequence[Report], folder: Path) -> list[Path]:
    paths = []
    for number, report in enumerate(reports):
        path = folder / f"{number}.pdf"
        path.write_bytes(report.pdf)
        paths.append(path)
    return paths


def _finders() -> dict[str, Callable[[Path], Tables]]:
    finders = PEERS | {"lkjip": partial(built_in, "pdfium")}
    return {name: partial(_cells, find) for name, find in finders.items()}


def _cells(find: Finder, path: Path) -> Tables:
    pages = range(1, len(pdfium.PdfDocument(path)) + 1)
    return [table.cells for _, tables in find(path, pages) for table in tables]


def _measure(
    name: str, find: Callable[[Path], Tables], reports: Sequence[Report], paths: Sequence[Path]
) -> Row:
    row = Row(name)
    find(paths[0])  # imports and models
    started = time.process_time()
    for report, path in zip(reports, paths, strict=True):
        try:
            tables = find(path)
        except Exception:  # a peer that fails on a document has read nothing of it
            tables, row.failed = [], row.failed + 1
        _count(row, report, tables)
    row.seconds = time.process_time() - started
    return row


def _img2table(python: str, reports: Sequence[Report], paths: Sequence[Path]) -> Row:
    row = Row("img2table, borderless")
    started = time.perf_counter()
    command = [python, str(READER), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for report, line in zip(reports, done.stdout.splitlines(), strict=True):
        _count(row, report, [[Read(**cell) for cell in table] for table in json.loads(line)])
    row.seconds = time.perf_counter() - started
    return row


def _count(row: Row, report: Report, tables: Tables) -> None:
    name = group_of(report.name)
    row.scores[name] = row.scores.get(name, Score()) + score(tables, report.tables)
    row.invented += len(tables) if not report.tables else 0


def group_of(name: str) -> str:
    """The group of a style."""
    return next(group for group, words in GROUPS if any(word in name for word in words))


def _markdown(rows: Sequence[Row], pages: int) -> str:
    groups = [group for group, _ in GROUPS if group != "no table"]
    head = ["finder", "**F1**", "precision", "recall", *groups, "tables invented", "failed",
            f"s a page ({pages} p)"]  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        total = sum(row.scores.values(), Score())
        shares = [total.f1, total.precision, total.recall]
        shares += [row.scores[group].f1 for group in groups]
        cells = [row.name, *(f"{share:.3f}" for share in shares)]
        cells += [str(row.invented), str(row.failed), f"{row.seconds / pages:.3f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
