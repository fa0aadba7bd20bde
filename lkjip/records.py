"""The vocabulary of the project: frozen records that the stages hand on.

Coordinates are PDF points from the top-left of the page as displayed (after
/Rotate). Money is `Decimal` rupiah after the table's unit is applied.
Percentages are `Decimal` percent. Records never change: a stage returns new ones
(`dataclasses.replace`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from lkjip.issues import Issue

Record = TypeVar("Record")


class Box(NamedTuple):
    """A rectangle in points: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float


NOWHERE = Box(0, 0, 0, 0)
View = tuple[float, ...]  # 3 × 3, row by row: where the points (x, y, 1) of a page lie on another


def boxes_of(sides: Iterable[Iterable[float]]) -> list[Box]:
    """A box of each four sides."""
    return list(map(partial(tuple.__new__, Box), sides))


def in_bulk(kind: type[Record], count: int, *columns: Iterable[Any]) -> list[Record]:
    """Many records, made of a column of values for each of their fields, in order.

    A page has a thousand; one by one, each takes three times as long.
    """
    made = list(map(object.__new__, repeat(kind, count)))
    for name, values in zip(_names(kind), columns, strict=True):
        deque(map(getattr(kind, name).__set__, made, values), 0)
    return made


def replace_in_bulk(records: Sequence[Record], **columns: Iterable[Any]) -> list[Record]:
    """The records (of one kind) with a column of other values for some of their fields."""
    if not records:
        return []
    kind = type(records[0])
    own = {name: map(attrgetter(name), records) for name in _names(kind)}
    return in_bulk(kind, len(records), *(own | columns).values())


def _names(kind: type) -> tuple[str, ...]:
    names: tuple[str, ...] = kind.__match_args__  # type: ignore[attr-defined]
    return names


class Source(StrEnum):
    """How the value of an amount came about."""

    PARSED = "parsed"  # read as printed
    REPAIRED = "repaired"  # damage undone, unique and proven
    REVIEWED = "reviewed"  # a person's correction


class Role(StrEnum):
    """What a column of a table holds."""

    NO = "no"
    CODE = "code"
    NAME = "name"
    ANGGARAN = "anggaran"
    REALISASI = "realisasi"
    CAPAIAN = "capaian"  # percentage of money realised
    FISIK = "fisik"  # percentage of physical progress
    SISA = "sisa"
    TARGET = "target"  # performance, not money
    REALISASI_KINERJA = "realisasi_kinerja"
    CAPAIAN_KINERJA = "capaian_kinerja"
    SASARAN = "sasaran"
    PROGRAM = "program"
    INDIKATOR = "indikator"
    SATUAN = "satuan"
    OTHER = "other"


class LineKind(StrEnum):
    DATA = "data"
    BAND = "band"  # a heading without amounts
    TOTAL = "total"


class TableKind(StrEnum):
    BUDGET = "budget"
    INDICATOR = "indicator"
    OTHER = "other"


class PageKind(StrEnum):
    TYPED = "typed"
    SCANNED = "scanned"


class Status(StrEnum):
    """What became of a document."""

    OK = "ok"
    PARTIAL = "partial"
    REJECTED = "rejected"
    LIMIT = "limit"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line of text, of a page or inside a cell.

    `readings` are further independent OCR readings of the same ink; typed text
    has none and confidence 1.
    """

    text: str
    box: Box
    bold: bool = False
    confidence: float = 1.0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `row` and `column` are the first of those it spans."""

    row: int
    column: int
    box: Box
    lines: tuple[TextLine, ...] = ()
    row_span: int = 1
    column_span: int = 1
    page: int = 1

    @property
    def text(self) -> str:
        """Printed lines joined with one space, inner spaces as printed."""
        return " ".join([line.text for line in self.lines])


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: cells on a grid, before anyone asks what they mean.

    `pages` lists the 1-based pages it covers, in order; `box` is on the first.
    Cells are sorted by row, then column, and never overlap.
    """

    pages: tuple[int, ...]
    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    method: str  # ruled, borderless, … as the engine names it
    orientation: int = 0  # degrees that the text is turned, clockwise
    title: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """What later stages need of a page once the PDF is closed.

    Sideways or crooked pages are read upright and straight: `view` leads from their
    points to those of the page as displayed; None where these are the same.
    """

    number: int  # 1-based
    width: float
    height: float
    kind: PageKind
    lines: tuple[TextLine, ...] = ()  # running text in reading order
    tables: tuple[Table, ...] = ()
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and what it holds. `header` is its path, top storey first."""

    index: int
    header: tuple[str, ...]
    role: Role
    period: str = "tahun"  # tahun, murni, perubahan, triwulan_1..4, bulan_1..12, or a year


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed. `value` is None while its reading is in doubt.

    `candidates` are the possible readings, most likely first. `readings` are
    further OCR readings of the cell (empty for typed text).
    """

    raw: str
    value: Decimal | None
    source: Source | None = None
    candidates: tuple[Decimal, ...] = ()
    box: Box | None = None
    page: int | None = None
    confidence: float = 1.0
    readings: tuple[str, ...] = ()


class Slot(NamedTuple):
    """Which amount of a line: a measure (a `Role` value) and a period."""

    measure: str
    period: str = "tahun"


@dataclass(frozen=True, slots=True)
class Match:
    """A line's entry in the official chart of accounts, or its nearest sure ancestor."""

    scheme: str
    code: str | None = None
    name: str | None = None
    score: float | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a budget table, as a reader would count them.

    `amounts` holds every numeric cell under its measure and period;
    `anggaran`, `realisasi` and `capaian` name the slots that the contract's
    columns of the same name show (the last of several: perubahan over murni).
    `parent` is the `row` of the parent line in the same table.
    """

    row: int  # 1.. within the table
    page: int
    kind: LineKind
    name_raw: str
    name: str
    no: str | None = None
    code: str | None = None
    amounts: Mapping[Slot, Amount] = field(default_factory=dict)
    anggaran: Slot | None = None
    realisasi: Slot | None = None
    capaian: Slot | None = None
    other: Mapping[str, str] = field(default_factory=dict)
    box: Box = NOWHERE
    bold: bool = False
    indent: float = 0.0  # points from the left edge of the name column
    step: int | None = None  # of several columns of names (program | kegiatan), its only one
    level: int | None = None
    parent: int | None = None
    verified: frozenset[Slot] = frozenset()  # amounts that a sum or a percentage confirms
    account: Match | None = None
    agency: str | None = None

    def amount(self, slot: Slot | None) -> Amount | None:
        return None if slot is None else self.amounts.get(slot)

    def value(self, slot: Slot | None) -> Decimal | None:
        amount = self.amount(slot)
        return None if amount is None else amount.value


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator for one printed year or period of a performance table."""

    page: int
    row: int
    sasaran: str | None
    program: str | None
    indikator: str
    satuan: str | None
    target: Amount | None
    realisasi: Amount | None
    capaian: Amount | None
    year: int | None = None
    period: str = "tahun"
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount stated in running text. `line` is (table number, row) of the line it speaks of."""

    page: int
    name: str | None
    measure: str
    value: Decimal | None
    raw: str
    percent: Decimal | None = None
    words_raw: str | None = None
    words_value: Decimal | None = None
    line: tuple[int, int] | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what: null where the document does not tell."""

    report_kind: str = "other"
    agency: str | None = None
    region: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with its meaning: roles of its columns, and its lines or indicators.

    `number` is its place in reading order (1..), part of its id.
    """

    number: int
    table: Table
    kind: TableKind
    columns: tuple[Column, ...]
    unit: int = 1  # multiplier already applied to the amounts ("dalam ribuan": 1000)
    lines: tuple[Line, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One input file and what became of it."""

    doc_id: str  # sha256 of the bytes
    file: str  # relative to the input root, / separators
    status: Status
    reason: str | None = None
    pages: int = 0
    pages_typed: int = 0
    pages_scanned: int = 0
    identity: Identity = Identity()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything read from one document; what the writers turn into tables."""

    document: Document
    tables: tuple[ReadTable, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
