"""Boxes of a table on the page as displayed, where it was read upright and straight.

Reading needs the straight page: there columns are columns. What is written must
show the cell on the page that a person sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkjip.records import NOWHERE, Amount, Box, Indicator, Line, Page, ReadTable, View

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


def through(view: View | None, box: Box) -> Box:
    """The box around the corners of `box` as `view` leads them to the displayed page."""
    if view is None or box == NOWHERE:
        return box
    corners = [_point(view, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _point(view: View, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f, g, h, i = view
    depth = g * x + h * y + i
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


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
