#!/usr/bin/env python3
"""Score amounts in running text against hand-keyed gold.

    python score_mentions.py --gold mentions.csv --mentions OUTPUT/mentions.parquet [--misses N]

The gold lists every amount in prose of the pages it names, in order. Mentions
of the same file and pages are aligned with it in order, then counted:

  found     gold amounts with the right value and measure
  names     gold names (or their absence) reproduced, by likeness of 90
  percents  percentages reproduced
  wrong     values written that differ from the gold value of the same amount
  extra     mentions of those pages that the gold does not have
"""

import argparse
import json
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

SAME_NAME = 90
COUNTS = ("gold", "found", "values", "names", "percents", "percents_ok", "wrong", "extra")
GAP = -0.3


def number(value):
    text = re.sub(r"[^0-9.,]", "", str(value or "")).replace(",", ".").strip(".")
    return Decimal(text) if text and text != "nan" else None


def value_of(row):
    value = row.get("value")
    return None if value in (None, "", "?") else Decimal(str(value))


def clean(name):
    return re.sub(r"[^0-9a-z]+", "", re.sub(r"^(?:sub )?kegiatan ", "", str(name or "").lower()))


def read_mentions(path):
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype=str)
    frame = frame.astype(object).where(frame.notna(), None)
    frame["stem"] = [Path(str(file)).stem for file in frame["file"]]
    frame["page"] = frame["page"].astype(int)
    return frame


def read_gold(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    gold = defaultdict(list)
    for row in frame.to_dict("records"):
        gold[Path(row["file"]).stem, int(row["page"])].append(row)
    return gold


def same_amount(gold, mention):
    if value_of(gold) is not None and value_of(gold) == value_of(mention):
        return 1.0
    digits = [re.sub(r"\D", "", str(row["raw"] or "")) for row in (gold, mention)]
    return fuzz.ratio(*digits) / 100 - 0.5


def align(gold, mentions):
    """Index pairs of the best order-preserving alignment; None marks a gap."""
    n, m = len(gold), len(mentions)
    best = [[GAP * (i + j) for j in range(m + 1)] for i in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            best[i][j] = max(
                best[i - 1][j - 1] + same_amount(gold[i - 1], mentions[j - 1]),
                best[i - 1][j] + GAP,
                best[i][j - 1] + GAP,
            )
    pairs, i, j = [], n, m
    while i or j:
        if i and j:
            here = best[i - 1][j - 1] + same_amount(gold[i - 1], mentions[j - 1])
            if abs(best[i][j] - here) < 1e-9:
                i, j = i - 1, j - 1
                pairs.append((i, j))
                continue
        if i and abs(best[i][j] - best[i - 1][j] - GAP) < 1e-9:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def score(gold, mentions):
    out = dict.fromkeys(COUNTS, 0)
    misses = []
    for i, j in align(gold, mentions):
        if i is None:
            out["extra"] += 1
            misses.append(f"extra: {mentions[j]['raw']!r} {mentions[j]['measure']}")
            continue
        want, got = gold[i], mentions[j] if j is not None else {}
        out["gold"] += 1
        right_value = value_of(want) == value_of(got)
        right_name = clean(want["name"]) == clean(got.get("name")) if j is not None else False
        if want["name"] and got.get("name"):
            right_name = fuzz.ratio(clean(want["name"]), clean(got["name"])) >= SAME_NAME
        right = right_value and want["measure"] == got.get("measure")
        out["values"] += right_value
        out["found"] += right
        out["names"] += right_name
        out["wrong"] += value_of(got) is not None and not right_value
        if want["percent_raw"]:
            out["percents"] += 1
            out["percents_ok"] += number(want["percent_raw"]) == number(got.get("percent"))
        if not (right and right_name):
            misses.append(
                f"want {want['raw']!r} {want['measure']} {want['name']!r} | "
                f"got {got.get('raw')!r} {got.get('measure')} {got.get('name')!r}"
            )
    return out, misses


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--mentions", required=True, type=Path)
    parser.add_argument("--json", action="store_true", help="totals as one JSON object")
    parser.add_argument("--misses", type=int, default=0, help="show up to N misses a page")
    args = parser.parse_args()
    frame = read_mentions(args.mentions)
    total = {}
    for (stem, page), gold in read_gold(args.gold).items():
        rows = frame[(frame.stem == stem) & (frame.page == page)].to_dict("records")
        result, misses = score(gold, rows)
        for key, count in result.items():
            total[key] = total.get(key, 0) + count
        if not args.json:
            print(f"{stem[:40]:40} p{page:<4}", *(f"{k} {v}" for k, v in result.items()))
            for miss in misses[: args.misses]:
                print("     ", miss)
    total["found_share"] = round(total["found"] / max(1, total["gold"]), 4)
    total["names_share"] = round(total["names"] / max(1, total["gold"]), 4)
    print(json.dumps(total) if args.json else f"TOTAL {total}")


if __name__ == "__main__":
    main()
