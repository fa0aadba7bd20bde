"""What the rows above a row of a performance table say for it: sasaran, program, bands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lkjip.normalize.indicators.body import value_columns
from lkjip.normalize.indicators.columns import Block
from lkjip.normalize.rows import Row

SUMMARY = re.compile(
    r"^\W*(?:rata\s*-?\s*rata|rerata|capaian\s+rata)"
    r"|^\W*(?:jumlah|total)(?:\s+(?:total|\w*seluruh\w*|akhir|nilai|skor|capaian|anggaran))?\W*$",
    re.I,
)
_BAND = re.compile(r"^\W*(?P<kind>visi|misi|tujuan|sasaran|program|(?:sub\s*)?kegiatan)\b", re.I)
_ACTIVITY = re.compile(r"^\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:sub\s*kegiatan|kegiatan|program)\b", re.I)
_PROGRAM = re.compile(r"^\W*(?:[\dA-Z.]{1,6}\s+)?program\b", re.I)


@dataclass(slots=True)
class Above:
    """What rows above said and the row at hand repeats."""

    sasaran: str = ""
    program: str = ""
    bands: dict[str, str] = field(default_factory=dict)


def measured(rows: Sequence[Row], blocks: Sequence[Block]) -> Iterator[tuple[int, Row, Above]]:
    """The rows that measure something, counted with the bands, and what stands above them."""
    above = Above()
    values = value_columns(blocks)
    number = 0
    for row in rows:
        texts = {index: row.text(index) for index in row.cells if row.text(index)}
        number += bool(texts)
        if not texts:
            continue
        if row.is_merged or (len(texts) == 1 and not values & set(texts)):
            for text in texts.values():
                _note_band(text, above, texts, blocks)
        elif not any(SUMMARY.match(text) for text in list(texts.values())[:2]):
            yield number, row, replace(above, bands=dict(above.bands))
            _note_row(row, above, blocks)


def _note_band(text: str, above: Above, texts: Mapping[int, str], blocks: Sequence[Block]) -> None:
    kind = _BAND.match(text)
    name = kind["kind"].casefold() if kind else ""
    own = next(iter(texts)) in {block.sasaran for block in blocks}
    if name == "sasaran" or (own and not name):
        above.sasaran, above.program = text, ""
        above.bands.pop("(band) kelompok", None)
    elif name.endswith(("program", "kegiatan")):
        above.program = text
    elif name in ("visi", "misi", "tujuan"):
        above.bands[f"(band) {name.capitalize()}"] = text
        above.bands.pop("(band) kelompok", None)
    else:
        above.bands["(band) kelompok"] = text


def _note_row(row: Row, above: Above, blocks: Sequence[Block]) -> None:
    for block in blocks:
        sasaran, program = texts_of_row(row.text, above, block)
        above.sasaran, above.program = sasaran or above.sasaran, program or above.program


def texts_of_row(text: Callable[[int], str], above: Above, block: Block) -> tuple[str, str]:
    """Sasaran and program of a row: its own, or what the rows above go on to say."""
    own = text(block.sasaran) if block.sasaran is not None else ""
    program = text(block.program) if block.program is not None else ""
    if own and _ACTIVITY.match(own) and above.sasaran and own != above.sasaran:
        return above.sasaran, own
    if block.names_both and not _PROGRAM.match(program):
        program = ""  # a kegiatan under the program above it
    if not own or above.sasaran.endswith(own):
        own = above.sasaran
    elif own != above.sasaran and not program:
        return own, ""
    return own, program or above.program
