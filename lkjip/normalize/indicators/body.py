"""The body of a performance table, its rows made whole before anyone reads them.

Headers printed again fall away, what a page end broke off comes back, a cell with a
value for each of several rows is shared out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkjip.normalize.content import Span
from lkjip.normalize.indicators.columns import Block
from lkjip.normalize.indicators.rows import MARK, level_with, values_in
from lkjip.normalize.layout import AMOUNT
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import Row
from lkjip.records import TextLine

CLOSE = 1.6  # heights of a line; lines of one paragraph stand no further apart


def whole_rows(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """The rows of a table as a reader sees them."""
    return _with_whole_texts(_apart(_mended(rows, blocks), blocks), blocks)


def without_headers(rows: Sequence[Row], spans: Sequence[Span]) -> list[Row]:
    """Rows without what only says the header again: on a later page, or merged down from it."""
    own = {span.column.index: {squash(part) for part in span.column.header} for span in spans}
    titles = set[str]().union(*own.values()) - {""}
    kept = []
    for row in rows:
        texts = {i: squash(row.text(i)) for i in row.cells if row.text(i)}
        again = sum(text in titles for text in texts.values())
        if not texts or again * 5 < 3 * len(texts):
            cells = {i: c for i, c in row.cells.items() if texts.get(i, "") not in own[i] - {""}}
            kept.append(replace(row, cells=cells))
    return kept


def _mended(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """Rows with what a page end broke off put back to them."""
    values = value_columns(blocks)
    indicators = {block.indikator for block in blocks}
    mended: list[Row] = []
    for row in rows:
        above = mended[-1] if mended else None
        if above is not None and _is_next_text(above, row, indicators):
            mended[-1] = _appended(above, row.cells)
        elif above is None or above.page == row.page or row.is_merged:
            mended.append(row)
        elif _is_rest(above, row, values, indicators):
            mended[-1] = _appended(above, row.cells)
        else:
            rest, own = _broken_off(row, indicators)
            mended[-1] = _appended(above, rest)
            mended.append(own)
    return mended


def _is_next_text(above: Row, row: Row, indicators: set[int]) -> bool:
    """Whether a row is no more than further lines of the indicator above, one line below it."""
    own = [i for i in row.cells if i not in row.shared and row.text(i)]
    if len(own) != 1 or own[0] not in indicators or above.page != row.page or row.is_merged:
        return False
    lines, last = row.cells[own[0]], above.cells.get(own[0], ())
    is_name = bool(re.search(r"[A-Za-z]{2}", above.text(own[0])))  # not the number alone
    if not last or MARK.match(lines[0].text) or (is_name and not lines[0].text[:1].islower()):
        return False
    height = last[-1].box.y1 - last[-1].box.y0
    return 0 < lines[0].box.y0 - last[-1].box.y0 < CLOSE * height


def _is_rest(above: Row, row: Row, values: set[int], indicators: set[int]) -> bool:
    """Whether the first row of a page only ends the texts of the row before."""
    own = [i for i in row.cells if i not in row.shared and row.text(i)]
    if not own or values & set(own) or not set(own) <= set(above.cells):
        return False
    if any(MARK.match(row.text(i)) or AMOUNT.search(row.text(i)) for i in own):
        return False
    return bool(indicators & set(own)) or not re.search(r"[.:]$", above.text(own[0]))


def _broken_off(row: Row, indicators: set[int]) -> tuple[dict[int, tuple[TextLine, ...]], Row]:
    """Lines above the first bullet of a list belong to the last entry of the page before."""
    rest, cells = {}, dict(row.cells)
    for index in indicators & set(cells):
        lines = cells[index]
        first = next((n for n, line in enumerate(lines) if MARK.match(line.text)), 0)
        if first and lines[0].text[:1].islower():
            rest[index], cells[index] = lines[:first], lines[first:]
    return rest, replace(row, cells=cells)


def _appended(above: Row, cells: Mapping[int, tuple[TextLine, ...]]) -> Row:
    joined = dict(above.cells)
    for index, lines in cells.items():
        if lines != joined.get(index):  # a cell merged over both rows is there already
            joined[index] = (*joined.get(index, ()), *lines)
    return replace(above, cells=joined)


def _apart(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """Rows whose share of a cell with a value for each of them is the one that stands level."""
    values = value_columns(blocks)
    columns = values | {block.satuan for block in blocks if block.satuan is not None}
    shared = Counter((i, row.cells[i]) for row in rows for i in columns & set(row.cells))
    result = []
    for row in rows:
        lists = [i for i in columns & set(row.cells) if shared[i, row.cells[i]] > 1]
        lists = [i for i in lists if len(values_in(row.cells[i])) > 1 or i not in values]
        tops = [row.cells[i][0].box.y0 for i in sorted(values & set(row.cells)) if i not in lists]
        cells = dict(row.cells)
        for index in lists:
            if len(cells[index]) > 1 and tops:
                cells[index] = level_with(cells[index], tops[0])
        result.append(replace(row, cells={i: lines for i, lines in cells.items() if lines}))
    return result


def _with_whole_texts(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """Rows with the whole of a sasaran whose printed lines fell to one row each."""
    result = list(rows)
    for column in {block.sasaran for block in blocks if block.sasaran is not None}:
        run: list[int] = []
        for index in range(len(rows) + 1):
            row = rows[index] if index < len(rows) else None
            if row is not None and run and _is_next_line(rows[run[-1]], row, column):
                run.append(index)
                continue
            whole = tuple(line for i in run for line in rows[i].cells[column])
            for i in run if len(run) > 1 else ():
                result[i] = replace(rows[i], cells={**rows[i].cells, column: whole})
            starts = row is not None and len(row.cells.get(column, ())) == 1
            run = [index] if starts else []
    return result


def _is_next_line(above: Row, row: Row, column: int) -> bool:
    """Whether a row's one line of a text goes on from the row above: lines of one paragraph
    stand closer than the rows that they fell to."""
    lines = row.cells.get(column, ())
    if len(lines) != 1 or column in row.shared or row.page != above.page:
        return False
    last = above.cells[column][-1]
    return 0 < lines[0].box.y0 - last.box.y0 < CLOSE * (last.box.y1 - last.box.y0)


def value_columns(blocks: Sequence[Block]) -> set[int]:
    return {i for block in blocks for slot in block.slots for i in slot.columns.values()}
