"""The provinces, regencies and cities of Indonesia, and where a text names one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

KINDS = {
    "Provinsi": r"(?:Provinsi|Propinsi|Prov)",
    "Kabupaten": r"(?:Kabupaten|Kab)",
    "Kota": "Kota",
}


class Region(NamedTuple):
    kind: str  # Provinsi, Kabupaten, Kota
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def find_regions(text: str) -> Iterator[Region]:
    """The regions that a text names with their kind ("Provinsi Jawa Barat", "KAB. SUMENEP")."""
    for found in _pattern().finditer(text):
        yield _region(found)


def region_at(text: str) -> Region | None:
    """The region that a text opens with."""
    found = _pattern().match(text.lstrip(" \t\n,|-–."))
    return _region(found) if found else None


def _region(found: re.Match[str]) -> Region:
    kind = found.lastgroup or ""
    return Region(kind, _names()[kind, _squash(found[kind])])


def _squash(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    """(kind, squashed name) → name as the list spells it."""
    table = (files(__package__) / "regions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {(row["kind"], _squash(row["name"])): row["name"] for row in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """All regions in one pattern, longest names first; spaces may be missing or doubled."""
    parts = []
    for kind, words in KINDS.items():
        names = sorted((n for (k, _), n in _names().items() if k == kind), key=len, reverse=True)
        spaced = "|".join(re.sub(r"[\s-]+", r"[\\s-]*", name) for name in names)
        parts.append(rf"{words}\s*\.?\s*(?P<{kind}>{spaced})")
    return re.compile(rf"(?<![a-z/])(?:{'|'.join(parts)})(?![a-z])", re.IGNORECASE)
