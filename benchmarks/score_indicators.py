#!/usr/bin/env python3
"""Score performance tables against hand-keyed gold.

    python score_indicators.py --gold GOLD_FOLDER --indicators OUTPUT/indicators.parquet

Each gold file is STEM__pFIRST-LAST__tK.csv, one row an indicator. Rows of the same
file and pages are paired with it by likeness of the indicator's text, its place and
its values (a row of another year is never paired), then counted:

  rows      gold rows that found one of ours
  values    non-empty gold numbers of target, realisasi and capaian reproduced
  wrong     numbers written that differ from a non-empty gold number
  invented  numbers written where the gold has none in a row that was found
  texts     sasaran, indikator and satuan reproduced (letters and digits, likeness 90)
"""

import argparse
import json
import re
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

NUMBERS = ("target", "realisasi", "capaian")
TEXTS = ("sasaran", "indikator", "satuan")
COUNTS = ("gold", "rows", "ours", "values", "values_ok", "wrong", "invented", "texts", "texts_ok")
LIKE = 60


def number(value):
    text = str(value if value is not None else "").strip()
    return None if text in ("", "None", "nan", "<NA>") else float(text)


def clean(text):
    return re.sub(r"[^0-9a-z%]+", "", str(text or "").lower())


def read_indicators(path):
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype=str)
    frame = frame.astype(object).where(frame.notna(), None)
    frame["stem"] = [Path(str(file)).stem for file in frame["file"]]
    frame["page"] = frame["page"].astype(int)
    return frame


def likeness(gold, ours):
    if ours.get("year") and gold["year"] and int(float(ours["year"])) != int(gold["year"]):
        return 0
    score = fuzz.ratio(clean(gold["indikator"]), clean(ours["indikator"]))
    if score < LIKE:
        return 0
    score += fuzz.ratio(clean(gold.get("sasaran")), clean(ours.get("sasaran"))) / 20
    same = sum(number(gold[n]) is not None and number(gold[n]) == number(ours[n]) for n in NUMBERS)
    return score + 5 * same


def pair(gold, ours):
    ranked = sorted(
        ((likeness(g, o), -i, -j) for i, g in enumerate(gold) for j, o in enumerate(ours)),
        reverse=True,
    )
    pairs, used = {}, set()
    for score, i, j in ranked:
        if score and -i not in pairs and -j not in used:
            pairs[-i] = -j
            used.add(-j)
    return pairs


def score(gold, ours):
    out = dict.fromkeys(COUNTS, 0)
    out["gold"], out["ours"] = len(gold), len(ours)
    pairs, misses = pair(gold, ours), []
    for i, row in enumerate(gold):
        got = ours[pairs[i]] if i in pairs else {}
        out["rows"] += i in pairs
        off = []
        for name in NUMBERS:
            want, have = number(row[name]), number(got.get(name))
            if want is None:
                out["invented"] += have is not None
                off += [name] if have is not None else []
                continue
            same = have is not None and abs(want - have) < 0.00005 * max(1, abs(want))
            out["values"] += 1
            out["values_ok"] += same
            out["wrong"] += have is not None and not same
            off += [] if same else [name]
        for name in TEXTS:
            if row[name]:
                out["texts"] += 1
                same = fuzz.ratio(clean(row[name]), clean(got.get(name))) >= 90
                out["texts_ok"] += same
                off += [] if same else [name]
        if off:
            misses.append(
                f"p{row['page']} {row['indikator'][:40]!r} {off}: want "
                + str({n: row[n] for n in off})
                + " got "
                + str({n: got.get(n) for n in off})
            )
    return out, misses


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--indicators", required=True, type=Path)
    parser.add_argument("--json", action="store_true", help="totals as one JSON object")
    parser.add_argument("--misses", type=int, default=0, help="show up to N misses a table")
    args = parser.parse_args()
    frame = read_indicators(args.indicators)
    total = {}
    for path in sorted(args.gold.glob("*.csv")):
        stem, first, last, _ = re.fullmatch(r"(.+)__p(\d+)-(\d+)__t(\d+)", path.stem).groups()
        gold = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
        pages = range(int(first), int(last) + 1)
        ours = frame[(frame.stem == stem) & frame.page.isin(pages)].to_dict("records")
        result, misses = score(gold, ours)
        for key, count in result.items():
            total[key] = total.get(key, 0) + count
        if not args.json:
            print(f"{path.stem[:44]:44}", *(f"{key} {count}" for key, count in result.items()))
            for miss in misses[: args.misses]:
                print("     ", miss)
    total["values_share"] = round(total["values_ok"] / max(1, total["values"]), 4)
    print(json.dumps(total) if args.json else f"TOTAL {total}")


if __name__ == "__main__":
    main()
