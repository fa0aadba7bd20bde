#!/usr/bin/env python3
"""Damage amounts of real tables as print does, and count what the ledger makes of it.

    python benchmarks/ledger_damage.py --gold ../shared/gold/dev [--cases 1000] [--seed 1]

A case takes a gold table, damages one to five of its amounts in the ten ways
seen in print, reads every cell again and proves the table. Counted per damaged
amount: read (the parser still reads it, rightly), repaired, proposed (the issue
at the cell proposes the truth), named (the truth is among the candidates), lost,
and wrong: a value written that is not the truth, in any cell of the table.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from page import put

from lkjip.normalize.ledger import prove
from lkjip.normalize.numbers import column_style, parse_money, parse_percent
from lkjip.records import NOWHERE, Line, LineKind, ReadTable, Slot, Table, TableKind

VERDICTS = ("wrong", "read", "repaired", "proposed", "named", "lost")
SECTION = """## Damaged numbers

Real tables with one to five amounts damaged in the ten ways seen in print, read and proven again (`python benchmarks/ledger_damage.py --gold ../shared/gold/dev --write`). Wrong is a value written that is not the truth; proposed, the truth as the issue's proposal; named, the truth among its candidates."""  # noqa: E501
MONEY = ("anggaran", "realisasi", "sisa")


def _double(text: str, rng: random.Random) -> str:
    """A digit too many in a group behind the first: "9.871.1466.000"."""
    spots = [m.start() for m in re.finditer(r"(?<=[.,])\d{3}(?!\d)", text)]
    at = rng.choice(spots) + rng.randrange(3)
    return text[:at] + text[at] + text[at:]


def _zero(text: str, rng: random.Random) -> str:
    """A zero too many in the last group: "6.675.0000"."""
    return re.sub(r"(\d{3})(?=(,\d\d)?(,-)?$)", r"\g<1>0", text, count=1)


def _lose_digit(text: str, rng: random.Random) -> str:
    """A digit too few in a group: "133.825.00,00"."""
    spots = [m.start() for m in re.finditer(r"(?<=[.,])\d{3}(?!\d)", text)]
    at = rng.choice(spots) + rng.randrange(3)
    return text[:at] + text[at + 1 :]


def _lose_mark(text: str, rng: random.Random) -> str:
    """A lost separator: "227.199732,00"."""
    at = rng.choice([m.start() for m in re.finditer(r"[.,](?=\d{3})", text)])
    return text[:at] + text[at + 1 :]


def _double_mark(text: str, rng: random.Random) -> str:
    """A separator too many: "336.278.000.,00"."""
    at = rng.choice([m.start() for m in re.finditer(r"[.,]", text)])
    return text[:at] + text[at] + text[at:]


def _swap_mark(text: str, rng: random.Random) -> str:
    """One separator of the other kind: "1,011.080.000"."""
    at = rng.choice([m.start() for m in re.finditer(r"[.,](?=\d)", text)])
    return text[:at] + (",", ".")[text[at] == ","] + text[at + 1 :]


def _space(text: str, rng: random.Random) -> str:
    """A space inside: "48. 592.221.203"."""
    at = rng.choice([m.end() for m in re.finditer(r"[.,](?=\d)", text)])
    return text[:at] + " " + text[at:]


def _all_commas(text: str, rng: random.Random) -> str:
    """ "641,773,572,00"."""
    return text.replace(".", ",") if re.search(r",\d\d$", text) else text.replace(".", ",") + ",00"


def _all_dots(text: str, rng: random.Random) -> str:
    """ "641.773.572.00"."""
    return text.replace(",", ".") if re.search(r",\d\d$", text) else text.replace(",", ".") + ".00"


def _move_mark(text: str, rng: random.Random) -> str:
    """A separator one digit off: "1.25.0000.000"."""
    at = rng.choice([m.start() for m in re.finditer(r"[.,](?=\d{3})", text)])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


KINDS: tuple[Callable[[str, random.Random], str], ...] = (
    _double,
    _zero,
    _lose_digit,
    _lose_mark,
    _double_mark,
    _swap_mark,
    _space,
    _all_commas,
    _all_dots,
    _move_mark,
)


def table(rows: list[dict[str, str]]) -> ReadTable:
    """The lines of a gold table, each number read from its printed text."""
    used = [name for name in MONEY if any(row[f"{name}_raw"] for row in rows)]
    styles = {name: column_style(row[f"{name}_raw"] for row in rows) for name in used}
    has_percent = any(row["persen_raw"] for row in rows)
    lines = []
    for row in rows:
        amounts = {Slot(name): parse_money(row[f"{name}_raw"], styles[name]) for name in used}
        if has_percent:
            amounts[Slot("capaian")] = parse_percent(row["persen_raw"])
        line = Line(
            int(row["row"]),
            int(row["page"]),
            LineKind(row["row_type"]),
            row["name"],
            row["name"],
            row["no"] or None,
            row["code"] or None,
            amounts,
            Slot("anggaran") if "anggaran" in used else None,
            Slot("realisasi") if "realisasi" in used else None,
            Slot("capaian") if has_percent else None,
        )
        lines.append(line)
    printed = Table((lines[0].page,), NOWHERE, len(rows), 5, (), "gold")
    return ReadTable(1, printed, TableKind.BUDGET, (), 1, tuple(lines))


def values(read: ReadTable) -> dict[tuple[int, Slot], Decimal | None]:
    return {(line.row, slot): a.value for line in read.lines for slot, a in line.amounts.items()}


def run_case(rows: list[dict[str, str]], rng: random.Random, show: bool) -> Counter[str]:
    sound = values(prove(table(rows))[0])
    spots = [
        (i, name)
        for i, row in enumerate(rows)
        for name in MONEY
        if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d\d)?|\d{1,3}(,\d{3}){2,}", row[f"{name}_raw"])
    ]
    damaged = [dict(row) for row in rows]
    chosen = rng.sample(spots, min(len(spots), rng.randint(1, 5)))
    kinds = {}
    for i, name in chosen:
        kind = rng.choice(KINDS)
        damaged[i][f"{name}_raw"] = kind(rows[i][f"{name}_raw"], rng)
        kinds[int(rows[i]["row"]), Slot(name)] = kind.__name__
    before = values(table(damaged))
    proven, issues = prove(table(damaged))
    after = values(proven)
    at = {(issue.row, issue.column): issue for issue in issues if issue.proposed is not None}
    count: Counter[str] = Counter()
    for cell, truth in sound.items():
        if after[cell] is not None and truth is not None and after[cell] != truth:
            count["wrong"] += 1
            if show:
                print("WRONG", rows[0]["name"][:30], cell, kinds.get(cell), truth, after[cell])
                print("     ", *(issue.message for issue in issues if issue.row == cell[0]))
        if cell not in kinds:
            continue
        issue = at.get((cell[0], cell[1].measure))
        if after[cell] == truth:
            verdict = "repaired" if before[cell] is None else "read"
        elif issue and issue.proposed == truth:
            verdict = "proposed"
        elif issue and truth in issue.candidates:
            verdict = "named"
        else:
            verdict = "lost"
        count[verdict] += 1
        count[f"{kinds[cell]} {verdict}"] += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    parser.add_argument("--show", action="store_true", help="each wrong value")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    tables = []
    for path in sorted(args.gold.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            tables.append(list(csv.DictReader(file)))
    total: Counter[str] = Counter()
    for _ in range(args.cases):
        total += run_case(rng.choice(tables), rng, args.show)
    amounts = sum(total[name] for name in VERDICTS[1:])
    right = total["read"] + total["repaired"] + total["proposed"]
    print(
        f"{args.cases} cases, {amounts} amounts: "
        f"wrong {total['wrong']}, right {right / amounts:.1%}"
    )
    for name, count in sorted(total.items()):
        print(f"  {name:28} {count}")
    if args.write:
        counts = ", ".join(f"{total[name]} {name}" for name in VERDICTS)
        put("ledger_damage", SECTION, f"{args.cases} cases, {amounts} amounts: {counts}.")


if __name__ == "__main__":
    main()
