"""Open a PDF safely: hash, password, limits; every refusal says why, and damage is told."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

from lkjip.errors import DocumentRejected, LimitExceeded
from lkjip.extract.soundness import TAIL_BYTES, Soundness, damage, examine, rebuild
from lkjip.issues import Issue
from lkjip.settings import Settings

HEAD_BYTES = 2**16  # that "%PDF-" is looked for in, behind what a portal or a mailer put before it
KINDS = (  # how files begin that are often named .pdf
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"%!PS", "PostScript"),
    (b"{", "JSON, such as a portal's error"),
    (b"<", "a web page, such as a portal's error"),
)


class Opened(NamedTuple):
    """A document ready to read, and what is damaged in it."""

    pdf: pdfium.PdfDocument
    damage: tuple[Issue, ...]


def hash_file(path: Path) -> str:
    """The sha256 of the file's bytes, or of nothing where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return hashlib.sha256(b"").hexdigest()


@contextmanager
def open_document(path: Path, settings: Settings) -> Iterator[Opened]:
    """The opened document; raises `DocumentRejected` or `LimitExceeded` with one clear reason.

    A file that pdfium cannot open, or not all pages of, is rebuilt from the
    pages that qpdf finds in it, and that is among the damage.
    """
    data, is_cut = _bytes(path, settings)
    pdf, found = _open_sound(data, settings, is_cut)
    try:
        if len(pdf) == 0:
            raise DocumentRejected("the PDF has no pages")
        if len(pdf) > settings.max_pages:
            raise LimitExceeded(f"{len(pdf)} pages, more than the limit of {settings.max_pages}")
        yield Opened(pdf, found)
    finally:
        pdf.close()


def _bytes(path: Path, settings: Settings) -> tuple[Path | io.BytesIO, bool]:
    """What to open, and whether its end is missing: the file, or its bytes from "%PDF-" on."""
    try:
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise LimitExceeded(f"{size} bytes, more than the limit of {settings.max_bytes}")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if not head:
                raise DocumentRejected("the file is empty")
            is_cut = _is_cut(file, size)
    except OSError as error:
        raise DocumentRejected(f"cannot be opened: {error.strerror or error}") from error
    start = head.find(b"%PDF-")
    if start > 0:
        return io.BytesIO(path.read_bytes()[start:]), is_cut
    if start < 0 and b" obj" not in head:
        kind = next((kind for begin, kind in KINDS if head.lstrip().startswith(begin)), None)
        why = f" but {kind}" if kind else ": it does not start with %PDF-"
        raise DocumentRejected(f"not a PDF{why}")
    return path, is_cut


def _is_cut(file: io.BufferedReader, size: int) -> bool:
    """Whether "%%EOF" is missing at the end; padding with NUL after it is common and harmless."""
    end = size
    while end > 0:
        start = max(end - TAIL_BYTES, 0)
        file.seek(start)
        tail = file.read(end - start).rstrip(b"\0\r\n ")
        if tail:
            file.seek(max(start + len(tail) - TAIL_BYTES, 0))
            return b"%%EOF" not in file.read(min(TAIL_BYTES, start + len(tail)))
        end = start
    return True


def _open_sound(
    data: Path | io.BytesIO, settings: Settings, is_cut: bool
) -> tuple[pdfium.PdfDocument, tuple[Issue, ...]]:
    sound = examine(data, settings, is_cut)
    try:
        pdf = _open(data, settings)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise DocumentRejected(_locked(settings)) from error
        _check_claim(data, settings)
        return _open(rebuild(data, settings), settings), _rebuilt(sound)
    if sound.pages and sound.pages != len(pdf):
        pdf.close()
        return _open(rebuild(data, settings), settings), _rebuilt(sound)
    return pdf, sound.issues


def _check_claim(data: Path | io.BytesIO, settings: Settings) -> None:
    """A page tree that no reader will unfold may still say how large it claims to be."""
    with data.open("rb") if isinstance(data, Path) else io.BytesIO(data.getvalue()) as file:
        head = file.read(HEAD_BYTES)
    claim = max((int(digits) for digits in re.findall(rb"/Count (\d{1,10})\b", head)), default=0)
    if claim > settings.max_pages:
        raise LimitExceeded(f"claims {claim} pages, more than the limit of {settings.max_pages}")


def _open(data: Path | io.BytesIO, settings: Settings) -> pdfium.PdfDocument:
    source = data.getvalue() if isinstance(data, io.BytesIO) else data
    return pdfium.PdfDocument(source, password=settings.password)


def _rebuilt(sound: Soundness) -> tuple[Issue, ...]:
    return sound.issues or (damage("rebuilt from the pages that could be found in it"),)


def _locked(settings: Settings) -> str:
    if settings.password is None:
        return "needs a password; give --password or remove it"
    return "the password does not open it"
