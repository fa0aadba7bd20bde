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
    "Kota": r"Kota(?:\s*Administrasi)?",
}
# Names that print shortens, as the list spells them.
SHORT = {
    "DI Yogyakarta": "Daerah Istimewa Yogyakarta",
    "D.I. Yogyakarta": "Daerah Istimewa Yogyakarta",
    "Daerah Khusus Ibukota Jakarta": "DKI Jakarta",
    "Nanggroe Aceh Darussalam": "Aceh",
    "Sumut": "Sumatera Utara",
    "Sumbar": "Sumatera Barat",
    "Sumsel": "Sumatera Selatan",
    "Babel": "Kepulauan Bangka Belitung",
    "Kepri": "Kepulauan Riau",
    "Jabar": "Jawa Barat",
    "Jateng": "Jawa Tengah",
    "Jatim": "Jawa Timur",
    "NTB": "Nusa Tenggara Barat",
    "NTT": "Nusa Tenggara Timur",
    "Kalbar": "Kalimantan Barat",
    "Kalteng": "Kalimantan Tengah",
    "Kalsel": "Kalimantan Selatan",
    "Kaltim": "Kalimantan Timur",
    "Kaltara": "Kalimantan Utara",
    "Sulut": "Sulawesi Utara",
    "Sulteng": "Sulawesi Tengah",
    "Sulsel": "Sulawesi Selatan",
    "Sultra": "Sulawesi Tenggara",
    "Sulbar": "Sulawesi Barat",
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
    names = {(row["kind"], _squash(row["name"])): row["name"] for row in rows}
    return names | {("Provinsi", _squash(short)): name for short, name in SHORT.items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """All regions in one pattern, longest names first; spaces may be missing or doubled."""
    parts = []
    for kind, words in KINDS.items():
        names = {name for (of, _), name in _names().items() if of == kind}
        names |= set(SHORT) if kind == "Provinsi" else set()
        spelled = sorted(names, key=lambda name: (-len(name), name))
        spaced = "|".join(re.sub(r"[\s.-]+", r"[\\s.-]*", name) for name in spelled)
        parts.append(rf"{words}\s*\.?\s*(?P<{kind}>{spaced})")
    return re.compile(rf"(?<![a-z/])(?:{'|'.join(parts)})(?![a-z])", re.IGNORECASE)
