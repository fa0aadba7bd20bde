"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, get_args

import click

from lkjip.errors import UsageError
from lkjip.settings import Engine

F = TypeVar("F", bound=Callable[..., object])

engine = click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default="pdfium",
    show_default=True,
    help="How tables of typed pages are found; the others are for comparison.",
)
password = click.option("--password", help="Password of encrypted PDFs.")


def page_numbers(text: str | None) -> list[int] | None:
    """`3-7,12` to page numbers; None stays None (all pages)."""
    if text is None:
        return None
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)):
            raise UsageError(f"{text!r} is no list of pages; write 3-7,12")
        numbers += range(int(first), int(last or first) + 1)
    return numbers
