"""How well printed names find their official entries: our matcher and plain WRatio, in one run.

    python -m benchmarks.accounts ../shared/gold [--misses] [--cross]

Two ways for each name of the gold: alone, and in its table (rows in print
order, each below the last row of a higher level). Per report, so that no figure
hides a report that the matcher was not made on.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from lkjip.normalize.accounts.chart import load_chart, schemes_of
from lkjip.normalize.accounts.match import match_accounts
from lkjip.records import NOWHERE, Identity, Line, LineKind, ReadTable, Table, TableKind
from lkjip.settings import Settings

DEPTH = {
    "akun": 0,
    "kelompok": 1,
    "program": 2,
    "kegiatan": 3,
    "subkegiatan": 4,
    "jenis": 5,
    "objek": 6,
    "rincian": 7,
}
ACTIVITIES = {"program", "kegiatan", "subkegiatan"}
SEED = ("lkjip-kalianget-2020", 2020, "Kecamatan Kalianget", "Kabupaten Sumenep")
SOFT = {"dev": 0.7, "seed": 0.6}  # rows below this confidence are not counted hard


@dataclass(frozen=True, slots=True)
class Row:
    """One name of the gold."""

    report: str
    name: str
    level: str
    code: str
    alternatives: frozenset[str]
    hard: bool


Answer = tuple[str | None, float]  # code, score
Matcher = Callable[[Sequence[Row], Identity], list[Answer]]


def read_gold(gold: Path) -> Iterator[tuple[Identity, list[Row]]]:
    """The names of each report in print order, with its identity as keyed by hand."""
    known = {row["file"].removesuffix(".pdf"): row for row in _read(gold / "identity_dev.csv")}
    reports: dict[str, list[Row]] = {}
    years: dict[str, int] = {}
    for row in _read(gold / "accounts_dev.csv"):
        alternatives = frozenset(row["ok_alternatives"].replace(";", " ").split())
        hard = float(row["confidence"]) >= SOFT["dev"]
        name, level, report = row["name"], row["level_printed"], row["report"]
        years[report] = int(row["year"])
        reports.setdefault(report, []).append(
            Row(report, name, level, row["code"], alternatives, hard)
        )
    for report, rows in reports.items():
        identity = known[report]
        yield Identity("lkjip", identity["agency"], identity["region"], years[report]), rows
    report, year, agency, region = SEED
    seed = [
        Row(
            report,
            r["row_name"],
            r["kind"],
            r["best_code"],
            frozenset(),
            float(r["confidence"]) >= SOFT["seed"],
        )
        for r in _read(gold / "accounts_seed.csv")
    ]
    yield Identity("lkjip", agency, region, year), seed


def in_tree(rows: Sequence[Row], identity: Identity) -> list[Answer]:
    """All rows as one table, each below the last row of a higher level."""
    lines, open_rows = [], []
    for number, row in enumerate(rows, start=1):
        depth = DEPTH.get(row.level)
        if depth is not None:
            open_rows = [(d, n) for d, n in open_rows if d < depth]
        parent = open_rows[-1][1] if open_rows and depth is not None else None
        lines.append(_line(number, row.name, parent))
        if depth is not None:
            open_rows.append((depth, number))
    return _answers(lines, identity)


def alone(rows: Sequence[Row], identity: Identity) -> list[Answer]:
    """Each row without the others."""
    return [_answers([_line(1, row.name, None)], identity)[0] for row in rows]


def wratio(rows: Sequence[Row], identity: Identity) -> list[Answer]:
    """The obvious way: the best WRatio over the whole list, taken from 85 up."""
    entries = load_chart(schemes_of(identity.year or 0)).entries
    names = [entry.name for entry in entries]
    found = [
        process.extractOne(
            row.name, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=85
        )
        for row in rows
    ]
    return [(entries[hit[2]].code, hit[1] / 100) if hit else (None, 0.0) for hit in found]


def _line(number: int, name: str, parent: int | None) -> Line:
    return Line(number, 1, LineKind.DATA, name, name, parent=parent)


def _answers(lines: Sequence[Line], identity: Identity) -> list[Answer]:
    table = Table((1,), NOWHERE, len(lines), 1, (), "gold")
    read = ReadTable(1, table, TableKind.BUDGET, (), lines=tuple(lines))
    (matched,), _ = match_accounts([read], identity, Settings())
    accounts = [line.account for line in matched.lines]
    return [(a.code, a.score or 0.0) if a else (None, 0.0) for a in accounts]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over hard rows."""

    entries: int = 0
    right: int = 0
    none: int = 0
    coded: int = 0  # of none
    sure: int = 0  # score ≥ 0.9
    sure_right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, n) + getattr(other, n) for n in Tally.__dataclass_fields__))

    def __str__(self) -> str:
        return (
            f"right {self.right:3}/{self.entries:3} {_share(self.right, self.entries)}"
            f"  coded of none {self.coded:3}/{self.none:3} {_share(self.coded, self.none)}"
            f"  right at ≥ 0.9 {self.sure_right:3}/{self.sure:3} {_share(self.sure_right, self.sure)}"
        )


def judge(row: Row, answer: Answer) -> Tally:
    code, score = answer
    if not row.hard:
        return Tally()
    good = code in {row.code, *row.alternatives}
    sure = code is not None and score >= 0.9
    if row.code:
        return Tally(entries=1, right=int(good), sure=int(sure), sure_right=int(sure and good))
    wrong = code is not None and not good
    return Tally(none=1, coded=int(wrong), sure=int(sure), sure_right=int(sure and not wrong))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     –"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    parser.add_argument("--report", default="", help="only reports whose name has this in it")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    matchers: dict[str, Matcher] = {"in tree": in_tree, "alone": alone, "WRatio": wratio}
    whole = dict.fromkeys(matchers, Tally())
    spent = dict.fromkeys(matchers, 0.0)
    for identity, rows in read_gold(options.gold):
        if options.report not in rows[0].report:
            continue
        print(rows[0].report)
        for title, matcher in matchers.items():
            started = time.process_time()
            answers = matcher(rows, identity)
            spent[title] += time.process_time() - started
            tally = sum(map(judge, rows, answers), Tally())
            whole[title] += tally
            print(f"  {title:8}{tally}")
            for row, answer in zip(rows, answers, strict=True) if options.misses else ():
                if title != "WRatio" and answer[0] not in {row.code or None, *row.alternatives}:
                    print(
                        f"    {'' if row.hard else 'soft '}{row.name!r}: {row.code or None}, said {answer}"
                    )
    print("all")
    for title, tally in whole.items():
        print(f"  {title:8}{tally}  {spent[title]:.2f} CPU s")


if __name__ == "__main__":
    main()
