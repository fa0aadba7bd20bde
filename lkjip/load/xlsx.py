"""One workbook of the tables that people read: frozen headers, number formats, an issues sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from lkjip.load.datapackage import descriptions
from lkjip.load.files import replacing
from lkjip.load.schema import MONEY, PERCENT, SCHEMAS

FILE = "lkjip.xlsx"
SHEETS = ("lines", "issues", "indicators", "mentions", "documents")  # facts repeats lines
MAX_ROWS = 1_048_575  # of a sheet, below its header
MAX_DIGITS = 15  # that a spreadsheet's number keeps; longer ones are written as text
WIDTHS = {"name": 48, "name_raw": 48, "message": 70, "indikator": 48, "sasaran": 40, "file": 30}
MONEY_FORMAT, PERCENT_FORMAT = "#,##0.##", "0.00"


def write_xlsx(tables: Mapping[str, Iterable[pa.Table]], path: Path) -> None:
    """Write the workbook; a table too long for a sheet goes on in the next one.

    Text is text: nothing in it is run as a formula or becomes a link.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with replacing(path) as file, xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same rows, the same bytes
        for name in SHEETS:
            _write(book, name, tables[name])


def _write(book: Any, name: str, tables: Iterable[pa.Table]) -> None:
    formats = [_format(book, field.type) for field in SCHEMAS[name]]
    sheet, row, number = _sheet(book, name, name, formats), 0, 1
    for table in tables:
        for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if row == MAX_ROWS:
                number += 1
                sheet, row = _sheet(book, name, f"{name} {number}", formats), 0
            row += 1
            for column, value in enumerate(values):
                _put(sheet, row, column, value)


def _sheet(book: Any, name: str, title: str, formats: list[Any]) -> Any:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E3F0ED", "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, (field, shape) in enumerate(zip(SCHEMAS[name], formats, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(field.name, _width(field.type)), shape)
    for column, field in enumerate(SCHEMAS[name]):
        sheet.write_string(0, column, field.name, head)
        sheet.write_comment(0, column, descriptions()[name, field.name])
    sheet.autofilter(0, 0, MAX_ROWS, len(formats) - 1)
    return sheet


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case Decimal() if len(value.normalize().as_tuple().digits) > MAX_DIGITS:
            sheet.write_string(row, column, str(value))
        case int() | float() | Decimal():
            sheet.write_number(row, column, value)
        case _:
            sheet.write_string(row, column, value)


def _format(book: Any, kind: pa.DataType) -> Any:
    if kind == MONEY:
        return book.add_format({"num_format": MONEY_FORMAT})
    if kind == PERCENT:
        return book.add_format({"num_format": PERCENT_FORMAT})
    return None


def _width(kind: pa.DataType) -> int:
    return 18 if kind == MONEY or pa.types.is_string(kind) else 10
