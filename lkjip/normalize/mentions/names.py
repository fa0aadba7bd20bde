"""What an amount in a sentence is of: its measure, and the name of program, kegiatan or belanja."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

ANGGARAN, REALISASI, SISA, TARGET, OTHER = "anggaran", "realisasi", "sisa", "target", "other"

# The cue nearest before an amount names its measure; a longer cue wins over one inside it.
MEASURE_CUES = (
    (SISA, r"sisa|tersisa|tidak\s*terserap|belum\s*terserap|tidak\s*terealisasi|silpa|efisiensi"),
    (
        REALISASI,
        r"ter+eal?l?isasi\w*|ter+ealiasi\w*|ter+ealiasasi\w*|teralisasi\w*|direalisasikan|dire?alisasi"
        r"|realisasi\w*|realiasi\w*|rel[ia]+sasi\w*|reali[sz]ai\w*|ter+serap|penyerapan|serapan|dibelanjakan|digunakan|dipergunakan"
        r"|dikeluarkan|menghabiskan|pengeluaran",
    ),
    (TARGET, r"target\w*|ditargetkan"),
    (
        ANGGARAN,
        r"anggaran\w*|dianggarkan|alokasi\w*|dialokasikan|teralokasi\w*|pagu|plafon\w*|dana|biaya"
        r"|pembiayaan|dpa|apbd|nilai\s*kontrak",
    ),
)
_CUE = re.compile(
    "|".join(rf"(?P<m{index}>\b(?:{words})\b)" for index, (_, words) in enumerate(MEASURE_CUES)),
    re.IGNORECASE,
)
# "realisasi anggaran", "sisa anggaran", "target pendapatan", "anggaran yang terealisasi": the
# telling word is the one that is not plain "anggaran".
_PLAIN = re.compile(r"anggaran\w*|dana|biaya|dpa|apbd|belanja", re.IGNORECASE)

# Words that open the name of a line of the budget.
ANCHORS = (
    r"Sub\s*Kegiatan|Kegiatan|Program|Belanja|Pendapatan|Retribusi|Pajak|Pembiayaan|Gaji|Tunjangan|"
    r"Penyediaan|Pengadaan|Pemeliharaan|Hibah"
)
_ANCHOR = re.compile(rf"(?<!\()(?<!\( )\b(?i:{ANCHORS})\s*(?=[A-Z(])")
_GENERIC = re.compile(
    r"^(?:[a-z]\.\d{1,2}\.?\s*)?(?:(?:sub\s*kegiatan|kegiatan)\s*(?=\S))+", re.IGNORECASE
)

_LEAD = re.compile(
    r"^(?:[\s,;:.)\-–]|(?:dan|serta|sedangkan|sehingga|adapun|sementara(?:\s*itu)?|kemudian|selanjutnya|"
    r"dengan\s*demikian|dengan|dari|untuk|atau|maka|yang|terdiri|meliputi|berupa|antara\s*lain|yaitu|"
    r"yakni|besarnya|masing-masing)\b)+",
    re.IGNORECASE,
)
_OPENERS = re.compile(  # a sentence that opens so does not open with a name
    r"^(?:dalam|untuk|pada|dari|adapun|sedangkan|di\s?samping|dengan|total|jumlah|secara|berdasarkan|"
    r"selama|sampai|hingga|tahun|capaian|kinerja|sasaran|oleh|karena|bahwa|hal|dimana|di|ini|"
    r"tersebut|besar\w*|sebesar|senilai|rincian|pencapaian|sehingga|melalui|sebagai|menurut|namun|"
    r"tabel|target|dapat|guna|atas|telah|setelah|ter\w+|per)\b",
    re.IGNORECASE,
)
_MONEY_OPENERS = re.compile(r"^(?:anggaran|alokasi|dana|pagu|realisasi)\b", re.IGNORECASE)
_TAIL = re.compile(  # what trails behind a name before the amount
    r"(?:[\s,;:(\-–]|\b(?:sebesar|senilai|sejumlah|yaitu|adalah|yakni|mencapai|dengan|memperoleh|mendapat\w*|"
    r"memiliki|menyerap|yang|di|dan|nya|pada|telah|sudah|hanya|baru|dapat|untuk|sumber|dari|"
    r"apbd|ini|total|jumlah|tersedia|disediakan|didukung|oleh|rencana|semula|menjadi|"
    r"setelah\s*perubahan|ditetapkan|dianggarkan|memerlukan|membutuhkan)\b)+$",
    re.IGNORECASE,
)
_CUTS = (  # asides that are not part of the name
    re.compile(
        r"\s*,?\s*(?:\bdengan\s*(?:alokasi|anggaran|pagu|realisasi|biaya|dana)|\bsebesar|\bRp\b).*$",
        re.I,
    ),
    re.compile(r"\s*,?\s*(?:yang\s+di\w+kan\s+)?oleh\s+(?:dinas|badan|biro|kantor)\b.*$", re.I),
    re.compile(
        r"\s*,?\s*(?:\bterdiri\s+d\w+|\bdijabarkan|\bmerupakan|\bdilaksanakan|\bdiarahkan|"
        r"\bbertujuan|\bmemiliki|\byang\s+(?:dilaksanakan|mencapai|terdiri|dijabarkan|meliputi|tersebar|telah|mendukung|menunjang|diberi\w*)|"
        r"\bdengan\s+(?:indikator|output|target|hasil|capaian|kegiatan|sasaran|rincian|tingkat))\b.*$",
        re.I,
    ),
    re.compile(
        r"\s*,?\s*yang\s+(?:bersumber|berasal|dialokasikan|dianggarkan|dibiayai|didanai)\b.*$", re.I
    ),
    re.compile(r"\s*,?\s*bersumber\s*(?:dari|dana)?\b.*$", re.I),
    re.compile(r"\s*\((?:setelah|sebelum|sesudah)\b[^)]*\)", re.I),
    re.compile(r"\s+(?:untuk|di|pada|bagi|kepada)\s*\d+\s+\S.*$", re.I),
    re.compile(r"\s*(?:pada|untuk|di)?\s*\bTahun\s*Anggaran\s*2\s?0\s?\d\s?\d.*$", re.I),
    re.compile(
        r"\s*,?\s*\b(?:sampai\s*dengan|s\.?/?d\.?|hingga|selama|per\s+\d|pada\s+akhir)\b.*$", re.I
    ),
    re.compile(r"\s+(?:pada|dalam|untuk|di)\s+tahun\s*(?:2\s?0\s?\d\s?\d|ini)\b.*$", re.I),
)
_TOTAL = re.compile(
    r"\b(?:total|jumlah\s*(?:total|seluruh|keseluruhan)|keseluruhan|seluruh)\b"
    r"|\b(?:sasaran|tujuan|misi)\s*(?:strategis\s*)?(?:ini|tersebut|\d)",
    re.I,
)
BACK = re.compile(
    r"\b(?P<kind>sub\s*kegiatan|kegiatan|program)\s*(?:ini|tersebut|dimaksud|di\s*atas)\b", re.I
)
_PLURAL = re.compile(r"(?:\bke\w+|\bsemua|\bseluruh|\d|\)|\bpara|\bbeberapa)\s*$", re.I)
_ABBREVIATIONS = (
    "rp", "bid", "prov", "kab", "kec", "kel", "no", "dr", "drg", "ir", "h", "hj", "jl", "sub", "st",
    "tgl", "hal", "dll", "dsb", "dkk", "s", "d", "a", "n", "th", "thn", "ta", "pt", "cv", "ds",
    "tb", "adm", "tk", "bag", "sek", "keu", "pem", "ka", "kasi", "cq", "up", "yth", "kom",
)  # fmt: skip
_END = re.compile(r"[.;!?:](?=\s+\S|[A-Z])|(?<=[\d%)\]])\.(?=[A-Za-z])")
_YEARLESS = re.compile(r"^((?:Belanja|Pendapatan)\b.*?)\s+tahun\s*20\d\d$", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\s+(?P<name>(?:belanja|program|kegiatan|sub\s*kegiatan|pendapatan|retribusi|pajak)\s+\w)",
    re.I,
)
_WHOLE = re.compile(  # "90 % dari total pagu": the whole of what was spoken of, nothing new
    r"^[\s,;]*(?:atau\s*)?dari\s+(?:total|jumlah|seluruh)\s+(?:anggaran|pagu|alokasi|dana)\w*\s*"
    r"(?:yang\s+\w+\s*)?(?:sebesar|senilai)?\s*$",
    re.I,
)
_ACCOUNT = re.compile(r"\brekening\s+(?P<name>[a-zA-Z][^\d.,:;]{4,})$")
SAME = 85  # likeness of a heading and the name that repeats it
_QUOTED = re.compile(r"[“„‟”\"‘](?P<name>[A-Z][^“„‟”\"‘’]{5,200})[“„‟”\"’]\W*$")
LONGEST_NAME = 220  # characters; the longest kegiatan names of Permendagri 90 stay below


def refers_back(sentence: str) -> str | None:
    """The kind of line that "kegiatan ini" or "program tersebut" points back to; plurals do not."""
    for back in BACK.finditer(sentence):
        if not _PLURAL.search(sentence[: back.start()]):
            return r"\s*".join(back["kind"].split())
    return None


def is_total(sentence: str) -> bool:
    """Whether the words before an amount announce a sum over several lines."""
    if _WHOLE.match(sentence):
        return False
    return bool(
        _TOTAL.search(sentence)
        or any(_PLURAL.search(sentence[: back.start()]) for back in BACK.finditer(sentence))
    )


def measure_of(before: str) -> str | None:
    """The measure that the words right before an amount announce, if they do."""
    cues = list(_CUE.finditer(before))
    if not cues:
        return None
    last = cues[-1]
    for cue in reversed(cues[:-1]):
        gap = before[cue.end() : last.start()]
        if not _PLAIN.fullmatch(last.group()) or not re.fullmatch(r"[\s\w]{0,40}", gap):
            break
        if _is_name(gap):
            break
        last = cue
    return MEASURE_CUES[int((last.lastgroup or "m0")[1:])][0]


def _is_name(gap: str) -> bool:
    return bool(re.search(r"[A-Z]", gap))


def last_sentence(text: str) -> str:
    """The part of a text behind its last sentence end."""
    ends = list(_sentence_ends(text))
    return text[ends[-1] :] if ends else text


def _sentence_ends(text: str) -> Iterator[int]:
    """Offsets behind each full stop; abbreviations ("Sub Bid.", "Rp.") end no sentence."""
    for end in _END.finditer(text):
        word = re.search(r"(\w+)$", text[: end.start()])
        if not (end.group() == "." and word and word[1].casefold() in _ABBREVIATIONS):
            yield end.end()


def name_in(sentence: str, opens: bool) -> str | None:
    """The name of the line that the words before an amount speak of, or None.

    `opens`: whether the words open a paragraph or list item, where a name needs
    no "Program" or "Belanja" before it.
    """
    opens = opens and not _OPENERS.match(sentence.strip())
    text = _LEAD.sub("", sentence)
    cue = _CUE.search(text)
    tail = re.search(r"\b(?:sebesar|senilai|sejumlah)\b", text, re.IGNORECASE)
    stop = min(spot.start() for spot in (cue, tail) if spot) if cue or tail else len(text)
    name = _name_like(text[:stop], opens) or _name_like(text[stop:], False)
    if name is None and stop == 0 and cue:
        name = _after_cue(text, cue.end(), tail.start() if tail else len(text))
    if name or not (opens and stop == 0 and cue):
        return name
    whole = _finish(text[: tail.start()] if tail else text)
    return whole if whole and not _TOTAL.search(whole) and _names_something(whole) else None


def _after_cue(text: str, start: int, stop: int) -> str | None:
    """The name in "realisasi belanja langsung … sebesar", whatever its case."""
    spoken = _SPOKEN.match(text, start)
    return _finish(text[spoken.start("name") : stop]) if spoken and stop > start else None


def _name_like(text: str, opens: bool) -> str | None:
    quoted = _QUOTED.search(text)
    if quoted:
        return _finish(quoted["name"])
    anchors = list(_ANCHOR.finditer(text))
    opens = opens and not _MONEY_OPENERS.match(text)
    if opens and not _OPENERS.match(text) and not _TOTAL.match(text):
        return _finish(text)
    if not anchors:
        account = _ACCOUNT.search(text)
        return _finish(account["name"]) if account else None
    return _finish(text[_first_of_last_name(text, anchors) :])


def _first_of_last_name(text: str, anchors: list[re.Match[str]]) -> int:
    """Where the last name starts: "Program Pengadaan Barang" is one name, not two."""
    start = anchors[-1].start()
    for anchor in reversed(anchors[:-1]):
        between = text[anchor.start() : start]
        again = anchor.group().casefold() == anchors[-1].group().casefold()
        if again or re.search(r"[,;:.]|\byaitu\b|\badalah\b", between):
            break
        start = anchor.start()
    return start


def _finish(text: str) -> str | None:
    """The name without asides, lead and tail; None where nothing names anything."""
    for cut in _CUTS:
        text = cut.sub("", text)
    text = _TAIL.sub("", " ".join(text.split()))
    text = _YEARLESS.sub(r"\1", text)
    text = _GENERIC.sub("", _once(text)).strip(" ,.;:-–")
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")].rstrip()
    if not 3 <= len(text) <= LONGEST_NAME or not re.search(r"[A-Za-z]{3}", text):
        return None
    is_bare = re.fullmatch(rf"(?:{ANCHORS})(?:\s+(?:ini|tersebut))?", text, re.IGNORECASE)
    return None if is_bare else text


def _once(text: str) -> str:
    """A heading that runs into the sentence repeating it, once: "Kegiatan A Kegiatan A"."""
    words = text.split()
    middle = len(words) // 2
    halves = [
        (" ".join(words[:cut]), " ".join(words[cut:]))
        for cut in range(max(2, middle - 2), min(len(words) - 1, middle + 3))
    ]
    likeness = [fuzz.ratio(first.casefold(), again.casefold()) for first, again in halves]
    best = max(likeness, default=0)
    return halves[likeness.index(best)][1] if best > SAME else text


def _names_something(text: str) -> bool:
    """Whether words beside the cue words are left ("Alokasi anggaran PHLN")."""
    rest = _CUE.sub("", text)
    return bool(re.search(r"\b[A-Z]\w{2,}", rest[1:] if rest[:1].isupper() else rest))


def opens_with_anchor(text: str) -> bool:
    """Whether a text opens with "Program X", "Kegiatan Y", "Belanja Z"."""
    return bool(_ANCHOR.match(text))


def heading_name(text: str, kind: str | None = None) -> str | None:
    """The last program or kegiatan that a text names, for "kegiatan ini"."""
    pattern = re.compile(rf"\b(?i:{kind})\s*(?=[A-Z(])") if kind else _ANCHOR
    spots = [spot for spot in pattern.finditer(text) if not BACK.match(text[spot.start() :])]
    if not spots:
        return None
    start = _first_of_last_name(text, spots)
    end = next((end for end in _sentence_ends(text) if end > start), len(text))
    return _finish(text[start:end])
