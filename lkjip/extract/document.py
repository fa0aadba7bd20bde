"""Open a PDF safely: hash, password, size and page limits; every refusal says why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium

from lkjip.errors import DocumentRejected, LimitExceeded
from lkjip.settings import Settings


def hash_file(path: Path) -> str:
    """The sha256 of the file's bytes, or of nothing where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return hashlib.sha256(b"").hexdigest()


@contextmanager
def open_document(path: Path, settings: Settings) -> Iterator[pdfium.PdfDocument]:
    """The opened document; raises `DocumentRejected` or `LimitExceeded` with one clear reason."""
    _check_bytes(path, settings)
    try:
        document = pdfium.PdfDocument(path, password=settings.password)
    except pdfium.PdfiumError as error:
        raise DocumentRejected(_reason(error, settings)) from error
    try:
        if len(document) == 0:
            raise DocumentRejected("the PDF has no pages")
        if len(document) > settings.max_pages:
            raise LimitExceeded(
                f"{len(document)} pages, more than the limit of {settings.max_pages}"
            )
        yield document
    finally:
        document.close()


def _check_bytes(path: Path, settings: Settings) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise DocumentRejected(f"cannot be opened: {error.strerror or error}") from error
    if size == 0:
        raise DocumentRejected("the file is empty")
    if size > settings.max_bytes:
        raise LimitExceeded(f"{size} bytes, more than the limit of {settings.max_bytes}")
    if b"%PDF-" not in head:
        raise DocumentRejected("not a PDF: it does not start with %PDF-")


def _reason(error: pdfium.PdfiumError, settings: Settings) -> str:
    if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
        return (
            "needs a password; give --password or remove it"
            if settings.password is None
            else "the password does not open it"
        )
    return f"damaged: {error}"
