"""The working record of one table's proof: cells, their values, the identities between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from lkjip.normalize.numbers import is_blank, is_dash
from lkjip.normalize.proof.tree import Tree
from lkjip.records import Amount, Line, LineKind, Role, Slot, Source

MONEY = (Role.ANGGARAN, Role.REALISASI, Role.SISA)


class Elsewhere(NamedTuple):
    """A number that another table of the report prints or adds up to, and where."""

    value: Decimal
    table: int
    page: int


class Cell(NamedTuple):
    """One number of the table: index of its line, and which of its amounts."""

    line: int
    slot: Slot


@dataclass(frozen=True, slots=True)
class Sum:
    """`whole` is the sum of `parts`: a line and its children, or anggaran and realisasi + sisa.

    `blanks` are parts without a printed number; the sum counts them as nothing.
    """

    whole: Cell
    parts: tuple[Cell, ...]
    blanks: tuple[Cell, ...] = ()
    of_children: bool = True

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


@dataclass(frozen=True, slots=True)
class Share:
    """`capaian` is the percentage of `anggaran` that `realisasi` is."""

    anggaran: Cell
    realisasi: Cell
    capaian: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.anggaran, self.realisasi, self.capaian)


@dataclass(slots=True)
class Book:
    """`value` holds what is sure so far, `readings` the possible values of what is damaged."""

    number: int  # of the table
    unit: int
    lines: tuple[Line, ...]
    tree: Tree
    children: dict[int, list[int]] = field(default_factory=dict)
    value: dict[Cell, Decimal] = field(default_factory=dict)
    readings: dict[Cell, tuple[Decimal, ...]] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    uses: dict[Cell, list[Sum | Share]] = field(default_factory=dict)
    twins: dict[Cell, Elsewhere] = field(default_factory=dict)  # the same line elsewhere
    grand: dict[str, list[Elsewhere]] = field(default_factory=dict)  # other tables' sums
    explained: set[Sum | Share] = field(default_factory=set)  # broken, and already told of

    def amount(self, cell: Cell) -> Amount:
        return self.lines[cell.line].amounts[cell.slot]

    def is_scanned(self, cell: Cell) -> bool:
        """Read by OCR; what a person has reviewed counts as sound print."""
        amount = self.amount(cell)
        return amount.confidence < 1 and amount.source is not Source.REVIEWED

    def identities(self) -> list[Sum | Share]:
        return [*self.sums, *self.shares]

    def known(self, cells: Sequence[Cell]) -> bool:
        return all(cell in self.value for cell in cells)

    def excess(self, total: Sum) -> Decimal:
        """Parts minus whole; every cell must be known."""
        return sum((self.value[part] for part in total.parts), -self.value[total.whole])

    def holds(self, identity: Sum | Share) -> bool | None:
        """Whether the identity holds; None where a number it needs is not sure."""
        if not self.known(identity.cells):
            return None
        if isinstance(identity, Share):
            return agrees(*(self.value[cell] for cell in identity.cells))
        return abs(self.excess(identity)) <= self.slack(identity)

    def slack(self, total: Sum) -> Decimal:
        """What rounding each number to the printed unit (or sen to rupiah) may add up to."""
        if len(total.parts) == 1:
            return Decimal(0)
        return Decimal(self.unit * (len(total.parts) + 1)) / 2 if self.unit > 1 else Decimal(2)


def open_book(number: int, unit: int, lines: tuple[Line, ...], tree: Tree) -> Book:
    book = Book(number, unit, lines, tree)
    for row, line in enumerate(lines):
        for slot, amount in line.amounts.items():
            if amount.value is not None:
                book.value[Cell(row, slot)] = amount.value
            elif amount.candidates and amount.source is not Source.REVIEWED:
                book.readings[Cell(row, slot)] = amount.candidates
    for row, parent in enumerate(tree.parent):
        if parent is not None:
            book.children.setdefault(parent, []).append(row)
    book.sums = [*_sums_of_children(book), *_sums_with_sisa(book)]
    book.shares = list(_shares(book))
    uses: defaultdict[Cell, list[Sum | Share]] = defaultdict(list)
    for identity in book.identities():
        for cell in identity.cells:
            uses[cell].append(identity)
    book.uses = dict(uses)
    return book


def agrees(anggaran: Decimal, realisasi: Decimal, capaian: Decimal) -> bool | None:
    """Whether the printed percentage is realisasi / anggaran, rounded or cut off.

    Within half a unit of its last printed digit, or less than one unit too low.
    None where anggaran is zero: then any percentage may be printed.
    """
    if not anggaran:
        return None
    unit = Decimal(1).scaleb(min(int(capaian.as_tuple().exponent), 0))
    excess = 100 * realisasi / anggaran - capaian
    return -unit / 2 <= excess < unit


def roots(book: Book, slot: Slot) -> tuple[Cell, ...]:
    """The numbers at the top of the tree: together they are what the table adds up to."""
    tops = [row for row, parent in enumerate(book.tree.parent) if parent is None]
    return tuple(cell for cell in _numbers(book, tops, slot) if _is_number(book, cell))


def _sums_of_children(book: Book) -> Iterator[Sum]:
    slots = {slot for line in book.lines for slot in line.amounts if slot.measure in MONEY}
    for row in book.children:
        for slot in sorted(slots):
            whole = Cell(row, slot)
            if not _is_number(book, whole):
                continue
            parts = list(_numbers(book, book.children[row], slot))
            numbers = tuple(part for part in parts if _is_number(book, part))
            if numbers:
                blanks = tuple(
                    part for part in parts if part not in numbers and not _is_dash(book, part)
                )
                yield Sum(whole, numbers, blanks)


def _numbers(book: Book, rows: Sequence[int], slot: Slot) -> Iterator[Cell]:
    """The amounts of the rows; a heading without one stands for its own children."""
    for row in rows:
        if row in book.tree.left_out:
            continue
        cell = Cell(row, slot)
        if row in book.children and not _is_number(book, cell):
            yield from _numbers(book, book.children[row], slot)
        elif book.lines[row].kind is not LineKind.BAND:
            yield cell


def _sums_with_sisa(book: Book) -> Iterator[Sum]:
    for row, line in enumerate(book.lines):
        sisa = next((slot for slot in line.amounts if slot.measure == Role.SISA), None)
        if sisa and line.anggaran and line.realisasi:
            cells = Cell(row, line.anggaran), Cell(row, line.realisasi), Cell(row, sisa)
            if all(_is_number(book, cell) for cell in cells):
                yield Sum(cells[0], cells[1:], of_children=False)


def _shares(book: Book) -> Iterator[Share]:
    for row, line in enumerate(book.lines):
        if line.anggaran and line.realisasi and line.capaian:
            share = Share(
                Cell(row, line.anggaran), Cell(row, line.realisasi), Cell(row, line.capaian)
            )
            if all(_is_number(book, cell) for cell in share.cells):
                yield share


def _is_dash(book: Book, cell: Cell) -> bool:
    amount = book.lines[cell.line].amounts.get(cell.slot)
    return amount is not None and is_dash(amount.raw)


def _is_number(book: Book, cell: Cell) -> bool:
    """Something is printed there that is, or may be, a number."""
    amount = book.lines[cell.line].amounts.get(cell.slot)
    if amount is None:
        return False
    return amount.value is not None or bool(amount.candidates) or not is_blank(amount.raw)
