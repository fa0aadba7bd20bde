#!/usr/bin/env python3
"""Score who, where, when and what kind against hand-keyed gold.

    python score_identity.py --gold identity.csv --documents OUTPUT/documents.parquet
                             [--issues OUTPUT/issues.parquet]

For each report the kind, agency, region and year are right, wrong, or missing;
"invented" is a value where the gold says that the document does not tell. Any
form that the gold accepts is right. With --issues, the number of
identity-contradiction issues is shown beside the gold's own list.
"""

import argparse
import json
import re
from pathlib import Path

import pandas as pd

FIELDS = ("kind", "agency", "region", "year")


def clean(text):
    text = re.sub(r"\bkec\b\.?", "kecamatan", str(text or "").lower())
    return re.sub(r"[^0-9a-z]+", "", text.replace("propinsi", "provinsi"))


def read(path):
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype=str)
    return frame.astype(object).where(frame.notna(), None)


def accepted(gold, field):
    if field == "agency":
        forms = [gold["agency"], *gold["agency_alternatives"].split(";")]
        if " + " in gold["agency"]:
            forms = [gold["agency"]]
        return {clean(form) for form in forms if form}
    value = {"kind": gold["report_kind"], "region": gold["region"], "year": gold["year"]}[field]
    return {clean(value)} if value else set()


def verdict(gold, field, value):
    forms = accepted(gold, field)
    if value in (None, ""):
        return "right" if not forms else "missing"
    if not forms:
        return "invented"
    value = str(int(float(value))) if field == "year" else value
    return "right" if clean(value) in forms else "wrong"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--documents", required=True, type=Path)
    parser.add_argument("--issues", type=Path)
    parser.add_argument("--json", action="store_true", help="totals as one JSON object")
    args = parser.parse_args()
    documents = {
        Path(str(row["file"])).name: row for row in read(args.documents).to_dict("records")
    }
    told = {}
    if args.issues:
        issues = read(args.issues)
        issues = issues[issues["code"] == "identity-contradiction"]
        told = issues.groupby(issues["file"].map(lambda f: Path(str(f)).name)).size().to_dict()
    total = {}
    for gold in pd.read_csv(args.gold, dtype=str, keep_default_na=False).to_dict("records"):
        row = documents.get(gold["file"], {})
        got = {field: row.get("report_kind" if field == "kind" else field) for field in FIELDS}
        verdicts = {field: verdict(gold, field, got[field]) for field in FIELDS}
        for field, name in verdicts.items():
            total[f"{field}_{name}"] = total.get(f"{field}_{name}", 0) + 1
        if not args.json:
            listed = len([c for c in gold["contradictions"].split(";") if c.strip()])
            off = {f: (v, got[f]) for f, v in verdicts.items() if v != "right"}
            print(
                f"{gold['file'][:44]:44} issues {told.get(gold['file'], 0)}/{listed}", off or "ok"
            )
    right = sum(count for key, count in total.items() if key.endswith("_right"))
    total["right_share"] = round(right / max(1, sum(total.values())), 4)
    print(json.dumps(total) if args.json else f"TOTAL {total}")


if __name__ == "__main__":
    main()
