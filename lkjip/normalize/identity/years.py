"""The fiscal year that a report is about, told from years of issue, plans and regulations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lkjip.normalize.identity.places import Passage, Place, close_spacing

FIRST, LAST = 1999, 2045  # the reports began with Inpres 7/1999
_YEAR = r"(?:1\s?9\s?9\s?9|2\s?0\s?[0-4]\s?\d)"
_MONTH = (
    r"(?:Januari|Jan|Februari|Pebruari|Feb|Maret|Mar|April|Apr|Mei|Juni|Jun|Juli|Jul|Agustus|Agt|"
    r"September|Sept?|Oktober|Okt|November|Nopember|Nov|Desember|Des)"
)
# What is no year reported on: spans, dates, regulations and plans of several years.
_NOT_THE_YEAR = re.compile(
    rf"{_YEAR}\s*(?:[-–—/]|s\.?/?d\.?|sampai(?:\s*dengan)?|hingga)\s*(?:tahun\s*)?{_YEAR}"
    rf"|\b{_MONTH}\s+{_YEAR}"
    rf"|\b(?:Nomor|No)\b[\s.:]*[\w./-]*\s*(?:Tahun|/)\s*{_YEAR}"
    rf"|\bTahun\s+{_YEAR}\s+(?:tentang|Nomor|No\.)"
    rf"|\b(?:Renstra|RPJMD|RPJPD|RPJM)\b[^.;\n]{{0,60}}?{_YEAR}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:Tahun\s*Anggaran|Tahun|Thn|T\.?A\.?|TA)\s*[.:]?\s*(?P<year>{_YEAR})(?P<rest>\d{{0,3}})(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\d/.,])(?P<year>{_YEAR})(?P<rest>\d{{0,3}})(?![\d/]|[.,]\d)")
_REPORT = re.compile(
    r"\b(?:LKIP|LKJIP|LKj?IP|LAKIP|LAKjIP|Laporan\s+(?:Akuntabilitas\s+)?Kinerja|Perjanjian\s+Kinerja|"
    r"Pengukuran\s+(?:Capaian\s+)?Kinerja|Realisasi\s+(?:Anggaran|Kinerja|Fisik)|memperoleh\s+(?:alokasi\s+)?anggaran)",
    re.IGNORECASE,
)
_PERIOD_END = re.compile(  # the month that a report goes up to is of its year
    rf"\b(?:Bulan|Per|s\.?/?d\.?|Sampai(?:\s*dengan)?|Keadaan|Posisi|Periode)\s*:?\s*(?:Bulan\s*)?"
    rf"(?:\d{{1,2}}\s+)?(?:Januari\s*[-–]\s*)?{_MONTH}\s+(?P<year>{_YEAR})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SaidYear:
    """A year that a passage names. `is_of_report`: beside a word for the report itself.

    `is_sure`: typed, or read alike twice from print that is fine enough for that to tell.
    """

    year: int
    place: Place
    page: int
    text: str
    is_of_report: bool = False
    is_sure: bool = True

    def also_says(self, year: int) -> bool:
        """Whether the same words name another year too (a comparison)."""
        return str(year) in self.text


def find_years(passage: Passage) -> Iterator[SaidYear]:
    """The years that a passage may report on, each once.

    Glued page numbers ("Tahun 201637") and letter spacing are seen through;
    "2013-2018", "Januari 2017" and "Nomor 9 Tahun 2008" are not yielded.
    """
    text = close_spacing(passage.text)
    seen: set[int] = set()
    cleared = _NOT_THE_YEAR.sub(lambda found: " " * len(found.group()), text)
    spots = [*_PERIOD_END.finditer(text), *_SAID.finditer(cleared)]
    if passage.place is not Place.PROSE:
        spots += _BARE.finditer(cleared)
    for spot in spots:
        year = int(re.sub(r"\s", "", spot["year"]))
        if year in seen or not FIRST <= year <= LAST:
            continue
        if spot.groupdict().get("rest") and passage.place is not Place.RUNNING:
            continue
        seen.add(year)
        before = re.split(r"[.;]\s", text[max(0, spot.start() - 90) : spot.start()])[-1]
        after = re.split(r"[.;]\s", text[spot.end() : spot.end() + 50])[0]
        said = " ".join((before + spot.group() + after).split())
        is_of_report = bool(_REPORT.search(said))
        is_sure = _is_sure(year, passage)
        yield SaidYear(year, passage.place, passage.page, said, is_of_report, is_sure)


def _is_sure(year: int, passage: Passage) -> bool:
    """Whether a line that is not faint prints the year."""
    everywhere, faintly = (
        re.sub(r"\s", "", text).count(str(year)) for text in (passage.text, passage.faint)
    )
    return everywhere > faintly
