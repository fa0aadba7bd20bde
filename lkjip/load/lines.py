"""One line of a budget table → its row in `lines` and its rows in `facts`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lkjip.load import values
from lkjip.load.ids import line_id, table_id
from lkjip.load.misfits import Misfits, Place
from lkjip.load.schema import COUNT, FACT, LEVEL, MONEY, PERCENT, YEAR
from lkjip.load.years import planned_year
from lkjip.records import NOWHERE, Amount, Document, Line, ReadTable, Role

Row = dict[str, Any]

MONEY_MEASURES = frozenset({Role.ANGGARAN, Role.REALISASI, Role.SISA})
PERCENT_MEASURES = frozenset({Role.CAPAIAN, Role.FISIK, Role.CAPAIAN_KINERJA})
UNITS: dict[str, str] = {
    **dict.fromkeys(MONEY_MEASURES, "IDR"),
    **dict.fromkeys(PERCENT_MEASURES, "persen"),
}


def line_row(document: Document, table: ReadTable, line: Line, misfits: Misfits) -> Row:
    account = line.account
    return {
        "line_id": line_id(document, table.number, line.row),
        "table_id": table_id(document, table.number),
        "doc_id": document.doc_id,
        "file": values.text(document.file),
        "page": values.integer(line.page, COUNT),
        "row": values.integer(line.row, COUNT),
        "kind": line.kind,
        "no": values.text(line.no),
        "code": values.text(line.code),
        "name_raw": values.raw(line.name_raw),
        "name": values.text(line.name),
        "level": values.integer(line.level, LEVEL),
        "parent_id": line_id(document, table.number, line.parent) if line.parent else None,
        **_shown(table, line, misfits),
        "account_scheme": values.text(account.scheme) if account else None,
        "account_code": values.text(account.code) if account else None,
        "account_name": values.text(account.name) if account else None,
        "account_score": values.real(account.score) if account else None,
        "other": values.as_json(line.other),
        "agency": values.text(line.agency) or values.text(document.identity.agency),
        "verified": _is_verified(line),
        **values.box(line.box),
        "account_parent": values.text(account.parent) if account else None,
    }


def _shown(table: ReadTable, line: Line, misfits: Misfits) -> Row:
    """The three measures that a line shows: raw, value and source of each."""
    shown: Row = {}
    for name, slot, kind in (
        ("anggaran", line.anggaran, MONEY),
        ("realisasi", line.realisasi, MONEY),
        ("capaian", line.capaian, PERCENT),
    ):
        amount = line.amount(slot)
        place = Place(line.page, table.number, line.row, name)
        value = misfits.fit(amount.value, kind, place) if amount else None
        shown[f"{name}_raw"] = values.raw(amount.raw) if amount else None
        shown[name] = value
        shown[f"{name}_source"] = amount.source if amount and value is not None else None
    return shown


def _is_verified(line: Line) -> bool | None:
    """Whether every rupiah amount that the line shows is confirmed; null where it shows none."""
    slots = [
        slot
        for slot in (line.anggaran, line.realisasi)
        if slot is not None and slot in line.amounts and is_printed(line.amounts[slot])
    ]
    return all(slot in line.verified for slot in slots) if slots else None


def is_printed(amount: Amount) -> bool:
    return amount.value is not None or bool(amount.candidates)


def fact_rows(document: Document, table: ReadTable, line: Line, misfits: Misfits) -> Iterator[Row]:
    for slot, amount in line.amounts.items():
        place = Place(line.page, table.number, line.row, slot.measure)
        value = misfits.fit(amount.value, FACT, place)
        yield {
            "line_id": line_id(document, table.number, line.row),
            "doc_id": document.doc_id,
            "file": values.text(document.file),
            "year": values.integer(
                int(slot.period)
                if _is_year(slot.period)
                else planned_year(table.table.title, document.identity.year),
                YEAR,
            ),
            "measure": values.text(slot.measure),
            "period": values.text(slot.period),
            "value": value,
            "unit": UNITS.get(slot.measure),
            "raw": values.raw(amount.raw),
            "source": amount.source if value is not None else None,
            "page": values.integer(amount.page or line.page, COUNT),
            **values.box(amount.box or NOWHERE),
            "confidence": values.real(amount.confidence),
        }


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isascii() and period.isdigit()
