"""`lkjip run`: reports to Parquet and CSV."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from lkjip.cli import options
from lkjip.settings import Engine, Ocr, Settings


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default="output", show_default=True,
    help="Folder to write to.",
)  # fmt: skip
@options.engine
@click.option(
    "--ocr", type=click.Choice(get_args(Ocr)), default="auto", show_default=True,
    help="Which pages are read from their image: auto takes those without trustworthy text.",
)  # fmt: skip
@options.password
def run(
    inputs: tuple[str, ...], output: Path, engine: Engine, ocr: Ocr, password: str | None
) -> None:
    """Read reports (PDF files and folders) and write their tables to a folder.

    documents, tables, lines, facts, indicators, mentions and issues come out as
    Parquet and as CSV; docs/output.md explains every column. Every input has its
    row in `documents`, whatever became of it. A number in doubt stays empty, and
    `issues` says why and what it could be.

    \b
    Examples:
      lkjip run laporan.pdf
      lkjip run reports/ -o output/
      lkjip run scan.pdf --ocr always
    """
    from lkjip import api

    settings = Settings(engine=engine, ocr=ocr, password=password)
    counts = api.run(inputs, output, settings)
    click.echo(", ".join(f"{count} {status}" for status, count in counts.items()))
