"""`lkjip run`: reports to Parquet and CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from lkjip.cli import options
from lkjip.settings import Ocr

if TYPE_CHECKING:
    from lkjip.batch.run import How


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "-o", "--output", default="output", show_default=True, metavar="FOLDER",
    help="Folder to write to; with --on also a URL such as s3://bucket/output.",
)  # fmt: skip
@click.option("--files-from", type=click.Path(path_type=Path), metavar="LIST",
              help="A file with one input a line, or - for stdin.")  # fmt: skip
@options.settings
@options.engine
@click.option(
    "--ocr", type=click.Choice(get_args(Ocr)), default=None,
    help="Which pages are read from their image: auto (the default) takes those without "
    "trustworthy text.",
)  # fmt: skip
@options.password
@options.chart
@options.aliases
@click.option(
    "--document-seconds",
    type=click.FloatRange(min=1),
    help="Time a document may take; its pages so far are kept.  [default: 600]",
)
@click.option("--page-seconds", type=click.FloatRange(min=1),
              help="Time a page may take; the others are still read.  [default: 60]")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Workers.  [default: one a core]")
@click.option("--force", is_flag=True, help="Read known documents anew.")
@click.option("--retry-failed", is_flag=True, help="Read those anew that failed or lost pages.")
@click.option("--shard", metavar="I/N", help="Do part I of N; `lkjip merge` joins the parts.")
@click.option("--on", metavar="ADDRESS", help="Read on a Ray cluster: ray, or ray://HOST:PORT.")
@click.option("--strict", is_flag=True, help="Exit with 4 when issues of level error stand.")
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@options.csv_dialect
@options.xlsx
@options.to
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Progress on stderr: for people, or one JSON object a line.",
)  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="A line for every document.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def run(**given: Any) -> int:
    """Read reports (PDF files, folders, patterns) and write their tables to a folder.

    documents, tables, lines, facts, indicators, mentions and issues come out as
    Parquet and as CSV; docs/output.md explains every column. Every input has its
    row in `documents`, whatever became of it. A number in doubt stays empty, and
    `issues` says why and what it could be.

    What was read is kept: the same command reads only what is new, and goes on
    where an interrupted one stopped. A failing document never stops the others.

    \b
    Examples:
      lkjip run laporan.pdf
      lkjip run reports/ 'archive/*/LKJIP*.pdf' -o output/ --jobs 8
      find /arsip -name '*.pdf' -print0 | lkjip run --files-from - -o output/
      lkjip run scan.pdf --ocr always --strict
      lkjip run reports/ --shard 3/32 -o output/
      lkjip run reports/ --xlsx --to duckdb:///lkjip.duckdb
      lkjip run s3://arsip/lkjip --on ray://head:10001 -o s3://arsip/tables
    """
    from lkjip.batch.remote import is_url
    from lkjip.batch.run import plan, run_to_url
    from lkjip.batch.run import run as run_batch
    from lkjip.batch.telling import Silent, telling

    inputs = _inputs(given["inputs"], given["files_from"])
    settings, how, output = options.settings_of(given), _how(given), Path(given["output"])
    if given["dry_run"]:
        for file, what in plan(inputs, output, settings, how):
            click.echo(f"{what}\t{file}")
        return 0
    told = Silent() if given["quiet"] else telling(given["log_format"], given["verbose"])
    if given["shard"] and given["to"]:
        raise click.UsageError("--shard reads a part: give --to to lkjip merge")
    if is_url(given["output"]):
        return run_to_url(inputs, given["output"], settings, how, told).exit_code
    result = run_batch(inputs, output, settings, how, told)
    options.send_to(given, output)
    if not given["quiet"] and not given["shard"]:
        from lkjip.cli.summary import print_summary

        print_summary(output, result)
    return result.exit_code


def _inputs(inputs: tuple[str, ...], files_from: Path | None) -> list[str]:
    from lkjip.batch.intake import read_list

    listed: list[str] = []
    if "-" in inputs or files_from == Path("-"):
        listed += read_list(sys.stdin.buffer.read())
    if files_from is not None and files_from != Path("-"):
        listed += read_list(files_from.read_bytes())
    found = [*(name for name in inputs if name != "-"), *listed]
    if not found:
        raise click.UsageError("nothing to read: give files, folders, or --files-from LIST")
    return found


def _how(given: dict[str, Any]) -> How:
    from lkjip.batch.pool import default_jobs
    from lkjip.batch.run import How
    from lkjip.batch.shards import Shard

    return How(
        jobs=given["jobs"] or default_jobs(),
        force=given["force"],
        retry_failed=given["retry_failed"],
        shard=Shard.parse(given["shard"]) if given["shard"] else None,
        strict=given["strict"],
        on=given["on"],
        writing=options.writing_of(given),
    )
