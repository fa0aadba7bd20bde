"""`lkjip report`: a run to look at."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default="output")
@click.option(
    "-o", "--html", type=click.Path(path_type=Path, dir_okay=False),
    help="File to write.  [default: report.html in OUTPUT]",
)  # fmt: skip
@click.option("--title", default="Budget reports, read and proven", help="Heading of the report.")
def report(output: Path, html: Path | None, title: str) -> None:
    """Write OUTPUT as one HTML file to look at, send or print.

    How much was read and proven, anggaran against realisasi by program, the
    distribution of serapan, the issues by kind, and every document, those to
    look at first on top. The file needs nothing beside it and runs no script.

    \b
    Examples:
      lkjip report output/
      lkjip report output/ -o laporan.html --title 'Grobogan 2021'
    """
    from lkjip.load.files import write_text
    from lkjip.report.figures import figures
    from lkjip.report.page import page

    path = html or output / "report.html"
    write_text(path, page(title, figures(output)))
    click.echo(path)
