"""`lkjip doctor`: what is installed, and what is missing."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import click

from lkjip import __version__
from lkjip.errors import MissingPart

PARTS = (  # package → what it is for
    ("pypdfium2", "opens and renders PDFs"),
    ("pikepdf", "checks and mends PDFs"),
    ("opencv-python-headless", "straightens scans and finds their rules"),
    ("onnxruntime", "runs the OCR model"),
    ("pandas", "reads and writes tables"),
    ("pyarrow", "writes Parquet"),
    ("pandera", "checks the output"),
    ("duckdb", "writes DuckDB"),
    ("pdfplumber", "finds tables, for comparison"),
    ("camelot-py", "finds tables, for comparison"),
    ("psycopg", "writes to PostgreSQL (optional)"),
    ("ray", "spreads a run over machines (optional)"),
)


@click.command()
def doctor() -> None:
    """Tell what is installed: versions, OCR engines and their models.

    Exit code 6 when a scan could not be read for want of an OCR engine.

    \b
    Example:
      lkjip doctor
    """
    click.echo(f"lkjip {__version__}, Python {platform.python_version()}, {platform.platform()}")
    for package, purpose in PARTS:
        click.echo(f"  {package:24} {_version(package):14} {purpose}")
    click.echo("OCR")
    readable = [_ocr(name) for name in ("rapidocr", "tesseract")]
    if not readable[0]:
        raise MissingPart("scanned pages cannot be read: the OCR engine rapidocr is not usable")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _ocr(name: str) -> bool:
    """Print what an OCR engine is; whether it works."""
    from lkjip.extract.scanned.ocr.choose import engine_named

    try:
        engine = engine_named(name)
        use = "names and digits" if engine.reads_digits else "names only, never digits"
        click.echo(f"  {name:24} {engine.describe()} ({use})")
    except MissingPart as error:
        click.echo(f"  {name:24} not usable: {error}")
        return False
    return True
