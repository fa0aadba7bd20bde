"""Runs of lines that may be a table: texts set apart at the same places, line after line.

A line of one sentence, a list item and a line of a contents page are none; a wide
rule above or below takes the lines up to it into the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lkjip.extract.general.rules import Rule, rules_of
from lkjip.extract.general.texts import MARK, Line
from lkjip.extract.general.zones import CAPTION, is_prose_line
from lkjip.extract.tables.align import ITEM
from lkjip.extract.typed.paths import Paths

FAR = 3.2  # line heights between two rows of one table
WIDE = 0.6  # share of the table that a rule that bounds it runs along
OVERHANG = 0.35  # share of the table by which such a rule may be longer
CLOSE = 0.6  # line heights between a text and the line that it goes on in
UP_TO_RULE = 7  # lines between a rule and the rows that show the columns
SUPPORT = 6  # lines within which another must have white at the same place
SECTION = re.compile(r"\d+(\.\d+)+\.?|[A-Za-z]\.|\d+\.|(bab|chapter|kapitel|part)\b", re.I)
NOTE = re.compile(
    r"(source|note|notes|remark|quelle|fuente|sumber|keterangan|catatan|legend)s?\b.{0,3}[:.)]"
    r"|\(?([*†‡]{1,3}|[a-z\d]{1,2}[/)])\s+\S", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `first` to `last` of a zone, and the rules that bound or part them."""

    first: int
    last: int
    rules: tuple[Rule, ...] = ()


def blocks_of(lines: Sequence[Line], paths: Paths) -> list[Block]:
    """The candidates of a zone, top to bottom, none overlapping."""
    if not lines:
        return []
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    tabular = _tabular(lines)
    found: list[Block] = []
    floor = 0
    for first, last in _runs(lines, tabular, width):
        if first < floor:
            continue
        block = _bounded(lines, (first, last), floor, rules_of(paths), width)
        found.append(block)
        floor = block.last + 1
    return found


def _tabular(lines: Sequence[Line]) -> list[bool]:
    """Of each line, whether it sets texts apart, as others near it do at the same place."""
    apart = [_is_apart(line) and not _is_justified(lines, n) for n, line in enumerate(lines)]
    tabular = []
    for number, line in enumerate(lines):
        near = [
            lines[n]
            for n in range(max(0, number - SUPPORT), min(len(lines), number + SUPPORT + 1))
            if n != number and apart[n]
        ]
        tabular.append(apart[number] and any(_share_white(line, other) for other in near))
    return tabular


def _is_apart(line: Line) -> bool:
    """Two texts apart, not counting the mark of a list."""
    texts = line.texts
    if len(texts) < 2:
        return False
    return len(texts) > 2 or not MARK.fullmatch(texts[0].string)


def _is_justified(lines: Sequence[Line], number: int) -> bool:
    """Whether a line has equal spaces, and so have most lines around it."""
    if not lines[number].is_stretched:
        return False
    around = [line for line in lines[max(0, number - 2) : number + 3] if len(line.texts) > 1]
    return sum(line.is_stretched for line in around) > 0.5 * len(around)


def _share_white(line: Line, other: Line) -> bool:
    gaps = [(a.x1, b.x0) for a, b in pairwise(line.texts)]
    others = [(a.x1, b.x0) for a, b in pairwise(other.texts)]
    height = line.bottom - line.top
    return any(min(b, d) - max(a, c) > 0.35 * height for a, b in gaps for c, d in others)


def _runs(lines: Sequence[Line], tabular: Sequence[bool], width: float) -> list[tuple[int, int]]:
    """(first, last) of the tabular lines that go together."""
    runs: list[tuple[int, int]] = []
    for number, is_tabular in enumerate(tabular):
        if not is_tabular:
            continue
        if runs and _go_on(lines, runs[-1], number, width):
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [(first, last) for first, last in runs if last > first]


def _go_on(lines: Sequence[Line], run: tuple[int, int], number: int, width: float) -> bool:
    """Whether a line goes on with a run: near it, and no sentence or caption in between."""
    first, last = run
    block = lines[first : last + 1]
    steps = [b.top - a.top for a, b in pairwise(block)]
    between = lines[last + 1 : number]
    height = lines[number].bottom - lines[number].top
    usual = max([FAR * height, *(1.6 * step for step in steps[-6:])])
    if any(b.top - a.top > usual for a, b in pairwise(lines[last : number + 1])):
        return False
    if any(CAPTION.match(line.texts[0].string) for line in (*between, lines[number])):
        return False
    return not any(ends_table(line, block, width) for line in between)


def ends_table(line: Line, block: Sequence[Line], width: float) -> bool:
    """A sentence or a note ends a table, unless it goes on under a text of it."""
    if len(line.texts) != 1:
        return False
    text = line.texts[0]
    left = min(other.x0 for other in block)
    right = max(other.x1 for other in block)
    if text.x0 > left + 6 and text.x1 < right + 10:
        starts = [t.x0 for other in block for t in other.texts[1:]]
        if any(abs(text.x0 - x) < 2.5 for x in starts):
            return False
    return is_prose_line(line, width) or bool(NOTE.match(text.string))


def _bounded(
    lines: Sequence[Line],
    run: tuple[int, int],
    floor: int,
    rules: Sequence[Rule],
    width: float,
) -> Block:
    """The run with the lines up to the rules that bound it, and without what is above them."""
    first, last = run
    block = lines[first : last + 1]
    x0, x1 = min(line.x0 for line in block), max(line.x1 for line in block)
    wide = [r for r in rules if r.covers(x0, x1) > WIDE and r.width < (1 + OVERHANG) * (x1 - x0)]
    heights = [rule.y for rule in wide]

    def ends(line: Line) -> bool:
        return ends_table(line, block, width) or bool(CAPTION.match(line.texts[0].string))

    first = _up(lines, first, floor, heights, ends)
    last = _down(lines, last, heights, ends)
    last = _wrapped(lines, last, block)
    top, bottom = lines[first].top, lines[last].bottom
    near = 1.2 * (lines[first].bottom - top)
    own = [
        r
        for r in rules
        if top - near < r.y < bottom + near and r.x0 < x1 and r.x1 > x0 and r.x1 - r.x0 > 4
    ]
    return Block(first, last, tuple(own))


def _up(
    lines: Sequence[Line],
    first: int,
    floor: int,
    heights: Sequence[float],
    ends: Callable[[Line], bool],
) -> int:
    """The first line below the highest rule that only headings part from the rows."""
    best, top = first, first
    while top > floor and first - top < UP_TO_RULE:
        line, below = lines[top - 1], lines[top]
        if any(line.bottom - 2 <= y <= below.top + 2 for y in heights):
            best = top
        if ends(line) or below.top - line.bottom > FAR * (line.bottom - line.top):
            break
        top -= 1
    else:
        line = lines[top]
        before = lines[top - 1].bottom if top else -1e6
        if any(before - 2 <= y <= line.top + 2 and line.top - y < 30 for y in heights):
            best = top
    return best


def _down(
    lines: Sequence[Line],
    last: int,
    heights: Sequence[float],
    ends: Callable[[Line], bool],
) -> int:
    """The last line above the lowest rule that only wraps and totals part from the rows."""
    best, end = last, last
    while end + 1 < len(lines) and end - last < UP_TO_RULE:
        above, line = lines[end], lines[end + 1]
        if ends(line) or line.top - above.bottom > FAR * (line.bottom - line.top):
            break
        end += 1
        after = lines[end + 1].top if end + 1 < len(lines) else 1e6
        if any(line.bottom - 2 <= y <= min(after + 2, line.bottom + 15) for y in heights):
            best = end
    return best


def _wrapped(lines: Sequence[Line], last: int, block: Sequence[Line]) -> int:
    """The last line with those that go on below it under a text of its columns."""
    left = min(line.x0 for line in block)
    starts = [t.x0 for line in block for t in line.texts[1:]]
    while last + 1 < len(lines):
        above, line = lines[last], lines[last + 1]
        text = line.texts[0]
        if len(line.texts) > 1 or line.top - above.bottom > CLOSE * (line.bottom - line.top):
            break
        inner = text.x0 > left + 15 and any(abs(text.x0 - x) < 2.5 for x in starts)
        name = text.string[:1].islower() and text.x0 < left + 15 and len(above.texts) > 1
        if not inner and not (name and text.width < 0.5 * (block[0].x1 - left)):
            break
        last += 1
    return last


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether the lines are a table of contents: leaders or numbered headings, to page numbers
    that hardly ever fall."""
    dotted = [line for line in lines if line.has_leader]
    if len(dotted) < 0.5 * len(lines):
        dotted = [line for line in lines if line.texts[-1].string.isdigit()]
        numbered = sum(bool(SECTION.match(line.texts[0].string)) for line in dotted)
        if len(dotted) < max(5, 0.5 * len(lines)) or numbered < 0.7 * len(dotted):
            return False
    if any(len(line.texts) > 3 for line in dotted):
        return False
    pages = [line.texts[-1].string for line in dotted]
    numbers = [int(page) for page in pages if page.isdigit()]
    rising = sum(a <= b for a, b in pairwise(numbers))
    return len(numbers) >= 0.6 * len(pages) and rising >= 0.8 * (len(numbers) - 1)


def is_amid_prose(lines: Sequence[Line], block: Block) -> bool:
    """Whether the line above is a sentence of the same paragraph: as close, from the same edges."""
    if not block.first:
        return False
    above, first, second = lines[block.first - 1 : block.first + 2]
    inside = lines[block.first : block.last + 1]
    same = abs(above.x0 - first.x0) < 3 and abs(above.x1 - max(line.x1 for line in inside)) < 3
    return same and first.top - above.top < 1.2 * (second.top - first.top)


def is_list(lines: Sequence[Line]) -> bool:
    """Whether most lines begin with a mark and hold nothing else but one text."""
    marked = [line for line in lines if ITEM.fullmatch(line.texts[0].string)]
    return len(marked) > 0.5 * len(lines) and all(len(line.texts) <= 2 for line in marked)
