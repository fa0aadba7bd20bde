"""Tables that no grid of rules shows: from a block of lines to cells."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.extract.general.blocks import Block, is_amid_prose, is_contents, is_list
from lkjip.extract.general.columns import Column, Placed, are_aligned, columns_of, place, split_at
from lkjip.extract.general.head import header_lines
from lkjip.extract.general.header import headings_of
from lkjip.extract.general.rows import rows_of
from lkjip.extract.general.rules import Rule, is_between
from lkjip.extract.general.strips import Strip, strip_of
from lkjip.extract.general.texts import Line, Text
from lkjip.extract.general.tiles import lay_out, on_page
from lkjip.extract.typed.words import Words
from lkjip.records import Table

ACROSS = 0.5  # share of the table that a rule between two rows runs along
ALIGNED = 2.5  # points within which two texts start at one edge
FEWEST = 2  # rows of a table, and one more where no rule bounds it
FILLED = 0.4  # share of the places in tabular lines that hold a text; a chart's labels fill few
OFTEN = 0.3  # share of the tabular lines with figures that makes it no prose
DENSE = 0.25  # share of the lines that are tabular
SENTENCE = 4  # words over several columns that make a note
MIDDLE = 0.02  # share of the table by which a heading of a group may be off the middle


def aligned_table(words: Words, lines: Sequence[Line], block: Block, page: int) -> Table | None:
    """The table of a block, or None where its texts are not in columns."""
    inside = _without_notes(lines[block.first : block.last + 1])
    columns = columns_of(inside)
    if len(columns) < 2 or is_contents(inside) or is_list(inside):
        return None
    inside = [split_at(words, line, columns) for line in inside]
    bounds = [r for r in block.rules if r.covers(columns[0].x0, columns[-1].x1) > ACROSS]
    if not _is_convincing(inside, columns, bounds):
        return None
    if not bounds and is_amid_prose(lines, block):
        return None
    head = header_lines(inside, columns, bounds)
    headings, storeys = headings_of(inside[:head], columns, block.rules)
    rows = rows_of(_strips(inside, head, columns, bounds), len(columns))
    if storeys + len(rows) < FEWEST + (not bounds):
        return None
    return on_page(lay_out(words, inside, columns, (headings, storeys), rows), page)


def _is_convincing(
    lines: Sequence[Line], columns: Sequence[Column], bounds: Sequence[Rule]
) -> bool:
    """Whether so many lines keep to the columns that it is no chance."""
    tabular = [line for line in lines if len(line.texts) > 1]
    figures = [line for line in tabular if any(t.kind == "figure" for t in line.texts[1:])]
    if len(tabular) < 2 or (len(tabular) < 3 and not bounds):
        return False
    stretched = sum(line.is_stretched for line in tabular)
    if len(tabular) < DENSE * len(lines) or 2 * stretched >= len(tabular):
        return False
    if len(figures) < OFTEN * len(tabular) and not are_aligned(lines, columns):
        return False
    if not figures and not bounds and _is_prose(lines):
        return False
    return _are_filled(lines, tabular, columns)


def _are_filled(lines: Sequence[Line], tabular: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether the columns hold enough for a table."""
    own = [sum(place(t, columns).first == k for line in lines for t in line.texts)
           for k in range(len(columns))]  # fmt: skip
    filled = sum(len({place(t, columns).first for t in line.texts}) for line in tabular)
    if filled < FILLED * len(tabular) * len(columns):
        return False
    return min(own) >= 1 and sum(count > 1 for count in own) >= 2


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether the texts at the left of most lines are whole clauses: verse or prose in columns."""
    long = [line for line in lines if len(line.texts[0].string.split()) >= SENTENCE]
    return len(long) > 0.5 * len(lines)


def _without_notes(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the notes that end a block: sentences across columns, no rows after."""
    columns = columns_of(lines)
    end = len(lines)
    for number in reversed(range(2, len(lines))):
        texts = [place(text, columns) for text in lines[number].texts]
        if any(p.last > p.first and len(p.text.string.split()) >= SENTENCE for p in texts):
            end = number
        elif len(texts) > 1:
            break
    return lines[:end]


def _strips(
    lines: Sequence[Line], head: int, columns: Sequence[Column], bounds: Sequence[Rule]
) -> list[Strip]:
    """The lines of the body, each with its texts in columns."""
    middles = _middles(columns, bounds)
    starts = [
        text.x0
        for line in lines[head:]
        if len(line.texts) > 1
        for text in line.texts
        if text.kind == "words"
    ]
    strips = []
    for number in range(head, len(lines)):
        line = lines[number]
        heading = _heading_of_group(line, columns, middles, starts)
        texts = [heading] if heading else [_in_column(text, columns) for text in line.texts]
        ruled = number > head and is_between(lines[number - 1], line, bounds)
        strips.append(strip_of(texts, line.top, line.bottom, ruled=ruled))
    return strips


def _in_column(text: Text, columns: Sequence[Column]) -> Placed:
    """A text in the column where it starts, a figure where most of it stands."""
    placed = place(text, columns)
    if placed.first == placed.last or text.kind == "words":
        return Placed(text, placed.first, placed.first)
    nearest = max(
        range(placed.first, placed.last + 1),
        key=lambda k: min(text.x1, columns[k].x1) - max(text.x0, columns[k].x0),
    )
    return Placed(text, nearest, nearest)


def _middles(columns: Sequence[Column], bounds: Sequence[Rule]) -> tuple[float, float]:
    """The middles of the table and of all its columns but that of the names."""
    left = min([columns[0].x0, *(r.x0 for r in bounds)])
    right = max([columns[-1].x1, *(r.x1 for r in bounds)])
    return (left + right) / 2, ((columns[0].x1 + columns[1].x0) / 2 + right) / 2


def _heading_of_group(
    line: Line,
    columns: Sequence[Column],
    middles: tuple[float, float],
    starts: Sequence[float],
) -> Placed | None:
    """Words alone on a line, in the middle of the table or of all but its names, over them."""
    text, last = line.texts[0], len(columns) - 1
    if len(line.texts) > 1 or text.kind != "words" or last < 2:
        return None
    if sum(abs(text.x0 - x) < ALIGNED for x in starts) > 1:  # set from the left like others
        return None
    near = MIDDLE * (columns[-1].x1 - columns[0].x0)
    offs = [abs(text.middle - middle) for middle in middles]
    return Placed(text, offs.index(min(offs)), last) if min(offs) <= near else None
