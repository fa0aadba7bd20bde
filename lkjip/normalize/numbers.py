"""Text of a cell to a number, or to candidates; never a guess.

A number is well formed in one of four styles, told apart by the whole column.
Whatever is not well formed comes back without a value and with its possible
readings (`damage.py`), for arithmetic or a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lkjip.normalize.damage import readings
from lkjip.records import Amount, Box, Source

LONGEST_RAW = 48  # characters of a cell that could still be one number
MONEY_LIMIT = Decimal(10) ** 16  # decimal128(18,2) of the contract
PERCENT_LIMIT = Decimal(10) ** 5  # decimal128(9,4)
PLAIN_LIMIT = Decimal(10) ** 14  # decimal128(18,4)
LONGEST_PHRASE = 120
MOST_CANDIDATES = 40
FOUR_PLACES = Decimal("0.0001")


class Style(StrEnum):
    """Which separators a column of numbers uses, decided from all its cells."""

    INDONESIAN = "indonesian"  # 1.234.567,89
    ENGLISH = "english"  # 1,234,567.89
    ALL_COMMA = "all-comma"  # 641,773,572,00
    ALL_DOT = "all-dot"  # 641.773.572.00
    SPACED = "spaced"  # 1 234 567,89


MARKS = {  # thousands, decimal
    Style.INDONESIAN: (".", ","),
    Style.ENGLISH: (",", "."),
    Style.ALL_COMMA: (",", ","),
    Style.ALL_DOT: (".", "."),
    Style.SPACED: (" ", ","),
}


# Styles that a column must show, each with the usual one that reads some of its cells too.
RARE = (
    (Style.ALL_DOT, Style.INDONESIAN),
    (Style.ALL_COMMA, Style.ENGLISH),
    (Style.SPACED, Style.INDONESIAN),
)


def _shape(style: Style) -> re.Pattern[str]:
    """Integer part in groups of three or without separators, then up to two decimals.

    Where one mark serves for both, decimals are exactly two digits and the
    integer part is grouped, or the last group could be either.
    """
    thousands, decimal = (re.escape(mark) for mark in MARKS[style])
    if thousands == decimal:
        return re.compile(
            rf"(0|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})*|[1-9]\d*$)(?:{decimal}(\d\d))?", re.A
        )
    grouped = rf"0|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+|[1-9]\d*"
    return re.compile(rf"({grouped})(?:{decimal}(\d{{1,2}}))?", re.A)


SHAPES = {style: _shape(style) for style in Style}
ZERO = re.compile(r"0[.,]0{1,2}")  # zero in every style
PERCENT = re.compile(r"(0|[1-9]\d*)(?:[.,](\d+))?", re.A)
DECIMALS = re.compile(r"\d([.,])(?:\d{1,2}|\d{4})(?!\d)\s*%?\s*$", re.A)
PLAIN = re.compile(r"0|[1-9]\d*", re.A)
PERCENT_SIGN = re.compile(r"%|\b(?:persen|prosen|pct)\b|(?<=\d)(?:persen|prosen)\b", re.I)

SPACES = re.compile(r"[^\S\n]+")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣-", "-"))
CURRENCY = re.compile(r"(?:rp|idr)\s*\.?\s*", re.I)
WHOLE_RUPIAH = re.compile(r"\s*[.,]\s*[-=]{1,2}$")  # "1.000,-"; also ",=" and ".-"
STRAY = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d\d)?(?![\d.,]*\d)", re.A)
PHRASE = re.compile(  # a comparison, a number, a unit of measure
    r"(?:[≥≤<>=±~]+|min(?:imal)?\.?|maks(?:imal)?\.?|rp\.?)? ?(?P<minus>-?)"
    r"(?P<number>\d(?:[\d.,]*\d)?)(?P<unit>(?:[^\d.,].*?)?)[.,]?",
    re.A | re.I,
)
RANGE = re.compile(r" ?(?:[-:/]|s/?d\b|sampai\b|dari\b)|.*\d(?<!\bm[23])", re.A | re.I)
NOTE = re.compile(r"\s?[*†‡¹²³⁴-⁹]+\)?$")  # a footnote's mark behind a number
SIGNED = re.compile(r"(-?)\s*(\(?)\s*(.*?)\s*(\)?)", re.S)


class _Bare(NamedTuple):
    """A number without its ornaments, and what its sign and its line breaks leave in doubt."""

    core: str
    negative: bool
    sign_sure: bool
    whole: bool


def is_blank(raw: str) -> bool:
    """No number is printed: nothing, a dash, "Rp -", "nihil". A dash is not a zero."""
    return not any(char.isnumeric() for char in raw)


def is_dash(raw: str) -> bool:
    """Said to be nothing: "-", "Rp -", "nihil"; an empty cell says nothing."""
    return is_blank(raw) and bool(raw.strip())


def column_style(texts: Iterable[str]) -> Style:
    """The style that reads the most cells of one column; Indonesian when nothing tells.

    One mark for thousands and decimals alike ("641.773.572.00") is a style only
    where a third of the cells, and at least two, can be read in no other way:
    a single such cell among others may as well have lost a digit. So are spaces.
    """
    cores = [_bare(text).core for text in texts if len(text) <= LONGEST_RAW and not is_blank(text)]
    cores = [core for core in cores if not PLAIN.fullmatch(core) and not ZERO.fullmatch(core)]
    read = {style: [bool(SHAPES[style].fullmatch(core)) for core in cores] for style in Style}
    for style, twin in RARE:
        alone = sum(a and not b for a, b in zip(read[style], read[twin], strict=True))
        if alone >= 2 and alone * 3 >= len(cores):
            return style
    more_english = sum(read[Style.ENGLISH]) > sum(read[Style.INDONESIAN])
    return Style.ENGLISH if more_english else Style.INDONESIAN


def parse_money(
    raw: str,
    style: Style = Style.INDONESIAN,
    unit: int = 1,
    *,
    box: Box | None = None,
    page: int | None = None,
) -> Amount:
    """A rupiah amount, times `unit`. Malformed → value None and candidates, most likely first.

    A line break in the text is a number wrapped in its cell; a space inside is
    damage. Blank → value None and no candidates.
    """
    if len(raw) > LONGEST_RAW or is_blank(raw):
        return Amount(raw, None, box=box, page=page)
    bare = _bare(raw)
    value = _well_formed(bare.core, style)
    found = [value] if value is not None else list(readings(bare.core, MARKS[style][1]))
    if not found:
        found = [item for text in _inside(raw) for item in readings(text, MARKS[style][1])]
    values = _signed(bare, [item * unit for item in found])
    values = [item for item in values if abs(item) < MONEY_LIMIT and item * 100 % 1 == 0]
    return _amount(raw, values, value is not None and bare.sign_sure and bare.whole, box, page)


def _inside(raw: str) -> list[str]:
    """The one amount among words that strayed into its cell ("SE. 148.269.000")."""
    found = STRAY.findall(raw)
    return found if len(found) == 1 else []


def decimal_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark of a column of percentages; None where its cells differ or none tells."""
    marks = {found[1] for text in texts if (found := DECIMALS.search(text))}
    return marks.pop() if len(marks) == 1 else None


def parse_percent(
    raw: str, mark: str | None = None, *, box: Box | None = None, page: int | None = None
) -> Amount:
    """A percentage ("98,64", "100.00", "99.03 %"), to four decimals.

    Comma and dot both mark decimals; with exactly three digits behind its only mark it
    may be thousands as well, which gives candidates, unless `mark` says which it is.
    """
    if len(raw) > LONGEST_RAW or is_blank(raw):
        return Amount(raw, None, box=box, page=page)
    bare = _bare(PERCENT_SIGN.sub(" ", raw))
    value = _well_formed_percent(bare.core, mark)
    found = [value] if value is not None else _percent_readings(bare.core)
    values = _signed(bare, [_four_places(item) for item in found if item < PERCENT_LIMIT])
    return _amount(raw, values, value is not None and bare.sign_sure and bare.whole, box, page)


def parse_decimal(raw: str) -> Decimal | None:
    """A plain number of a performance table ("12 bulan" → 12, "≥ 80" → 80, "WTP" → None).

    To four decimals. Ranges, ratios, grades, several numbers, and what could be
    thousands or decimals alike ("1,234") give None.
    """
    if len(raw) > LONGEST_PHRASE:
        return None
    fits = PHRASE.fullmatch(" ".join(raw.translate(DASHES).split()))
    if not fits or RANGE.match(fits["unit"]):
        return None
    value = _plain(fits["number"], is_percent="%" in fits["unit"])
    if value is None or value >= PLAIN_LIMIT:
        return None
    value = _four_places(value)
    return -value if fits["minus"] else value


def format_money(value: Decimal, style: Style = Style.INDONESIAN) -> str:
    """The amount as a careful typist of that style prints it; sen only where there are any."""
    thousands, decimal = MARKS[style]
    whole, _, sen = f"{abs(value):.2f}".partition(".")
    text = f"{int(whole):,}".replace(",", thousands)
    if thousands == decimal or sen != "00":
        text += decimal + sen
    return "-" + text if value < 0 else text


def _amount(
    raw: str, values: list[Decimal], sure: bool, box: Box | None, page: int | None
) -> Amount:
    if sure and values:
        return Amount(raw, values[0], Source.PARSED, box=box, page=page)
    return Amount(raw, None, candidates=tuple(values[:MOST_CANDIDATES]), box=box, page=page)


def _bare(raw: str) -> _Bare:
    text = NOTE.sub("", SPACES.sub(" ", raw.translate(DASHES)).strip())
    text = WHOLE_RUPIAH.sub("", CURRENCY.sub("", text, count=1))
    fits = SIGNED.fullmatch(text)
    assert fits  # the pattern takes any text
    minus, opened, core, closed = fits.groups()
    core, whole = _unwrap(WHOLE_RUPIAH.sub("", core))
    trailing = core.endswith("-")  # "1.000-": a minus, or ",-" that lost its comma
    spaced = bool(minus) and text[1:2] == " "  # "- 1.000": a minus, or a bullet
    sign_sure = bool(opened) == bool(closed) and not ((minus and opened) or spaced or trailing)
    return _Bare(core.rstrip("- "), bool(minus or opened or closed), sign_sure, whole)


def _signed(bare: _Bare, found: Iterable[Decimal]) -> list[Decimal]:
    values = list(dict.fromkeys(-item if bare.negative else item for item in found))
    return values if bare.sign_sure else list(dict.fromkeys(values + [-item for item in values]))


def _four_places(value: Decimal) -> Decimal:
    places = -int(value.as_tuple().exponent)
    return value.quantize(FOUR_PLACES) if places > 4 else value


def _unwrap(core: str) -> tuple[str, bool]:
    """Digits wrapped inside a number joined; unsure where each line is a number of its own."""
    parts = [part.strip() for part in core.split("\n") if part.strip()]
    if len(parts) == 1:
        return parts[0], True
    joined = "".join(parts)
    numbers = all(_well_formed(part, Style.INDONESIAN) is not None for part in parts)
    return joined, not numbers and not PLAIN.fullmatch(joined)


def _well_formed(core: str, style: Style) -> Decimal | None:
    """The value in the column's style, or in the one other style that its own grouping tells."""
    fits = SHAPES[style].fullmatch(core)
    if fits or ZERO.fullmatch(core):
        return _decimal(*fits.groups()) if fits else Decimal(0)
    others = {other: fits for other in Style if (fits := SHAPES[other].fullmatch(core))}
    values = {_decimal(*fits.groups()) for fits in others.values()}
    if len(values) != 1 or not any(_tells(*item, style) for item in others.items()):
        return None
    return values.pop()


def _tells(other: Style, fits: re.Match[str], style: Style) -> bool:
    """Whether a cell in another style than its column's can be read in that way only.

    It groups thousands twice ("1,250,000") or marks both thousands and decimals
    ("1,250.00"). With one mark for both, its decimals must be marked as the
    column marks them ("113,187,358,00" in an Indonesian column): then the
    thousands are the slip. "650.290.147.50" there may as well lack a digit.
    """
    thousands, decimal = MARKS[other]
    groups = fits[1].count(thousands)
    if other is Style.SPACED:  # a lone one may be two numbers, or damage
        return False
    if thousands == decimal:
        return groups >= 1 and decimal == MARKS[style][1] and bool(fits[2])
    return groups >= 2 or bool(groups and fits[2])


def _plain(number: str, is_percent: bool) -> Decimal | None:
    fits = re.fullmatch(r"(\d+)(?:([.,])(\d+))?", number, re.A)
    if fits and len(fits[3] or "") != 3:
        return _decimal(fits[1], fits[3])
    if fits and int(fits[1]) == 0:
        return _decimal("0", fits[3])
    if fits and (fits[2] == "," or is_percent or not SHAPES[Style.INDONESIAN].fullmatch(number)):
        return None
    for style in (Style.INDONESIAN, Style.ENGLISH):
        if grouped := SHAPES[style].fullmatch(number):
            return _decimal(*grouped.groups())
    return None


def _well_formed_percent(core: str, mark: str | None) -> Decimal | None:
    fits = PERCENT.fullmatch(core)
    if fits:
        known = mark is not None and mark in core
        doubtful = (not known and len(fits[2] or "") == 3) or (
            not fits[2] and len(fits[1]) > 3
        )  # "9864"
        return None if doubtful else _decimal(fits[1], fits[2])
    for style in (Style.INDONESIAN, Style.ENGLISH):
        grouped = SHAPES[style].fullmatch(core)
        if grouped and grouped[2]:
            return _decimal(*grouped.groups())
    return None


def _percent_readings(core: str) -> list[Decimal]:
    """Candidates: the last mark taken for the decimal one first, then two decimals without any."""
    fits = re.fullmatch(r"(\d{1,3})[.,\s]+(\d{1,4})", core, re.A)
    found = [_decimal(*fits.groups())] if fits else []
    if re.fullmatch(r"\d{3,5}", core, re.A):
        found.append(_decimal(core[:-2], core[-2:]))
    return [*found, *readings(core)]


def _decimal(whole: str, sen: str | None = None) -> Decimal:
    digits = re.sub(r"[.,\s]", "", whole)
    return Decimal(f"{digits}.{sen}" if sen else digits)
