"""How well printed names find their official entries: our matcher and plain WRatio, in one run.

    python -m benchmarks.accounts ../shared/gold [--misses] [--cross]

Two ways for each name of the gold: alone, and in its table (rows in print
order, each below the last row of a higher level). Per report, so that no figure
hides a report that the matcher was not made on. Then names of another time's
activities, which have no entry but look alike, and the time that it takes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from lkjip.normalize.accounts import weigh
from lkjip.normalize.accounts.chart import load_chart, schemes_of
from lkjip.normalize.accounts.match import match_accounts
from lkjip.normalize.accounts.weigh import Odds
from lkjip.normalize.accounts.words import words_of
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
    lines: list[Line] = []
    open_rows: list[tuple[int, int]] = []
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
            f"right {_share(self.right, self.entries)}"
            f"  coded of none {_share(self.coded, self.none)}"
            f"  right at ≥ 0.9 {_share(self.sure_right, self.sure)}"
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
    return f"{part:3}/{whole:3} " + (f"{part / whole:6.1%}" if whole else "     –")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def cross(gold: Path) -> None:
    """For each report: the setting that is best on all others, and what it does on this one."""
    grid = [
        weigh.LIKE._replace(start=start, extra=extra, missing=missing, swapped=swapped)
        for start, extra, missing, swapped in itertools.product(
            (5.5, 6.0), (11.0, 12.0, 13.0), (9.0, 10.0, 11.0), (8.0,)
        )
    ]
    reports = list(read_gold(gold))
    tallies = {odds: [_tally(rows, identity, odds) for identity, rows in reports] for odds in grid}
    held_out = Tally()
    for at, (_, rows) in enumerate(reports):
        others = {
            odds: sum((t for i, t in enumerate(row) if i != at), Tally())
            for odds, row in tallies.items()
        }
        best = max(grid, key=lambda odds: others[odds].right - 2 * others[odds].coded)
        held_out += tallies[best][at]
        print(f"{rows[0].report:34}{tallies[best][at]}  {tuple(best)[:4]}")
    print(f"{'each report by the others':34}{held_out}")


def _tally(rows: Sequence[Row], identity: Identity, odds: Odds) -> Tally:
    weigh.LIKE = odds
    return sum(map(judge, rows, in_tree(rows, identity)), Tally())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    parser.add_argument("--cross", action="store_true", help="settings by leaving each report out")
    options = parser.parse_args()
    if options.cross:
        cross(options.gold)
        return
    matchers: dict[str, Matcher] = {"in tree": in_tree, "alone": alone, "WRatio": wratio}
    whole = dict.fromkeys(matchers, Tally())
    spent = dict.fromkeys(matchers, 0.0)
    for identity, rows in read_gold(options.gold):
        print(rows[0].report)
        for title, matcher in matchers.items():
            started = time.process_time()
            answers = matcher(rows, identity)
            spent[title] += time.process_time() - started
            tally = sum(map(judge, rows, answers), Tally())
            whole[title] += tally
            print(f"  {title:8}{tally}")
            if options.misses and title != "WRatio":
                _print_misses(rows, answers)
    print("all")
    for title, tally in whole.items():
        print(f"  {title:8}{tally}  {spent[title]:.2f} CPU s")
    for line in foreign():
        print(line)
    for title, seconds in speed():
        print(f"{title}: {seconds:.2f} CPU s")


def _print_misses(rows: Sequence[Row], answers: Sequence[Answer]) -> None:
    for row, (code, score) in zip(rows, answers, strict=True):
        if code not in {row.code or None, *row.alternatives}:
            soft = "" if row.hard else " (soft)"
            print(f"    {row.name!r}{soft}: {row.code or None}, said {code} {score:.2f}")


def foreign() -> Iterator[str]:
    """Names of activities of another time: those that the list has not should get no code."""
    for source, year in (("permendagri90", 2016), ("permendagri13", 2021)):
        known = {words_of(entry.name) for entry in load_chart(schemes_of(year)).entries}
        entries = load_chart((source,)).entries
        names = sorted({e.name for e in entries if e.kind in ACTIVITIES})
        strange = [name for name in names if words_of(name) not in known]
        chosen = random.Random(1).sample(strange, 1_000)
        lines = [_line(number, name, None) for number, name in enumerate(chosen, start=1)]
        scores = [
            s for code, s in _answers(lines, Identity(year=year, region="Kota Bogor")) if code
        ]
        sure = sum(score >= 0.9 for score in scores)
        yield f"of 1,000 activities of {source} coded in {year}: {len(scores)}, at ≥ 0.9 {sure}"


def speed() -> Iterator[tuple[str, float]]:
    """Loading each chart, and matching 10,000 lines of damaged official names."""
    for year in (2020, 2022, 2025):
        load_chart.cache_clear()
        started = time.process_time()
        chart = load_chart(schemes_of(year))
        title = f"{' + '.join(schemes_of(year))}, {len(chart.entries)} entries"
        yield f"load {title}", time.process_time() - started
        chance = random.Random(1)
        lines = [
            _line(number, _damaged(chance.choice(chart.entries).name, chance), None)
            for number in range(1, 10_001)
        ]
        started = time.process_time()
        _answers(lines, Identity(year=year, region="Kabupaten Grobogan"))
        names = len({line.name for line in lines})
        yield f"match 10,000 lines, {names} names", time.process_time() - started


def _damaged(name: str, chance: random.Random) -> str:
    """The name, every other time with a letter or a word gone or a word more."""
    words = name.split()
    at = chance.randrange(len(words))
    damage = chance.randrange(6)
    if damage == 0:
        words[at] = words[at][:2] + words[at][3:]
    elif damage == 1:
        words.insert(at, chance.choice(("Jatigede", "stunting", "2016", "wilayah")))
    elif damage == 2 and len(words) > 2:
        del words[at]
    return " ".join(words)


if __name__ == "__main__":
    main()
