"""`lkjip tables`: every table of a PDF as printed."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from lkjip.cli import options
from lkjip.records import Cell, Table

# A cell that a spreadsheet would run as a formula; a signed number is none.
FORMULA = re.compile(r"^[=+\-@\t\r](?![\d.,\s%]*$)")

encode = json.JSONEncoder(ensure_ascii=False).encode


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--pages", help="Which pages, as in 3-7,12; all when not given.")
@click.option(
    "--format", "kind", type=click.Choice(["json", "csv"]), default="json", show_default=True,
    help="json: cells with text, spans and boxes; csv: a row a printed row.",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Write one file a table, PDF-page-3-table-1.csv, instead of all to stdout.",
)  # fmt: skip
@options.settings
@options.engine
@options.password
@options.naming_the_pdf
def tables(pdf: Path, pages: str | None, kind: str, folder: Path | None, **given: Any) -> None:
    """Print every table of PDF, of any kind, as it stands on the page.

    Ruled, partly ruled and borderless tables of any subject and language; nothing is
    interpreted: use `lkjip run` for budget lines. A table over two pages is two tables.

    JSON: per table its number, page, box and cells, each with row and column (from 0),
    spans, text and box. Boxes are points from the top left of the page. CSV: the grid,
    a merged cell's text in each place that it covers; on stdout each row begins with the
    number of its table and the page.

    \b
    Examples:
      lkjip tables laporan.pdf --pages 12-14
      lkjip tables report.pdf --format csv > tables.csv
      lkjip tables report.pdf --format csv -o tables/
      lkjip tables report.pdf | jq '.[0].cells[] | .text'
    """
    from lkjip.extract.engines import find_tables

    found = find_tables(pdf, options.page_numbers(pages), options.settings_of(given))
    # All is read before anything is printed, and kept as text: a thousand pages are 30 MB.
    if folder is not None:
        _save(found, folder, pdf.stem, kind)
    elif kind == "json":
        sys.stdout.writelines(_listed([_json(n, table) for n, table in enumerate(found, start=1)]))
    else:
        sys.stdout.writelines(
            [_csv(table, n, table.pages[0]) for n, table in enumerate(found, start=1)]
        )


def _save(found: Iterable[Table], folder: Path, stem: str, kind: str) -> None:
    """One file a table, named by its page and its number on it."""
    folder.mkdir(parents=True, exist_ok=True)
    page = place = 0
    for number, table in enumerate(found, start=1):
        place = place + 1 if table.pages[0] == page else 1
        page = table.pages[0]
        path = folder / f"{stem}-page-{page}-table-{place}.{kind}"
        text = _json(number, table) + "\n" if kind == "json" else _csv(table)
        path.write_text(text, encoding="utf-8", newline="")


def _listed(texts: list[str]) -> Iterator[str]:
    """A JSON list, one item a line."""
    yield "["
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{text}"
    yield "\n]\n"


def _csv(table: Table, *before: int) -> str:
    """The grid, each row after the numbers given."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([*before, *row] for row in _rows(table))
    return text.getvalue()


def _json(number: int, table: Table) -> str:
    """A table on one line; its cells are put together by hand, in a quarter of `json`'s time."""
    sides = _Sides()
    head = encode(
        {
            "number": number,
            "pages": table.pages,
            "box": [round(float(side), 2) for side in table.box],
            "rows": table.rows,
            "columns": table.columns,
            "method": table.method,
            "orientation": table.orientation,
            "title": table.title,
            "score": table.score,
        }
    )
    cells = ", ".join([_cell(cell, sides) for cell in table.cells])
    return f'{head[:-1]}, "cells": [{cells}]}}'


def _cell(cell: Cell, sides: _Sides) -> str:
    x0, y0, x1, y1 = cell.box
    return (
        f'{{"row": {cell.row}, "column": {cell.column}, "row_span": {cell.row_span}, '
        f'"column_span": {cell.column_span}, "text": {encode(cell.text)}, '
        f'"box": [{sides[x0]}, {sides[y0]}, {sides[x1]}, {sides[y1]}]}}'
    )


class _Sides(dict[float, str]):
    """Sides of cells as text, each rounded once: cells share them."""

    def __missing__(self, side: float) -> str:
        text = self[side] = repr(round(float(side), 2))
        return text


def _rows(table: Table) -> list[list[str]]:
    """The grid as text; what a merged cell holds stands in each place that it spans."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = FORMULA.sub(r"'\g<0>", cell.text)
    return rows
