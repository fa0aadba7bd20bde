"""Header words → roles and periods, as data. A new synonym is one row here and one test case.

Headers are compared squashed: lower case, without spaces and dots, because print
breaks words anywhere ("CAPAIA / N", "U R A I A N", "KODE REKE NING"). The storeys
of a header are joined with ">".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from lkjip.records import Role


@dataclass(frozen=True, slots=True)
class Synonym:
    """A pattern over the squashed header path; `unless` vetoes it."""

    role: Role
    pattern: str
    unless: str = r"(?!)"


LEFT = r"(?<!realisa)(?<!anali)sisa"  # not of "Realisasi sampai dengan …", "Analisis anggaran"

OF_ANOTHER = r"\(%\)|persen|prosen|tingkat(capaian|realisasi|penyerapan)"  # a share, not money

# First match wins, most telling first.
ROLES = (
    Synonym(
        Role.OTHER,
        r"(bulan|minggu|triwulan|tahun)(yang)?lalu|(bulan|minggu)ini",
        r"(s/?d|sampai(dengan)?)(bulan|minggu)ini",
    ),
    Synonym(  # of things, not of money: "Target (ton)"
        Role.REALISASI_KINERJA,
        r"real.*\((ton|kg|kw|ha|km|m[23]|liter|ekor|orang|jiwa|kk|unit|buah|batang|butir|dokumen)\)",
    ),
    Synonym(
        Role.TARGET,
        r"(target|rencana).*\((ton|kg|kw|ha|km|m[23]|liter|ekor|orang|jiwa|kk|unit|buah|batang|butir|dokumen)\)",
    ),
    Synonym(  # money of a plan of several years, named before that of the year
        Role.OTHER,
        r"^(?:(?!renja|rkpd|apbd)[^>])*(renstra|rpjm|rpjp).*(>\(?rp\)?$|\(rp\)|anggaran|pagu)",
        r">\(?k\)?$",
    ),
    Synonym(Role.REALISASI, r"real.*>\(?rp\)?$", OF_ANOTHER),  # K | Rp under one quarter
    Synonym(
        Role.ANGGARAN,
        r"(target|anggaran|pagu|rencana).*>\(?rp\)?$",
        rf"{LEFT}|selisih|lebih|saldo|serap|{OF_ANOTHER}",
    ),
    Synonym(Role.CAPAIAN_KINERJA, rf"({OF_ANOTHER}).*>\(?k\)?$"),
    Synonym(Role.REALISASI_KINERJA, r"real.*>\(?k\)?$"),
    Synonym(Role.TARGET, r"(target|rencana).*>\(?k\)?$"),
    Synonym(
        Role.OTHER,
        r"sumber(dana|anggaran|pembiayaan)|^(ket|keterangan)\b|(?<!a)lokasi|penanggungjawab|pelaksana$|catatan",
    ),
    Synonym(
        Role.OTHER,
        r"perangkatdaerah|skpd|opd|unitkerja|permasalahan|hambatan|solusi|tindaklanjut",
        r"anggaran|realisasi|pagu|dpp?a|\(rp|belum|tidak",
    ),
    Synonym(Role.OTHER, r"kontrak|nilaispk|nomorspk|^hps|harga|volume|perolehan|aset|anggarankas"),
    Synonym(  # half a year, unless all of it
        Role.OTHER, r"semester\(?(i|ii|1|2)(?![a-qs-z])", r"(s/?d|sampai(dengan)?)semester\(?(ii|2)"
    ),
    Synonym(Role.TARGET, r"(target|rencana)[^>]*([sy]erap|keuangan)", r"real|%|persen"),
    Synonym(Role.OTHER, r"deviasi|>bobot|pertumbuhan|kenaikan|penurunan|naik/?\(?turun|^tren"),
    Synonym(  # what was planned of either progress is neither: "FISIK > TARGET (%)"
        Role.TARGET,
        r"(target|rencana).*(fisik|keu)|(fisik|keu).*(target|rencana)",
        r"real|\brp|\((rp|idr)|anggaran",
    ),
    Synonym(Role.OTHER, r"fisik[^>]*keu[^>]*$|keu[^>]*fisik[^>]*$"),  # either, or two run together
    Synonym(Role.FISIK, r"fisik", r">[^>]*keu[^>]*$"),
    Synonym(
        Role.OTHER,
        rf"({LEFT}|selisih|lebih|kurang)[^>]*(%|persen)|(%|persen)[^>]*({LEFT}|selisih)",
    ),
    Synonym(Role.OTHER, rf"({LEFT}|selisih|lebih|kurang).*>[^>]*(%|persen)"),
    Synonym(
        Role.SISA,
        rf"{LEFT}|selisih|bertambah|berkurang|lebih/?\(?kurang|kurang\)?/?\(?lebih|silpa|saldo"
        r"|(tidak|belum|tak)(ter|te|di)(serap|realisas)",
    ),
    Synonym(
        Role.OTHER,
        r"efisiensi|^%anggaran$|^(persen|persentase|prosentase)anggaran$|bobot|tertimbang|proporsi|kontribusi|kategori|predikat|kriteria|rataratacapaian",
    ),
    Synonym(Role.SATUAN, r"satuan$|satuan\b(?!.*(kerja|harga))|^sat$", r"anggaran|realisasi|biaya"),
    Synonym(Role.CODE, r"kode|^kd|norek|koderek|^rekening|nomorrekening|^mak$"),
    Synonym(Role.NO, r"^(no|nomor|nourut|nomorurut|nou?r?t?)$|^no>no$"),
    Synonym(Role.INDIKATOR, r"indikator|tolokukur"),
    Synonym(
        Role.CAPAIAN_KINERJA,
        r"(capaian|%|persen|prosentase|presentase|persentase).*kinerja|kinerja.*(capai|%|persen|prosentase)"
        r"|capaian(sasaran|indikator|program|output|outcome|target)",
        r"anggaran|keuangan|dana|biaya|serapan",
    ),
    Synonym(Role.REALISASI_KINERJA, r"realisasikinerja|kinerja>real|^realisasi>kinerja"),
    Synonym(Role.TARGET, r"targetkinerja|kinerja>target|targetcapaian"),
    Synonym(
        Role.CAPAIAN,
        r"%|persen|prosen|presentase|[sy]erap|capaian|tingkatrealisasi|pencapaian|(?<!ope)rasio",
        r"target$|(^|>)(target|rencana)\(?%\)?$|indikator",
    ),
    Synonym(
        Role.REALISASI,
        r"realisasi|>real$|realiasasi|reaslisasi|terealisasi|penggunaan(anggaran|dana)|pengeluaran|sp2d|\bspj",
    ),
    Synonym(
        Role.ANGGARAN,
        r"anggaran|pagu|alokasi|\bdpa|dppa|plafon|apbd|dana|biaya|target[^>]*\((rp|idr)|target[^>]*rp$|jumlah\(?rp"
        r"|rupiah|\(rp\)|^rp$|sebelumperubahan|setelahperubahan|murni|perubahan",
        r"namaanggaran",
    ),
    Synonym(Role.TARGET, r"target|rencana(?!aksi)"),
    Synonym(Role.SASARAN, r"sasaran|tujuan"),
    Synonym(
        Role.NAME,
        r"uraian|program|kegiatan|^nama|belanja|jenis|rincian|pos|bidangurusan|urusan|pendapatan|aktivitas|paket",
    ),
    Synonym(Role.ANGGARAN, r"^(jumlah|nilai|total)(\(|$)|besaran"),
)

# Words that headings turn on; print spells them with a letter lost, doubled, wrong or swapped.
SPELT = ("realisasi", "anggaran", "penyerapan", "persentase", "kegiatan", "capaian", "uraian")

MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
ROMAN = {"iv": 4, "iii": 3, "ii": 2, "i": 1}

# Patterns over one squashed storey → period; {} takes the number found.
PERIODS = (
    (
        r"(triwulan|twl|tw|triw|trwlan|trw)\(?(iv|iii|ii|i|[1-4])(?:(?![a-z-])|(?=\(?rp|real|anggaran))",
        "triwulan_{}",
    ),
    (r"(sebelum|sblm)(perubahan|revisi)|murni|awal\b|induk|semula", "murni"),
    (r"perubahan|revisi|apbd-?p\b|dppa|p-?apbd|menjadi|(pagu|anggaran|apbd|dpa)akhir", "perubahan"),
)
UP_TO_THE_END = re.compile(  # of the year: "s.d. 31 Desember", "sampai dengan Triwulan IV"
    r"(s/?d|sampai(dengan)?|hingga|per)(tanggal|tgl|akhir|bulan)*(31)?"
    r"(desember|(triwulan|tw)\(?(iv|4)\)?(?![a-qs-z]))"
)
QUARTER = re.compile(r"\(?(iv|iii|ii|i|[1-4])\)?")
YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")

# Words that make a row of short texts a header; the union of what ROLES knows.
HEADER_WORD = re.compile(
    r"^no$|^nomor|kode|rekening|uraian|program|kegiatan|anggaran|pagu|alokasi|realisasi|capaian|%|persen|prosen"
    r"|serapan|sisa|target|indikator|sasaran|satuan|^ket|lokasi|sumberdana|^jumlah|volume|triwulan|keuangan|fisik"
    r"|^\(?rp\)?$|tahun|tujuan|belanja|selisih|bobot|penanggungjawab|urusan|^rp|murni|perubahan|hasil|kinerja|output|outcome"
)


@lru_cache(maxsize=4096)  # headers come back on every page
def squash(text: str) -> str:
    """Lower case, no spaces, dots or line breaks; what the patterns are written against."""
    return re.sub(r"[\s.:_\u2013\u2014]+", "", text.lower())


@lru_cache(maxsize=1024)
def role_of(path: tuple[str, ...]) -> Role:
    """The role that a header path names; OTHER when no synonym fits."""
    text = ">".join(respelt(squash(part)) for part in path if part.strip())
    for synonym in ROLES:
        if re.search(synonym.pattern, text) and not re.search(synonym.unless, text):
            return synonym.role
    return Role.OTHER


def respelt(text: str) -> str:
    """A squashed heading with its telling words spelt as they should be ("relisasi")."""
    for word in SPELT:
        if word in text:
            continue
        for length in (len(word), len(word) - 1, len(word) + 1):
            starts = range(len(text) - length + 1)
            slips = (text[at : at + length] for at in starts)
            slip = next((s for s in slips if s[0] == word[0] and OSA.distance(word, s) == 1), None)
            if slip:
                text = text.replace(slip, word, 1)
                break
    return text


def period_of(path: tuple[str, ...]) -> str:
    """The period that a header path names: quarter, month, year, murni, perubahan; else tahun.

    The lowest storey that names one counts ("Triwulan I - IV Tahun 2023 > II": quarter 2).
    """
    storeys = [UP_TO_THE_END.sub("", squash(part)) for part in path]
    for depth in range(len(storeys) - 1, -1, -1):
        period = _period(storeys[depth], storeys[:depth])
        if period:
            return period
    years = YEAR.findall(">".join(storeys))
    return years[-1] if years else "tahun"


def _period(text: str, above: list[str]) -> str | None:
    quarter = QUARTER.fullmatch(text)
    if quarter and any(re.search(r"triwulan|\btr?w", storey) for storey in above):
        return f"triwulan_{ROMAN.get(quarter[1], quarter[1])}"
    for pattern, period in PERIODS:
        found = re.search(pattern, text)
        if found:
            number = found.group(2) if "{}" in period else ""
            return period.format(ROMAN.get(number, number))
    for number, month in enumerate(MONTHS, start=1):
        if re.search(rf"(bulan|^|s/?d){month}", text):
            return f"bulan_{number}"
    return None
