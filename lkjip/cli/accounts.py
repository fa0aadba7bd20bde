"""`lkjip accounts`: the official charts of accounts."""

from __future__ import annotations

from typing import Any

import click

from lkjip.cli import options

SHOWN = 0.001  # entries less likely than this are not worth a line


@click.group()
def accounts() -> None:
    """Look up the official charts of accounts.

    \b
    Example:
      lkjip accounts search belanja atk
    """


@accounts.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--year", type=int, help="Fiscal year: which lists are in force; all when not given.")
@click.option("--region", help="Provinsi or Kabupaten/Kota …: which branch of the lists applies.")
@click.option("--agency", help="The office, as in Dinas Kesehatan: its own field comes first.")
@options.chart
@options.aliases
@click.option("-n", "limit", default=5, show_default=True, help="How many entries to show.")
def search(
    name: tuple[str, ...],
    chart: str | None,
    aliases: str | None,
    limit: int,
    **identity: Any,
) -> None:
    """Find the official entries that NAME may mean.

    Prints score, scheme, code, name, and what it stands under. The score is the
    probability that the entry is right for the name alone; in a report, the
    lines above and below decide with it. docs/accounts.md tells more.

    \b
    Examples:
      lkjip accounts search belanja atk
      lkjip accounts search "penyediaan jasa surat menyurat" --year 2021 --region "Kota Bogor"
    """
    from lkjip.normalize.accounts.search import search as find
    from lkjip.records import Identity
    from lkjip.settings import Settings

    settings = Settings(chart=chart, aliases=aliases)
    found = find(" ".join(name), Identity(**identity), settings)
    shown = [row for row in found if row[1] >= SHOWN][:limit]
    for entry, score, above in shown:
        path = " < ".join(parent.name for parent in above)
        click.echo(f"{score:.2f}  {entry.scheme}  {entry.code}  {entry.name}  < {path}")
    if not shown:
        click.echo("no official entry", err=True)
