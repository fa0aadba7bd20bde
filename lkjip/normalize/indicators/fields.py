"""What a header path of a performance table names: a field, and a year or period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from lkjip.normalize import roles
from lkjip.normalize.content import Span
from lkjip.normalize.roles import YEAR, squash


class Field(StrEnum):
    """What a column of a performance table holds."""

    NO = "no"
    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    INDIKATOR = "indikator"
    SATUAN = "satuan"
    TARGET = "target"
    REALISASI = "realisasi"
    CAPAIAN = "capaian"
    PERIODE = "periode"
    OTHER = "other"


VALUES = (Field.TARGET, Field.REALISASI, Field.CAPAIAN)

MONEY = re.compile(
    r"anggaran|pagu|keuangan|\bdana|>dana|alokasi|biaya|belanja|rupiah|(?<![a-z])rp(?![a-z])|serap"
    r"|sumberdana|investasi"
)
# Squashed header part → field; first match wins. `%` and words for it open a percentage.
PARTS = (
    (Field.PERIODE, r"^(triwulan|periode|tribulan|tw|bulan)$"),
    (
        Field.OTHER,
        r"fisik|tercapai/?tidak|status|kategori|predikat|kriteria|^ket\b|^keterangan|penjelasan|formula"
        r"|rumus|sumberdata|penanggungjawab|pelaksana|lokasi|percepatan|alasan|bobot|selisih|catatan"
        r"|^trend?|solusi|hambatan|efisiensi|perbandingan|kenaikan|penurunan|definisi|deviasi|nasional",
    ),
    (Field.INDIKATOR, r"indikator(?!.*(target|realisasi))|tolokukur|ukurankeberhasilan"),
    (Field.SATUAN, r"^satuan$|^satuan\b|satuan$|^unit$|^sat$"),
    (Field.NO, r"^(no|nomor|nourut|nou?r?t?)$"),
    (Field.CAPAIAN, r"^(%|persen|prosen|presentase|prosentase|persentase|tingkat|rasio)"),
    (Field.TARGET, r"target|^rencana$|^rencanatahun"),
    (Field.REALISASI, r"realisasi|realiasi|^real$|^hasil|^reaslisasi"),
    (Field.CAPAIAN, r"capaian|^capain|^capai\b|kemajuan|pencapaian|persen|prosen|%"),
    (Field.SASARAN, r"sasaran|tujuan"),
    (Field.PROGRAM, r"program"),
    (Field.KEGIATAN, r"kegiatan"),
)

KINERJA = re.compile(r"\(?k\)?")  # beside Rp, under "Kinerja dan Anggaran"
COMPARED = re.compile(r"realisasi(capaian)?(kinerja|indikator|sasaran|iku)")
BARE_YEAR = re.compile(r"(tahun|thn)?(19[89]\d|20[0-4]\d)(\(\d+\))?")


def field_of(path: Sequence[str]) -> Field:
    """The field that a header path names, the lowest storey first."""
    parts = [re.sub(r"-(?=[a-z])", "", squash(part)) for part in path if squash(part)]
    if not parts:
        return Field.OTHER
    whole = ">".join(parts)
    for part in reversed(parts):
        plain = re.sub(r"\(?(19|20)\d\d\)?|\(\d+\)$|tahun(ke)?$|^tahun", "", part) or part
        found = next((name for name, pattern in PARTS if re.search(pattern, plain)), None)
        if found is not None:
            is_money = found in VALUES and MONEY.search(whole) and not KINERJA.fullmatch(parts[-1])
            return Field.OTHER if is_money else found
    return Field.OTHER


def period_of(path: Sequence[str]) -> tuple[int | None, str]:
    """Year and period of a header path: (2016, "tahun"), (None, "triwulan_2")."""
    years = [int(year) for year in YEAR.findall(">".join(squash(part) for part in path))]
    period = roles.period_of(tuple(path))
    is_part = period.startswith(("triwulan", "bulan"))
    return years[-1] if years else None, period if is_part else "tahun"


def named_by_title(spans: Sequence[Span], title: str | None) -> tuple[Span, ...]:
    """The columns, those headed by a year alone as the realisasi that the title compares.

    "Perbandingan Realisasi Kinerja Tahun 2015 dan 2016" over "Tahun 2015 | Tahun 2016".
    """
    said = squash(title or "")
    if not COMPARED.search(said) or MONEY.search(said):
        return tuple(spans)
    return tuple(
        replace(span, column=replace(span.column, header=("Realisasi", *span.column.header)))
        if BARE_YEAR.fullmatch(">".join(map(squash, span.column.header)))
        else span
        for span in spans
    )
