"""A table as a matrix, and where its header ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lkjip.normalize.roles import HEADER_WORD, role_of, squash
from lkjip.records import Cell, Role, Table

AMOUNT = re.compile(r"\d{1,3}([.,]\s?\d{3}){1,5}|\d{5,}|(?<!\d)\d{1,3}(\s\d{3}){2,4}(?!\d)")
# A row that only numbers the columns: "1 2 3", "(1) (2)", "5=4:3", "6 = 5/4 x 100".
NUMBERING = re.compile(
    r"\(?\d{1,2}[a-z]?\)?\.?(\s*=.*)?|\(?\d{1,2}\s*[=:/+x-]\s*\(?\d.*|[a-z]|[ivx]{1,4}", re.I
)
UNIT = re.compile(
    r"(?<=[a-z(] )\(?(x\s?)?(rp\.?\s?)?1[.,]000([.,]000)?(,-)?\)?$", re.I
)  # "Pagu (Rp 1.000)"
SEARCHED = 14  # rows from the top in which a header may start
FIGURES = re.compile(r"\(?-?\s?(rp\.?)?[\s\d.,-]*\d[\d.,)-]*", re.I)
PERCENTAGE = re.compile(r"\d{1,3}([.,]\d+)?\s*%")  # of a row; "%" alone is a heading
FEWEST, MOSTLY = 4, 0.6  # cells below a heading, and share of amounts, that make it one
STOREYS = 8  # text rows that a header may take

Matrix = list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Header:
    """Grid rows of the header: titles before `first`, body from `end`. Empty when first == end."""

    first: int
    end: int


def matrix(table: Table) -> Matrix:
    """Every place of the grid with the cell that covers it."""
    places: Matrix = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row][column] = cell
    return places


def cells_of(row: list[Cell | None]) -> list[Cell]:
    """The distinct cells of a matrix row, left to right."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def find_header(places: Matrix) -> Header:
    """The rows that name the columns; empty when the table has none (it goes on from elsewhere)."""
    for first, row in enumerate(places[:SEARCHED]):
        if has_amounts(row):
            break
        if _header_words(row) >= 2:
            return Header(_header_start(places, first), _header_end(places, first))
    if _heads_numbers(places):
        return Header(0, _header_end(places, 0))
    return Header(0, 0)


def _heads_numbers(places: Matrix) -> bool:
    """Whether the first row has words only, two that name columns, over one of amounts."""
    top = [cell for cell in cells_of(places[0]) if cell.text.strip()] if places else []
    named = sum(role_of((cell.text,)) is not Role.OTHER for cell in top)
    if named < 2 or any(char.isdigit() for cell in top for char in cell.text):
        return False
    for cell in top[1:]:
        below = [row[cell.column] for row in places[1:]]
        filled = [other for other in below if other and other is not cell and other.text.strip()]
        amounts = sum(bool(FIGURES.fullmatch(other.text.strip())) for other in filled)
        if len(filled) >= FEWEST and amounts >= MOSTLY * len(filled):
            return True
    return False


def has_amounts(row: list[Cell | None]) -> bool:
    return any(
        AMOUNT.search(UNIT.sub("", cell.text))
        for cell in cells_of(row)
        if cell.column_span == 1 or len(cell.text) < 30
    )


def numbers_columns(row: list[Cell | None]) -> bool:
    """Whether a row only counts the columns ("1 3 4 5 7", "(1) (2) (3)")."""
    texts: list[str] = []
    for cell in cells_of(row):
        counted = _counts(cell)
        if not all(NUMBERING.fullmatch(text) for text in counted):  # so it is with most rows
            return False
        texts += counted
    if len(texts) < 3:
        return [text.strip("()") for text in texts] == ["1", "2"] and len(row) == 2
    counts = [int(found.group()) for text in texts if (found := re.search(r"\d+", text))]
    return len(counts) <= 1 or (counts == sorted(counts) and len(set(counts)) > 1)


def counts_columns(cell: Cell) -> bool:
    """Whether a header cell is only the number of its column."""
    return bool(re.fullmatch(r"\(?\d{1,2}[a-z]?\)?", cell.text.strip()))


def _counts(cell: Cell) -> list[str]:
    """What a cell of a numbering row counts; a cell under two columns may hold two numbers.

    A year printed above the number is the last storey of the header ("2019 (4)").
    """
    text = re.sub(r"^(19|20)\d\d (?=\(?\d{1,2}\)?$)", "", cell.text.strip())
    several = re.fullmatch(r"\(?\d{1,2}\)?( \(?\d{1,2}\)?)+", text)
    return text.split() if several else [text] * bool(text)


def _header_words(row: list[Cell | None]) -> int:
    """Cells of a row that read like a header: short, with one of its words."""
    return sum(
        1
        for cell in cells_of(row)
        if 0 < len(cell.text) <= 80 and HEADER_WORD.search(squash(cell.text))
    )


def _header_start(places: Matrix, first: int) -> int:
    """The row of groups above the first row of header words ("Rancangan Awal | Hasil Analisis")."""
    if first == 0:
        return first
    groups = [cell for cell in cells_of(places[first - 1]) if cell.text.strip()]
    return first - 1 if len(groups) > 1 and any(cell.column_span > 1 for cell in groups) else first


def _header_end(places: Matrix, first: int) -> int:
    """The first row below the header, its storeys and the column numbers."""
    end = first + 1
    open_until = max((cell.row + cell.row_span for cell in cells_of(places[first])), default=end)
    has_groups = any(cell.column_span > 1 and cell.text.strip() for cell in cells_of(places[first]))
    while end < min(len(places), first + STOREYS):
        row = places[end]
        if has_amounts(row) or numbers_columns(row) or _has_percentages(row):
            break
        texts = [cell for cell in cells_of(row) if cell.row >= end and cell.text.strip()]
        words = sum(1 for cell in texts if HEADER_WORD.search(squash(cell.text)))
        below_groups = has_groups and end < open_until
        if not (
            below_groups
            or (has_groups and words >= 2 and 2 * words >= len(texts))
            or (len(texts) >= 2 and words == len(texts))
        ):
            break
        has_groups = any(cell.column_span > 1 for cell in texts) or end + 1 < open_until
        end += 1
    while end < min(open_until, first + STOREYS, len(places)) and not has_amounts(places[end]):
        end += 1
    while end < len(places) and (numbers_columns(places[end]) or _names_parts(places, end)):
        reach = max(cell.row + cell.row_span for cell in cells_of(places[end]))
        end += 1
        while end < min(reach, len(places)) and not has_amounts(places[end]):
            end += 1  # a last storey beside the numbers ("K | Rp")
    return end


def _has_percentages(row: list[Cell | None]) -> bool:
    return any(PERCENTAGE.fullmatch(cell.text.strip()) for cell in cells_of(row))


def _names_parts(places: Matrix, row: int) -> bool:
    """A last storey of bare marks, which may stand below the column numbers ("K | Rp | K | Rp")."""
    texts = [squash(c.text) for c in cells_of(places[row]) if c.row == row and c.text.strip()]
    return len(texts) >= 2 and all(re.fullmatch(r"k|rp|\(?rp\)?|%|fisik|keu", t) for t in texts)
