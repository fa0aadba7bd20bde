"""`lkjip inspect`: a picture of how a page was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lkjip.cli import options


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--page", type=int, required=True, help="Which page, from 1.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="PNG to write.  [default: NAME-pN.png in this folder]",
)  # fmt: skip
@options.settings
@options.engine
@options.password
@options.naming_the_pdf
def inspect(pdf: Path, page: int, output: Path | None, **given: Any) -> None:
    """Draw one page of PDF with what was seen on it, and tell why.

    The picture shows lines of text, rulings, cells coloured by the role of
    their column, and which amounts are proven (green) or in doubt (red). What is
    printed tells of each table what it was taken for and why, or why there is none.

    \b
    Examples:
      lkjip inspect laporan.pdf --page 12
      lkjip inspect laporan.pdf --page 12 -o page.png --engine pdfplumber
    """
    from lkjip.inspection import explain, inspect_page
    from lkjip.picture import draw

    settings = options.settings_of(given)
    inspection = inspect_page(pdf, page, settings)
    for line in explain(inspection):
        click.echo(line)
    target = output or Path(f"{pdf.stem}-p{page}.png")
    draw(pdf, inspection, settings).save(target)
    click.echo(f"drawn to {target}", err=True)
