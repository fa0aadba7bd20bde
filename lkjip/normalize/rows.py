"""Grid rows → rows as a reader counts them: merged cells shared, wraps joined, repeats dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from lkjip.normalize.content import ITEM, MONEY_ROLES, NUMBER, Span
from lkjip.normalize.layout import AMOUNT, Header, Matrix, cells_of, numbers_columns
from lkjip.normalize.roles import squash
from lkjip.records import Box, Cell, Role, TextLine

LABELS = frozenset({Role.NO, Role.CODE, Role.NAME})
NUMERIC = frozenset(
    {Role.ANGGARAN, Role.REALISASI, Role.SISA, Role.CAPAIAN, Role.FISIK, Role.TARGET,
     Role.REALISASI_KINERJA, Role.CAPAIAN_KINERJA}
)  # fmt: skip
PIECE_END = re.compile(r"[\d.,]$")
PIECE_START = re.compile(r"^[\d.,-]")
DASHES = re.compile(r"[-–—\s]*")  # a row of nothing else says nothing
TOTAL = re.compile(r"(sub\s*|grand\s*)?(jumlah|total|jml|j u m l a h|t o t a l)\b", re.I)
TOTAL_OF_MONEY = re.compile(
    TOTAL.pattern + r"\W*((total|seluruh|keseluruhan|anggaran|belanja|pendapatan|biaya)\b|$)", re.I
)
LEADING_ITEM = re.compile(r"(\d{1,3}|[A-Za-z]|[IVXL]{1,6})\s*[.)]+\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the body: the printed lines under each column (by its index)."""

    page: int
    box: Box
    cells: dict[int, tuple[TextLine, ...]]
    shared: frozenset[int] = frozenset()  # columns whose cell runs over several rows
    is_merged: bool = False  # one cell runs over most columns (a band, or a total without amounts)

    def text(self, index: int) -> str:
        """The cell's lines joined with one space; broken numbers are for `number_text`."""
        return join(line.text for line in self.cells.get(index, ()))


def join(parts: Iterable[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(parts)).strip()


def number_text(lines: Sequence[TextLine]) -> str:
    """A number's printed lines as one text; pieces of a broken number meet without a space."""
    text = ""
    for line in lines:
        piece = re.sub(r"\s+", " ", line.text).strip()
        if not piece:
            continue
        glued = text and PIECE_END.search(text) and PIECE_START.search(piece)
        text = text + piece if glued or not text else f"{text} {piece}"
    return text


def read_rows(places: Matrix, header: Header, spans: Sequence[Span]) -> list[Row]:
    """The rows of the body in order; a row that a page end breaks is one row."""
    return _joined(grid_rows(places, header, spans), spans)


def grid_rows(places: Matrix, header: Header, spans: Sequence[Span]) -> list[Row]:
    """The body rows of the grid; headers that repeat and column numbers are no rows."""
    rows = []
    titles = {
        squash(c.text) for row in places[header.first : header.end] for c in cells_of(row)
    } - {""}
    heads = {(cell.row, cell.column) for row in places[: header.end] for cell in cells_of(row)}
    for number in range(header.end, len(places)):
        row = places[number]
        if numbers_columns(row):
            continue
        if _repeats(row, titles):
            heads |= {(c.row, c.column) for c in cells_of(row) if squash(c.text) in titles}
            continue
        read = _row(row, number, heads, spans)
        if any(not DASHES.fullmatch(read.text(index)) for index in read.cells):
            rows.append(read)
    return rows


def _repeats(row: list[Cell | None], titles: set[str]) -> bool:
    """Whether a row prints the header again."""
    texts = [text for cell in cells_of(row) if (text := squash(cell.text)) and not text.isdigit()]
    return (
        bool(texts)
        and sum(text in titles for text in texts) > 0.6 * len(texts)
        and any(len(text) > 1 for text in texts)
    )


def _row(
    row: list[Cell | None], number: int, heads: Set[tuple[int, int]], spans: Sequence[Span]
) -> Row:
    """Grid row `number` of a body; one of the `heads` that reaches into it is none of it."""
    content: dict[int, list[TextLine]] = {}
    boxes: list[Box] = []
    shared: set[int] = set()
    is_merged = False
    page = 0
    for cell in cells_of(row):
        page = cell.page if cell.row == number or not page else page
        end = cell.column + cell.column_span
        covered = [s for s in spans if s.first < end and s.last >= cell.column]
        span = max(covered, key=lambda s: (_overlap(s, cell), -s.column.index))
        if len(covered) > 1 and _reads_as_words(cell):
            span = next((s for s in covered if s.column.role is Role.NAME), span)
            is_merged |= len(covered) >= 3 and len(covered) > len(spans) / 2
        elif AMOUNT.search(cell.text):
            span = _of_money(covered) or span
        boxes.append(cell.box)
        if cell.row_span > 1:
            shared.add(span.column.index)
        if cell.lines and (cell.row, cell.column) not in heads:
            content.setdefault(span.column.index, []).extend(cell.lines)
    sides = list(zip(*boxes, strict=True))
    box = Box(min(sides[0]), max(sides[1]), max(sides[2]), min(sides[3]))
    cells = {index: tuple(lines) for index, lines in content.items()}
    return Row(page, box, cells, frozenset(shared), is_merged)


def _of_money(covered: Sequence[Span]) -> Span | None:
    """The column of an amount in a cell over several: the only one of money, if there is one."""
    money = [span for span in covered if span.column.role in MONEY_ROLES]
    return money[0] if len(money) == 1 else None


def _overlap(span: Span, cell: Cell) -> int:
    """How many grid columns a cell shares with a column."""
    return min(span.last + 1, cell.column + cell.column_span) - max(span.first, cell.column)


def _reads_as_words(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(text) and not NUMBER.fullmatch(text) and not is_item(text)


def _joined(rows: list[Row], spans: Sequence[Span]) -> list[Row]:
    """Rows with what continues them: a row broken by a page end is one row."""
    bands = {
        _style(row)
        for above, row in pairwise(rows)
        if above.page == row.page and not _has_numbers(row, spans)
    }
    result: list[Row] = []
    for place, row in enumerate(rows):
        below = rows[place + 1 : place + 2]
        if _is_inside(row, [*result[-1:], *below]) and not _heads(row, below, spans):
            continue
        broken = result and row.page != result[-1].page
        if (
            result
            and (not _is_row(row, spans) or (broken and _continues(result[-1], row, spans, bands)))
        ) or (result and _ends(result[-1], row, rows, spans)):
            result[-1] = _append(result[-1], row)
        else:
            result.append(row)
    return result


def _is_inside(row: Row, beside: Sequence[Row]) -> bool:
    """Whether a row holds nothing but cells that reach over the row above or below it as well."""
    return all(
        index in row.shared and any(other.cells.get(index) == lines for other in beside)
        for index, lines in row.cells.items()
    )


def _heads(row: Row, below: Sequence[Row], spans: Sequence[Span]) -> bool:
    """Whether a row is a program that reaches over its first kegiatan, which has its own name."""
    names = {i for i in row.cells if spans[i].column.role is Role.NAME}
    return any(
        names <= other.shared and spans[i].column.role is Role.NAME
        for other in below
        for i in set(other.cells) - other.shared
        if names
    )


def _ends(above: Row, row: Row, rows: Sequence[Row], spans: Sequence[Span]) -> bool:
    """Whether a row is the end of a name begun above, where its number and amounts stand.

    ("Belanja Makanan dan Minuman Harian" / "1 | Pegawai | 10.120.000"): the only row
    without number and amounts, before a number with a word or two.
    """
    names = [i for i in row.cells if spans[i].column.role is Role.NAME]
    if above.is_merged or set(above.cells) != set(names) or len(names) != 1:
        return False
    items = {s.column.index for s in spans if s.column.role in (Role.NO, Role.CODE)}
    text = row.text(names[0])
    numbered = sum(bool(items & set(other.cells)) for other in rows)
    bare = sum(not _has_numbers(other, spans) for other in rows)
    return (
        bool(items & set(row.cells))
        and _has_numbers(row, spans)
        and numbered > 0.5 * len(rows)
        and bare <= 1 + len(rows) // 30
        and len(text.split()) <= 2
        and _style(above) == _style(row)
        and not TOTAL.match(text)
    )


def _is_row(row: Row, spans: Sequence[Span]) -> bool:
    """Whether a row has a name, number or amount of its own; remarks alone go on from above."""
    own = {spans[i].column.role for i in row.cells if i not in row.shared} or {
        spans[i].column.role for i in row.cells
    }
    return bool(own & (LABELS | NUMERIC))


def _style(row: Row) -> tuple[bool, bool]:
    return row.is_merged, all(line.bold for lines in row.cells.values() for line in lines)


def _has_numbers(row: Row, spans: Sequence[Span]) -> bool:
    return any(spans[i].column.role in NUMERIC for i in row.cells)


def _continues(above: Row, row: Row, spans: Sequence[Span], bands: set[tuple[bool, bool]]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    The rest has words but no amounts and no number of its own, under cells that the
    row above fills too. It goes on in lower case, or it looks like no heading of
    this table does (`bands`: the styles of its rows without amounts).
    """
    filled = {spans[i].column.role for i in row.cells}
    if (
        _has_numbers(row, spans)
        or filled & {Role.NO, Role.CODE}
        or set(row.cells) - set(above.cells)
    ):
        return False
    texts = [row.text(i) for i in row.cells]
    if any(LEADING_ITEM.match(text) or TOTAL.match(text) for text in texts):
        return False
    starts_low = all(text[:1].islower() or not text[:1].isalnum() for text in texts)
    numbered = any(spans[i].column.role in (Role.NO, Role.CODE) for i in above.cells) or any(
        LEADING_ITEM.match(above.text(i)) for i in above.cells
    )
    alike = _style(row)[1] == _style(above)[1]
    return starts_low or (alike and (numbered or _style(row) not in bands))


def _append(above: Row, rest: Row) -> Row:
    cells = dict(above.cells)
    for index, lines in rest.cells.items():
        if index in rest.shared and set(lines) <= set(above.cells.get(index, ())):
            continue  # one cell over both rows
        cells[index] = (*cells.get(index, ()), *lines)
    return replace(above, cells=cells)


def split_item(text: str) -> tuple[str | None, str]:
    """A leading item number and the rest: "A. Program …" → ("A.", "Program …")."""
    found = LEADING_ITEM.match(text)
    return (found.group().strip(), text[found.end() :]) if found else (None, text)


def is_item(text: str) -> bool:
    return bool(ITEM.fullmatch(text.strip()))
