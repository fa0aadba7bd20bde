"""Builds the package's charts from the reference lists (for maintainers).

    python -m lkjip.normalize.accounts.build ../shared/reference

Writes one compact CSV per scheme to data/, after checking it (check.py).
Aliases and words are kept by hand.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lkjip.normalize.accounts.check import check_chart

SOURCES = {
    "permendagri13": ("permendagri13_accounts", "permendagri13_activities"),
    "permendagri13_modal_simda": ("permendagri13_accounts_modal_simda",),
    "permendagri90": ("permendagri90_accounts", "permendagri90_activities"),
    "permendagri90_1317": ("permendagri90_activities_1317",),
    "bas": ("bas_accounts",),
}
COLUMNS = ("code", "level", "kind", "name", "parent")


def build(reference: Path, target: Path) -> None:
    """Write every chart; raises pandera's SchemaErrors for a faulty list."""
    for scheme, sources in SOURCES.items():
        rows = [row for source in sources for row in _read(reference / f"{source}.csv")]
        chart = [
            {**row, "name": " ".join(row["name"].split()), "parent": row["parent_code"]}
            for row in rows
        ]
        check_chart(chart)
        _write(target / f"{scheme}.csv", COLUMNS, chart)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent / "data")
