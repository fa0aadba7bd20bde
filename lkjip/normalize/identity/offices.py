"""Names of offices in a text: "Dinas Kesehatan", "KECAMATAN KALIANGET", "BPLHD".

A name is a word for a kind of office and the capitalised words behind it, up to a
region, a year or the end of the phrase. No office is known by name; a few
abbreviations that all of Indonesia uses are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lkjip.normalize.identity.places import close_spacing
from lkjip.normalize.identity.regions import Region, region_at


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


HEADS = (
    r"Dinas|Badan|Biro|Inspektorat|Kecamatan|Kelurahan|Kantor|Bagian|Balai|Distrik|"
    r"Sekretariat\s+(?:Daerah|D[Pp][Rr][Dd]|Dewan)|Setda|"
    r"Satuan\s+Polisi\s+Pamong\s+Praja|Sat(?:uan)?\s*pol\.?\s*PP|"
    r"Rumah\s+Sakit|RSUD|RSU|Puskesmas|Kec\."
)
ALONE = (  # names as they are
    r"Inspektorat|Sekretariat\s+(?:Daerah|D[Pp][Rr][Dd])|Setda|"
    r"Satuan\s+Polisi\s+Pamong\s+Praja|Satpol\s*PP"
)
ABBREVIATIONS = _words(
    """BAPENDA BAPPEDA BAPPEDALITBANG BAPPELITBANGDA BAPELITBANG BKAD BPKAD BPKPD BKD BKPP BKPPD
    BKPSDM BPSDM BPBD BPLHD BLHD BPMPD BPMD BPMPT BPPKB BP3AKB BKPD BKBPP BKKBD BPPT BPMPTSP
    BAKESBANGPOL KESBANGPOL BPPD BPKD BRIDA BALITBANGDA DINKES DISDIK DISDIKBUD DIKNAS DISHUB
    DISHUBKOMINFO DISKOMINFO DINSOS DISPORA DISPORAPAR DISPARPORA DISBUDPAR DISPAR DISPERINDAG
    DISKOPUKM DISKOPERINDAG DISNAKER DISNAKERTRANS DISDUKCAPIL DUKCAPIL DPUPR DPUTR DPU PUPR DBM
    DPRKP DISPERKIM DISPERKIMTAN DPKP DISTAN DISPERTAN DISTANAK DKPP DISBUN DISNAK DISKANLA
    DISKANLUT DISHUT DLH DLHK DKP DKPP DPMD DPMDES DISPERMADES DPMPTSP DPPKB DP3A DP3AP2KB DPPKBP3A
    DISPUSIPDA DISPUSIP DPKAD DPPKAD DISPENDA SATPOL SETWAN SETDA"""
)
_JOINERS = frozenset(("dan", "serta", "&", "/", "untuk", "di", "bagi"))
_STOPS = _words(
    """provinsi propinsi prov prov. kabupaten kab kab. kota pemerintah tahun ta t.a. ta. lkip lkjip
    lakip lkpj renja renstra bab tabel tentang yang adalah sebagai dengan dalam pada telah merupakan
    sesuai ini tersebut terkait lainnya jalan jl jl. telp no no. nomor nip laporan rencana realisasi
    perjanjian kepala sekretaris periode triwulan bulan halaman page berdasarkan memiliki mempunyai
    selaku adapun melalui seluruh se januari februari maret april mei juni juli agustus september
    oktober november desember rp menuju oleh hal anggaran dpa apbd ir drs dra dr"""
)
_GENERIC = _words("daerah provinsi kabupaten kota pusat teknis terkait badan dinas kantor")
_TOKEN = re.compile(r"[^\s,;:|()\"“”„]+|[,;:|()\"“”„]|\n")
_HEAD = re.compile(rf"(?<![\w/])(?P<head>{HEADS})(?=[\s,]|$)", re.IGNORECASE)
_ABBREVIATION = re.compile(
    rf"(?<![\w/.@])(?P<name>{'|'.join(sorted(ABBREVIATIONS))})(?![\w@])", re.I
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KEY_WORD = re.compile(
    r"(DINAS|BADAN|BIRO|INSPEKTORAT|KECAMATAN|SEKRETARIAT|KANTOR|PROVINSI|KABUPATEN|PEMERINTAH"
    r"|TAHUN)"
)
_UPPER = re.compile(
    r"(?:[^AEIOUaeiou]{2,5}|RSUD|RSU|UPT|UPTD|UMKM|KUMKM|KB|PAUD|PUPR|DPRD|ASN|SDM|TIK|P[A-Z]\d\w*|IPTEK)$",
    re.I,
)
_SHORTENED = re.compile(
    r"\b(?-i:[A-Z][A-Z\d]{2,})\b|kesbang|naker|dukcapil|perindag|kominfo|litbang|dispora|satpol"
    r"|disdik",
    re.I,
)
_NAMESAKE = re.compile(r"dr\.|prof\.|h\.|r\.a\.", re.IGNORECASE)  # "RSUD dr. Soetomo"
LONGEST = 20  # words of a name


@dataclass(frozen=True, slots=True)
class Office:
    """A name as printed, its key (letters only), and the region right behind it."""

    name: str
    key: str
    region: Region | None = None


def find_offices(text: str) -> Iterator[Office]:
    """The offices that a text names, in order."""
    text = _opened(text)
    end, taken = 0, set[int]()
    for head in _HEAD.finditer(text):
        if head["head"][0].islower() or head.start() < end:
            continue
        found = _office(text, head)
        if found is not None:
            office, end = found
            taken.update(range(head.start(), end))
            yield office
    for short in _ABBREVIATION.finditer(text):
        name = short["name"]
        if short.start() not in taken and (name.isupper() or name.istitle()):
            yield Office(name, key_of(name), region_at(text[short.end() :]))


def key_of(name: str) -> str:
    """Letters only, so that case, marks and letter spacing do not matter."""
    return re.sub(r"[\W\d_]+", "", name.casefold().replace("&", "dan"))


def same_office(a: str, b: str) -> bool:
    """Whether two keys are one office: one opens the other, or is short for it."""
    return a.startswith(b) or b.startswith(a) or abbreviates(a, b) or abbreviates(b, a)


def is_part_of(part: str, whole: str) -> bool:
    """Whether an office is a unit of another (a biro or bagian of Sekretariat Daerah)."""
    return part.startswith(("biro", "bagian")) and whole.startswith(("sekretariatdaerah", "setda"))


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` come in order in `full` ("bplhd", "dinaskumkm")."""
    if len(short) > 0.75 * len(full) or short[:1] != full[:1]:
        return False
    rest = iter(full)
    return all(letter in rest for letter in short)


def is_abbreviation(name: str) -> bool:
    """Whether a name is, or holds, a word put together from the beginnings of others."""
    return " " not in name or bool(_SHORTENED.search(name))


def _opened(text: str) -> str:
    """Letter-spaced words closed, and words opened again where capitals or key words tell."""
    closed = close_spacing(text)
    return text if closed == text else _KEY_WORD.sub(r" \1 ", _GLUED.sub(" ", closed))


def _office(text: str, head: re.Match[str]) -> tuple[Office, int] | None:
    """The office whose name starts with `head`, and where the name ends."""
    words, end = list[str](), head.end()
    is_hospital = head["head"][:2].upper() == "RS"
    sample = text[head.end() : head.end() + 20] if is_hospital else head["head"]
    is_upper = sample.isupper()
    pending: list[str] = []
    for token in _TOKEN.finditer(text, head.end()):
        word = token.group()
        if word == "\n":
            continue
        if is_hospital and not words and _NAMESAKE.fullmatch(word):
            words.append(word.casefold())
            continue
        if _ends(word, words, is_upper) or region_at(text[token.start() :]) is not None:
            break
        if word.casefold() in _JOINERS or word == ",":
            pending.append(word)
            continue
        words += [*pending, word.rstrip(".")]
        pending, end = [], token.end()
        if word.endswith(".") or len(words) >= LONGEST:
            break
    kind = re.sub(r"\s+", " ", head["head"])
    kind = "Kecamatan" if kind.casefold() == "kec." else kind
    region = region_at(text[end:])
    if not words and is_hospital and region is not None:
        words = str(region).split()  # "RSUD Kota Bandung" has no other name
    if not words and not re.fullmatch(ALONE, kind, re.I):
        return None
    if words and all(word.casefold() in _GENERIC for word in words):
        return None
    name = _spell([kind, *words], is_upper)
    return Office(name, key_of(name), region), end


def _ends(word: str, words: list[str], is_upper: bool) -> bool:
    """Whether a word cannot be part of an office's name."""
    bare = word.casefold()
    if word in ';:|()"“”„' or bare in _STOPS or bare.rstrip(".") in _STOPS:
        return True
    if bare in _JOINERS or word == ",":
        return False
    if re.fullmatch(HEADS, word, re.IGNORECASE):
        return True
    if is_upper:
        return not word.isupper()
    return not word[:1].isupper()


def _spell(words: list[str], is_upper: bool) -> str:
    """One space between words, none before a comma; capitals only where they belong."""
    text = re.sub(r"\s+,", ",", " ".join(words))
    return " ".join(_lowered(word) for word in text.split()) if is_upper else text


def _lowered(word: str) -> str:
    if word.casefold() in _JOINERS or _NAMESAKE.fullmatch(word):
        return word.casefold()
    return word if _UPPER.match(word.rstrip(",")) else word.capitalize()
