"""`lkjip tables`: every table of a PDF as printed."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from lkjip.cli import options
from lkjip.records import Cell, Table

# A cell that a spreadsheet would run as a formula; a signed number is none.
FORMULA = re.compile(r"^[=+\-@\t\r](?![\d.,\s%]*$)")


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--pages", help="Which pages, as in 3-7,12; all when not given.")
@click.option(
    "--format", "kind", type=click.Choice(["json", "csv"]), default="json", show_default=True,
    help="json: cells with text, spans and boxes; csv: a row a printed row.",
)  # fmt: skip
@options.settings
@options.engine
@options.password
def tables(pdf: Path, pages: str | None, kind: str, **given: Any) -> None:
    """Print every table of PDF, of any kind, as it stands on the page.

    Nothing is interpreted: use `lkjip run` for budget lines.

    \b
    Examples:
      lkjip tables laporan.pdf --pages 12-14
      lkjip tables laporan.pdf --format csv > tables.csv
      lkjip tables laporan.pdf | jq '.[0].cells[] | .text'
    """
    from lkjip.extract.engines import find_tables

    found = find_tables(pdf, options.page_numbers(pages), options.settings_of(given))
    # All is read before anything is printed, and kept as text: a thousand pages are 30 MB.
    if kind == "json":
        texts = [json.dumps(_table(table), ensure_ascii=False) for table in found]
        sys.stdout.writelines(_listed(texts))
    else:
        sys.stdout.writelines([_csv(n, table) for n, table in enumerate(found, start=1)])


def _listed(texts: list[str]) -> Iterator[str]:
    """A JSON list, one item a line."""
    yield "["
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{text}"
    yield "\n]\n"


def _csv(number: int, table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([number, table.pages[0], *row] for row in _rows(table))
    return text.getvalue()


def _table(table: Table) -> dict[str, Any]:
    return {
        "pages": table.pages,
        "box": _points(table.box),
        "rows": table.rows,
        "columns": table.columns,
        "method": table.method,
        "orientation": table.orientation,
        "title": table.title,
        "score": table.score,
        "cells": [_cell(cell) for cell in table.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "box": _points(cell.box),
    }


def _points(box: tuple[float, ...]) -> list[float]:
    return [round(float(side), 2) for side in box]


def _rows(table: Table) -> list[list[str]]:
    """The grid as text; what a merged cell holds stands in each place that it spans."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = FORMULA.sub(r"'\g<0>", cell.text)
    return rows
