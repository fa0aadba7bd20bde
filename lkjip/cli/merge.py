"""`lkjip merge`: the parts of a run that was done in shards, put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lkjip.cli import options


@click.command()
@click.argument("outputs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True),
                metavar="OUTPUT...")  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="Folder to write to.  [default: the first of those given]",
)  # fmt: skip
@options.csv_dialect
@options.xlsx
@options.to
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def merge(outputs: tuple[Path, ...], output: Path | None, **given: Any) -> int:
    """Write the tables of a run that was done with `lkjip run --shard I/N`.

    The shards may have written to one folder or to several; all N must be
    finished. The tables are the same, byte for byte, as those of a run in one piece.

    \b
    Examples:
      lkjip merge output/
      lkjip merge node1/output node2/output -o all/
    """
    from lkjip.batch.run import merge as merge_parts

    into = output or outputs[0]
    result = merge_parts(outputs, into, **options.writing_of(given))
    options.send_to(given, into)
    if not given["quiet"]:
        from lkjip.cli.summary import print_summary

        print_summary(into, result)
    return result.exit_code
