"""Boxes of a table on the page as displayed, where it was read upright and straight.

Reading needs the straight page: there columns are columns. What is written must
show the cell on the page that a person sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkjip.records import Amount, Indicator, Line, Page, ReadTable, View
from lkjip.view import through

Views = Mapping[int, View | None]


def displayed(table: ReadTable, pages: Sequence[Page]) -> ReadTable:
    """The table with the boxes that are written: its own, and those of its lines and amounts.

    Its cells keep theirs, which belong to the lines of their page.
    """
    views = {page.number: page.view for page in pages}
    if not any(views.get(number) for number in table.table.pages):
        return table
    box = through(views.get(table.table.pages[0]), table.table.box)
    return replace(
        table,
        table=replace(table.table, box=box),
        lines=tuple(_line(line, views) for line in table.lines),
        indicators=tuple(_indicator(one, views) for one in table.indicators),
    )


def _line(line: Line, views: Views) -> Line:
    amounts = {slot: _amount(amount, line.page, views) for slot, amount in line.amounts.items()}
    return replace(line, box=through(views.get(line.page), line.box), amounts=amounts)


def _indicator(one: Indicator, views: Views) -> Indicator:
    target, realisasi, capaian = (
        None if amount is None else _amount(amount, one.page, views)
        for amount in (one.target, one.realisasi, one.capaian)
    )
    return replace(one, target=target, realisasi=realisasi, capaian=capaian)


def _amount(amount: Amount, page: int, views: Views) -> Amount:
    view = views.get(amount.page or page)
    return amount if amount.box is None else replace(amount, box=through(view, amount.box))
