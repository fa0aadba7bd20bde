#!/usr/bin/env python3
"""How the time of the ledger grows with the lines of a table.

    python benchmarks/ledger_curve.py [--write]

Tables of programs, kegiatan and items with sums that hold, one amount in fifty
damaged, and, as the hard cases, tables without any tree. CPU seconds, best of
three. `--write` puts the figures into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import random
import time

from page import put

from lkjip.normalize.ledger import prove
from lkjip.normalize.numbers import format_money, parse_money, parse_percent
from lkjip.records import NOWHERE, Amount, Line, LineKind, ReadTable, Slot, Table, TableKind

SIZES = (139, 500, 1000, 2000)
SECTION = """## The ledger

CPU seconds of proving one table, by its lines (`python benchmarks/ledger_curve.py --write`): a budget tree, and three tables without one."""  # noqa: E501
ANGGARAN, REALISASI, CAPAIAN = Slot("anggaran"), Slot("realisasi"), Slot("capaian")


def tree(lines: int) -> ReadTable:
    """A budget as offices print it: a total, programs, kegiatan, numbered items."""
    rng = random.Random(lines)
    rows: list[tuple[str, int, int]] = []
    while len(rows) < lines:
        kegiatan = [_kegiatan(rng) for _ in range(rng.randint(2, 8))]
        parts = [row for block in kegiatan for row in block]
        heads = [block[0] for block in kegiatan]
        rows.append(("Program Pelayanan", sum(r[1] for r in heads), sum(r[2] for r in heads)))
        rows += parts
    return _table(rows[:lines], rng)


def _kegiatan(rng: random.Random) -> list[tuple[str, int, int]]:
    items = []
    for number in range(1, rng.randint(2, 10)):
        anggaran = rng.randint(2, 4000) * 25_000
        realisasi = anggaran - rng.choice([0, 0, rng.randint(0, anggaran // 5)])
        items.append((f"{number} Belanja barang {number}", anggaran, realisasi))
    return [("Penyediaan jasa", sum(r[1] for r in items), sum(r[2] for r in items)), *items]


def flat(lines: int) -> ReadTable:
    """Lines of like size that add up to nothing."""
    rng = random.Random(lines)
    rows = [("Pembangunan jalan", a := rng.randint(1, 9) * 10**8, a) for _ in range(lines)]
    return _table(rows, rng)


def equal(lines: int) -> ReadTable:
    """The same amount on every line."""
    return _table([("Bantuan desa", 50_000_000, 50_000_000)] * lines, random.Random(1))


def blank(lines: int) -> ReadTable:
    """Names without amounts, but for the last."""
    rows = [("Uraian", 0, 0)] * lines
    table = _table(rows, random.Random(1))
    nothing = {slot: Amount("", None) for slot in (ANGGARAN, REALISASI, CAPAIAN)}
    emptied = [
        Line(i, 1, LineKind.BAND, "Uraian", "Uraian", None, None, nothing, ANGGARAN, REALISASI)
        for i in range(1, lines)
    ]
    return ReadTable(1, table.table, TableKind.BUDGET, (), 1, (*emptied, table.lines[-1]))


def _table(rows: list[tuple[str, int, int]], rng: random.Random) -> ReadTable:
    lines = []
    for number, (name, anggaran, realisasi) in enumerate(rows, start=1):
        printed = format_money(anggaran)
        if rng.random() < 0.02 and "." in printed:
            printed = printed.replace(".", "", 1) if rng.random() < 0.5 else printed + "0"
        share = f"{100 * realisasi / anggaran:.2f}" if anggaran else ""
        amounts = {
            ANGGARAN: parse_money(printed),
            REALISASI: parse_money(format_money(realisasi)),
            CAPAIAN: parse_percent(share),
        }
        lines.append(
            Line(
                number, 1, LineKind.DATA, name, name, None, None, amounts,
                ANGGARAN, REALISASI, CAPAIAN,
            )
        )  # fmt: skip
    printed_table = Table((1,), NOWHERE, len(rows), 4, (), "made")
    return ReadTable(1, printed_table, TableKind.BUDGET, (), 1, tuple(lines))


def seconds(table: ReadTable) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        prove(table)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    args = parser.parse_args()
    kinds = (tree, flat, equal, blank)
    rows = ["| lines | " + " | ".join(kind.__name__ for kind in kinds) + " |"]
    rows.append("|---" * (len(kinds) + 1) + "|")
    for size in SIZES:
        rows.append(
            f"| {size} | " + " | ".join(f"{seconds(kind(size)):.2f}" for kind in kinds) + " |"
        )
        print(rows[-1], flush=True)
    if args.write:
        put("ledger_curve", SECTION, "\n".join(rows))


if __name__ == "__main__":
    main()
