"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from lkjip.errors import DocumentCrashed, DocumentRejected, LimitExceeded, UsageError
from lkjip.settings import Engine, Settings, read_settings

LAST_PAGE = 1_000_000  # no PDF has more; a slip of the finger asks for no gigabytes
SETTINGS_FILE = Path("lkjip.toml")

settings = click.option(
    "--settings", type=click.Path(path_type=Path), metavar="TOML",
    help="File of settings, limits among them.  [default: lkjip.toml here, if there is one]",
)  # fmt: skip
engine = click.option(
    "--engine", type=click.Choice(get_args(Engine)),
    help="How tables of typed pages are found: pdfium (the default); the others are for "
    "comparison.",
)  # fmt: skip
csv_dialect = click.option(
    "--csv-dialect", type=click.Choice(["standard", "excel-id"]), default="standard",
    show_default=True,
    help="excel-id: semicolon, decimal comma and BOM, as Indonesian Excel wants.",
)  # fmt: skip
password = click.option("--password", envvar="LKJIP_PASSWORD", help="Password of encrypted PDFs.")

chart = click.option(
    "--chart", type=click.Path(exists=True, dir_okay=False), metavar="CSV",
    help="A region's own chart of accounts.",
)  # fmt: skip
aliases = click.option(
    "--aliases", type=click.Path(exists=True, dir_okay=False), metavar="CSV",
    help="A region's own names of accounts.",
)  # fmt: skip


xlsx = click.option("--xlsx", is_flag=True, help="Write a workbook, lkjip.xlsx, too.")
to = click.option(
    "--to", multiple=True, metavar="URL",
    help="Load the tables into a database, too: duckdb:///file.duckdb or "
    "postgresql://user@host/database. A document's rows are replaced.",
)  # fmt: skip


def naming_the_pdf(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose errors say which PDF they are about, as a loop over many needs it."""

    @wraps(command)
    def named(pdf: Path, **given: Any) -> None:
        try:
            command(pdf, **given)
        except (DocumentRejected, LimitExceeded, DocumentCrashed) as error:
            raise type(error)(f"{pdf}: {error}") from error

    return named


def writing_of(given: dict[str, Any]) -> dict[str, Any]:
    """How the output folder is to be written; a database that cannot be is refused at once."""
    from lkjip.load import destinations
    from lkjip.load.csv import DIALECTS

    for url in given["to"]:
        destinations.check(url)
    return {"dialect": DIALECTS[given["csv_dialect"]], "xlsx": given["xlsx"]}


def send_to(given: dict[str, Any], folder: Path) -> None:
    """Load the output folder into the databases that were named."""
    from lkjip.load import destinations

    for url in given["to"]:
        rows = destinations.send(folder, url)
        if not given["quiet"]:
            told = ", ".join(f"{count:,} {name}" for name, count in rows.items() if count)
            click.echo(f"lkjip: {destinations.masked(url)}: {told}", err=True)


def settings_of(given: dict[str, Any]) -> Settings:
    """The settings of the file, where there is one, under the options that were given."""
    file = given.get("settings") or (SETTINGS_FILE if SETTINGS_FILE.is_file() else None)
    base = Settings() if file is None else read_settings(file)
    names = {field.name for field in fields(Settings)} & given.keys()
    return replace(base, **{name: given[name] for name in names if given[name] is not None})


def page_numbers(text: str | None) -> list[int] | None:
    """`3-7,12` to page numbers; None stays None (all pages)."""
    if text is None:
        return None
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last) if dash else (first, first)
        if not all(end.isdecimal() and int(end) <= LAST_PAGE for end in ends):
            raise UsageError(f"{text!r} is no list of pages; write 3-7,12")
        numbers += range(int(ends[0]), int(ends[1]) + 1)
    return numbers
