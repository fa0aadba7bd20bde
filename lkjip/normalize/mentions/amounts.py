"""Rupiah amounts in a sentence: where they stand, their value, percentage and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lkjip.normalize.numbers import Style, column_style, parse_money
from lkjip.normalize.words import WordSpan, find_words

SCALES = {
    "ribu": 10**3,
    "rb": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "milyar": 10**9,
    "miliar": 10**9,
    "milyard": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
    "trilliun": 10**12,
}
# A group of digits may be torn by a space ("1 36"), and so may its separator ("705 . 845"). The
# whole run of digits and marks is taken: half of a damaged number would be a wrong one.
_GROUP = r"(?:\d(?:\s?\d){0,2}(?!\d)|\d+)"
_NUMBER = rf"{_GROUP}(?:\s?[.,]{{1,2}}\s?{_GROUP})*"
_ENDING = r"(?:\s?[.,]?\s?[-–=](?!\s?\d)|\s?,\s?00\b\s?,?\s?[-–=]?)?"
_SCALE = rf"(?:\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"
MONEY = re.compile(
    rf"(?:(?<![^\W_])|(?<=[a-z]))(?:Rp|RP|IDR|rp)\s?\.?\s?,?\s*(?P<number>{_NUMBER})"
    rf"(?P<ending>{_ENDING})(?i:{_SCALE})"
)
BARE_MONEY = re.compile(  # no Rp: only right behind words that announce money
    r"(?:anggaran|pagu|alokasi|biaya|dana|keuangan|belanja)\w*\s*(?:sebesar|senilai|sejumlah|:)\s*"
    rf"(?P<number>\d{{1,3}}(?:[.,]\d{{3}}){{2,}}(?:[.,]\d\d)?(?![\d]))(?P<ending>{_ENDING}){_SCALE}",
    re.IGNORECASE,
)
LEAST = 1_000  # rupiah; less, without a scale behind it, is a price or a misprint
# Words that may stand between an amount and the percentage that belongs to it.
_BRIDGE = (
    r"(?:atau|sebesar|dengan|capaian|pencapaian|tingkat|serapan|penyerapan|realisasi|persentase|"
    r"presentase|prosentase|persen|nilai|mencapai|yaitu|yakni|keuangan|anggaran|sama|setara|sekitar|"
    r"kinerja|atas|dari|pagu|total|hanya|baru|nya|sehingga|adalah|rata|dan|terserap|\s|[(,:\-–/])"
)
PERCENT = re.compile(
    rf"^{_BRIDGE}{{0,24}}?(?P<number>\d{{1,3}}(?:\s?[.,]\s?\d(?:\s?\d)?\d?)?)\s*"
    r"(?:%|persen\b|prosen\b|(?<=\d)\s*\)|(?=\s*\([A-Z]))",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^[\s,.\-–=]*\((?P<inside>[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One amount at text[start:end] of its paragraph; `tail` is where what belongs to it ends."""

    start: int
    end: int
    tail: int
    raw: str
    value: Decimal | None
    candidates: tuple[Decimal, ...]
    precision: Decimal  # half the last printed digit's worth: 0 for whole rupiah
    percent: Decimal | None
    words: WordSpan | None


def find_amounts(text: str, style: Style = Style.INDONESIAN) -> tuple[Spoken, ...]:
    """The amounts of a paragraph in order; those below a thousand rupiah are left out."""
    spots = sorted(_spots(text), key=lambda match: match.start("number"))
    stops = [*(spot.start() for spot in spots), len(text)][1:]
    found = [_spoken(text, spot, stop, style) for spot, stop in zip(spots, stops, strict=True)]
    return tuple(one for one in found if one.value is None or one.value >= LEAST)


def prose_style(texts: Iterator[str]) -> Style:
    """The separators that most amounts of the running text use."""
    numbers = [_compact(match["number"]) for text in texts for match in _spots(text)]
    return column_style(numbers) if numbers else Style.INDONESIAN


def _spots(text: str) -> Iterator[re.Match[str]]:
    taken = set[int]()
    for pattern in (MONEY, BARE_MONEY):
        for match in pattern.finditer(text):
            if match.start("number") not in taken:
                taken.add(match.start("number"))
                yield match


def _spoken(text: str, match: re.Match[str], stop: int, style: Style) -> Spoken:
    value, candidates = _value(match, style)
    end = match.end()
    words, tail = _words(text, end, stop)
    percent, tail = _percent(text, tail, stop)
    if words is not None and value is None and _fits(words.value, candidates):
        value = Decimal(words.value or 0)
    start = match.start() if match.re is MONEY else match.start("number")
    raw = text[start:end].strip()
    return Spoken(start, end, tail, raw, value, candidates, _precision(match), percent, words)


def _fits(value: int | None, candidates: tuple[Decimal, ...]) -> bool:
    return value is not None and Decimal(value) in candidates


def _words(text: str, end: int, stop: int) -> tuple[WordSpan | None, int]:
    """The amount in words in the bracket behind the digits."""
    bracket = _BRACKET.match(text[end:stop])
    if bracket is None:
        return None, end
    inside = bracket["inside"]
    spans = list(find_words(inside))
    if len(spans) != 1 and not re.search(r"rupiah|terbilang", inside, re.IGNORECASE):
        return None, end
    offset = end + bracket.start("inside")
    span = WordSpan(offset, offset + len(inside), spans[0].value if len(spans) == 1 else None)
    return span, end + bracket.end()


def _percent(text: str, end: int, stop: int) -> tuple[Decimal | None, int]:
    match = PERCENT.match(text[end:stop])
    if match is None:
        return None, end
    number = _compact(match["number"]).replace(",", ".")
    return Decimal(number), end + match.end()


def _value(match: re.Match[str], style: Style) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    number = _compact(match["number"])
    if match["scale"]:
        return _scaled(number, SCALES[match["scale"].casefold()])
    if re.fullmatch(r"\d+", number):
        return Decimal(number), ()
    whole, sen = _split_sen(number)
    groups = re.split(r"[.,]", whole)
    if len(groups) > 2 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        # whole groups of three: the digits read one way, whatever stands between them
        return Decimal("".join(groups) + sen), ()
    amount = parse_money(number, style)
    return amount.value, amount.candidates


def _split_sen(number: str) -> tuple[str, str]:
    """ "1.000.000,00" → ("1.000.000", ".00"): two digits behind the last mark are sen."""
    match = re.fullmatch(r"(.*\d)[.,](\d\d)", number)
    return (match[1], "." + match[2]) if match else (number, "")


def _scaled(number: str, scale: int) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """ "2,67 milyar": one mark with other than three digits behind it is decimal."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        grouped = Decimal(number.replace(".", "")) * scale
        return (grouped, ()) if scale < 10**9 else (None, (grouped, Decimal(number) * scale))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return Decimal(number.replace(",", ".")) * scale, ()
    return None, ()


def _precision(match: re.Match[str]) -> Decimal:
    """How far the exact amount may lie from a rounded one ("2,67 milyar": 5 million)."""
    if not match["scale"]:
        return Decimal(0)
    decimals = re.search(r"[.,](\d+)$", _compact(match["number"]))
    places = len(decimals[1]) if decimals else 0
    return Decimal(SCALES[match["scale"].casefold()]) / 2 / Decimal(10) ** places


def _compact(number: str) -> str:
    return re.sub(r"\s", "", number)
