"""`lkjip explain`: the tree of a table, with what adds up and what does not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lkjip.cli import options
from lkjip.errors import DocumentRejected, UsageError
from lkjip.records import Status

if TYPE_CHECKING:
    from lkjip.explanation import Figure, Row
    from lkjip.records import ReadTable, Report

COLOURS = {"✓": "green", "✗": "red", "·": None, " ": None}
SEVERITIES = {"error": "red", "warning": "yellow", "info": "cyan"}
NARROWEST = 24  # characters of a name on the narrowest terminal


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--table", type=int, metavar="N", help="Which table; without it, all are listed.")
@options.settings
@options.engine
@options.password
@options.naming_the_pdf
def explain(pdf: Path, table: int | None, **given: Any) -> None:
    """Show how a table of PDF adds up: its tree, what is proven, and what is not.

    ✓ is proven by a sum or a percentage, ✗ is in doubt or contradicted (the
    reason stands below it), · could not be tested.

    \b
    Examples:
      lkjip explain laporan.pdf
      lkjip explain laporan.pdf --table 3
    """
    from lkjip.explanation import summary
    from lkjip.pipeline import read

    report = read(pdf, options.settings_of(given))
    if report.document.status in (Status.REJECTED, Status.LIMIT, Status.CRASHED):
        raise DocumentRejected(report.document.reason or "not read")
    if table is not None:
        _show(_chosen(report, table), report)
        return
    for each in report.tables:
        if each.lines:
            click.echo(summary(each, report.issues))


def _show(table: ReadTable, report: Report) -> None:
    from lkjip.explanation import columns, headings, rows, summary

    click.secho(summary(table, report.issues), bold=True)
    found = list(rows(table, report.issues))
    heads = headings(columns(table))
    widths = [
        max([len(head), *(len(row.figures[k].text) for row in found)])
        for k, head in enumerate(heads)
    ]
    room = shutil.get_terminal_size((120, 24)).columns - sum(width + 4 for width in widths) - 5
    room = max(room, NARROWEST)
    header = "".join(f"  {head:>{width}}  " for head, width in zip(heads, widths, strict=True))
    click.secho(f"{'':4} {'':{room}}{header}".rstrip(), dim=True)
    for row in found:
        _print(row, widths, room)


def _chosen(report: Report, number: int) -> ReadTable:
    for table in report.tables:
        if table.number == number and table.lines:
            return table
    numbers = ", ".join(str(table.number) for table in report.tables if table.lines)
    raise UsageError(f"there is no budget table {number}; there is {numbers or 'none at all'}")


def _print(row: Row, widths: list[int], room: int) -> None:
    name = "  " * row.depth + row.name
    name = name if len(name) <= room else name[: room - 1] + "…"
    figures = zip(row.figures, widths, strict=True)
    line = "".join(_padded(figure, width) for figure, width in figures)
    click.echo(f"{row.number:4} {name:{room}}{line}".rstrip())
    for issue in row.issues:
        click.secho(f"     {'  ' * row.depth}↳ {issue.message}", fg=SEVERITIES[issue.severity])


def _padded(figure: Figure, width: int) -> str:
    return f"  {figure.text:>{width}} " + click.style(figure.mark, fg=COLOURS[figure.mark])
