"""What one printed unit is worth in rupiah: "dalam ribuan", "(juta Rp)", "Rp. 000".

Said of a column in its own heading, else of the whole table: in its title, or in the
heading of another amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lkjip.normalize.content import MONEY_ROLES, Span
from lkjip.normalize.roles import squash

# What leads to the word, the word, and what may follow: not "200 juta rupiah", nor "(ribu ton)".
LEAD = r"(?:dalam|dlm|satuan|nilai|\bx|\(|\[|rp|rupiah|^)(?:dalam|dlm|rp|rupiah|satuan|x|[-/,=])*"
END = r"(?:rp|rupiah|idr|[)\]>,/-]|$)"
OTHER_THINGS = r"(?!orang|jiwa|ton|ekor|unit|kg|ha\b|buah|org)"
SCALES = (  # squashed words → multiplier; the largest first, "000.000" is no "000"
    (r"mil[iy]ar", 1_000_000_000),
    (r"(?:juta|jt)", 1_000_000),
    (r"(?:ribu|rb)", 1_000),
)
TIMES = r"(?:\bx(?:rp)?1,?|\(rp1,?|rp|\('?)"
NOUGHTS = (  # "(Rp. 000)", "x 1.000"; not "di atas Rp 1.000.000"
    (rf"{TIMES}000,?000(?![.,]?\d)", 1_000_000),
    (rf"{TIMES}000(?![.,]?\d)", 1_000),
)
UNITS = (
    *(
        (rf"{LEAD}{word}an?{OTHER_THINGS}|{word}anrupiah|{LEAD}{word}{END}", unit)
        for word, unit in SCALES
    ),
    *NOUGHTS,
)
TO_THE_RUPIAH = re.compile(r"(rp\.?\s*)?\d{1,3}(\.\d{3})*,\d{3}", re.I)  # "6.008.850,000"
FEWEST = 3  # cells that show how a column is printed
EXPLICIT = re.compile(r"\(rp\)|\(rupiah\)|dalamrupiah|\brp$")


@lru_cache(maxsize=1024)
def unit_in(text: str) -> int | None:
    """The multiplier that a title or heading names; None where it names none."""
    squashed = squash(text)
    return next((unit for pattern, unit in UNITS if re.search(pattern, squashed)), None)


def prints_rupiah(texts: Iterable[str], unit: int) -> bool:
    """Whether all numbers of a column in thousands have three decimals: the last rupiah."""
    numbers = [text.strip() for text in texts if any(char.isdigit() for char in text)]
    is_plain = unit == 1_000 and len(numbers) >= FEWEST
    return is_plain and all(TO_THE_RUPIAH.fullmatch(number) for number in numbers)


def units_of(title: str | None, spans: Sequence[Span], unsaid: int = 1) -> dict[int, int]:
    """The multiplier of each column, by its index, should it hold money; `unsaid` by default."""
    own = {span.column.index: unit_in(" > ".join(span.column.header)) for span in spans}
    money = [span.column.index for span in spans if span.column.role in MONEY_ROLES]
    said = {unit for index in money if (unit := own[index]) is not None}
    named = unit_in(title or "")
    common = named or (said.pop() if len(said) == 1 else unsaid)
    units = {}
    for column in (span.column for span in spans):
        is_plain = (
            named is None and unsaid == 1 and EXPLICIT.search(squash(">".join(column.header)))
        )
        units[column.index] = own[column.index] or (1 if is_plain else common)
    return units
