#!/usr/bin/env python3
"""Read real tables as a scan is read, wrongly at times, and count what the ledger makes of it.

    python benchmarks/ledger_ocr.py --gold ../shared/gold/dev [--cases 200] [--error 0.01]

Every number is read twice, each digit wrong with the given chance (a third of
the errors the same in both readings), marks lost at times. Readings that agree
and are well formed are believed, as the reader of scans does; the rest are
candidates. Counted before and after the proof: right, wrong, null.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ledger_damage import table

from lkjip.normalize.ledger import prove
from lkjip.normalize.numbers import parse_money, parse_percent
from lkjip.records import Amount, Line, ReadTable, Slot

ALIKE = {"0": "86", "1": "74", "2": "7", "3": "85", "4": "19", "5": "63", "6": "58", "7": "12"}
ALIKE |= {"8": "360", "9": "04"}


def misread(text: str, rng: random.Random, error: float) -> str:
    def seen(char: str) -> str:
        if char not in {*ALIKE, ".", ","} or rng.random() >= error:
            return char
        return rng.choice(ALIKE.get(char) or ("", " "))

    return "".join(map(seen, text))


def scan(amount: Amount, is_percent: bool, rng: random.Random, error: float) -> Amount:
    if not any(char.isdigit() for char in amount.raw):
        return amount
    common = misread(amount.raw, rng, error / 3)
    first, second = (misread(common, rng, error * 2 / 3) for _ in range(2))
    read = [parse_percent(text) if is_percent else parse_money(text) for text in (first, second)]
    if first == second and read[0].value is not None:
        return replace(read[0], confidence=0.995, readings=(second,))
    values = [
        value for item in read for value in ((item.value,) if item.value else item.candidates)
    ]
    return Amount(
        first, None, None, tuple(dict.fromkeys(values))[:40], confidence=0.5, readings=(second,)
    )


def scanned(read: ReadTable, rng: random.Random, error: float) -> ReadTable:
    def line_of(line: Line) -> Line:
        amounts = {
            slot: scan(amount, slot.measure == "capaian", rng, error)
            for slot, amount in line.amounts.items()
        }
        return replace(line, amounts=amounts)

    return replace(read, lines=tuple(map(line_of, read.lines)))


def count(read: ReadTable, truth: dict[tuple[int, Slot], Decimal | None]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in read.lines:
        for slot, amount in line.amounts.items():
            right = truth[line.row, slot]
            if right is not None:
                kind = "null" if amount.value is None else "wrong"
                found["right" if amount.value == right else kind] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--error", type=float, default=0.01)
    parser.add_argument("--show", action="store_true", help="each value made wrong by the proof")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    tables = []
    for path in sorted(args.gold.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            tables.append(prove(table(list(csv.DictReader(file))))[0])
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for _ in range(args.cases):
        sound = rng.choice(tables)
        truth = {(line.row, s): a.value for line in sound.lines for s, a in line.amounts.items()}
        read = scanned(sound, rng, args.error)
        proven = prove(read)[0]
        before += count(read, truth)
        after += count(proven, truth)
        for old, new in zip(read.lines, proven.lines, strict=True):
            for slot, amount in new.amounts.items():
                right = truth[new.row, slot]
                made_wrong = amount.value not in (None, right, old.amounts[slot].value)
                if args.show and made_wrong and right is not None:
                    print("MADE WRONG", new.row, new.name[:40], slot, right, amount)
    for name, counts in (("read", before), ("proven", after)):
        print(f"{name:7}", *(f"{kind} {counts[kind]}" for kind in ("right", "wrong", "null")))


if __name__ == "__main__":
    main()
