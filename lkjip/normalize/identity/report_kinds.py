"""What kind of report a document is: by its title first, then by the words and chapters in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lkjip.normalize.identity.places import Passage, Place, close_spacing

# First match wins, most telling first.
TITLES = (
    (
        "lkjip",
        r"LK[Jj]?IP|LAK[Jj]?IP|LKj|Laporan\s*(?:Akuntabilitas\s*)?Kinerja|Akuntabilitas\s*Kinerja",
    ),
    ("rfk", r"\bRFK\b|(?:Realisasi|Laporan)\s*Fisik\s*(?:dan|&)\s*Keuangan"),
    (
        "triwulan",
        r"(?:Pada|Laporan|Evaluasi|Realisasi|Kinerja|Monitoring)[\w\s/]{0,40}Triwulan"
        r"|Triwulan\s*I\s*[-–]\s*IV",
    ),
    ("renstra", r"\bRenstra\b|Rencana\s*Strategis"),
    (
        "renja",
        r"\bRenja\b|Rencana\s*Kerja(?:\s*(?:Tahunan|SKPD|OPD|Perangkat))?|Rancangan\s*Awal\s*RKPD",
    ),
    ("other", r"Rencana\s*Aksi"),
    ("perjanjian_kinerja", r"Perjanjian\s*Kinerja|Penetapan\s*Kinerja"),
)
CHAPTERS = (
    (
        "lkjip",
        r"BAB\s*(?:III|3)\s*:?\s*AKUNTABILITAS\s*KINERJA"
        r"|BAB\s*(?:II|2)\s*:?\s*PERENCANAAN\s*(?:DAN|&)\s*PERJANJIAN\s*KINERJA",
    ),
    (
        "renja",
        r"Rancangan\s*Awal\s*RKPD"
        r"|BAB\s*(?:II|2)\s*:?\s*EVALUASI\s*(?:HASIL\s*)?PELAKSANAAN\s*RENJA",
    ),
)
_NAMED = re.compile(r"\b(?:LKIP|LKJIP|LAKIP|LKjIP)\b")
FEWEST_NAMED = 2  # pages that call the document by its kind, where no title names another
MANY_NAMED = 4


def kind_of_report(found: Sequence[Passage], file: str) -> str:
    """The kind as the contract names it; "other" where nothing tells."""
    front = [p for p in found if p.place in (Place.COVER, Place.RUNNING)]
    title = [p for p in found if p.place is Place.TITLE and p.page == 1]
    named = {passage.page for passage in found if _NAMED.search(passage.text)}
    kind = _first(TITLES, front) or _first(CHAPTERS, _page_texts(found))
    if kind is None and len(named) >= MANY_NAMED:  # a chapter cut out, or a scan with a torn header
        kind = "lkjip"
    kind = kind or _first(TITLES, title)
    if kind is not None:
        return kind
    if len(named) >= FEWEST_NAMED:
        return "lkjip"
    stem = re.sub(r"[\W_\d]+", " ", file)
    return next((kind for kind, pattern in TITLES if re.search(pattern, stem, re.I)), "other")


def _page_texts(found: Sequence[Passage]) -> list[Passage]:
    """The text of each page as one: "BAB III" and its name stand on lines of their own."""
    texts: dict[int, list[str]] = {}
    for passage in found:
        texts.setdefault(passage.page, []).append(passage.text)
    return [Passage(Place.PROSE, page, "\n".join(parts)) for page, parts in texts.items()]


def _first(table: Sequence[tuple[str, str]], found: Sequence[Passage]) -> str | None:
    texts = [close_spacing(passage.text) for passage in found]
    for kind, pattern in table:
        if any(re.search(pattern, text, re.IGNORECASE) for text in texts):
            return kind
    return None
