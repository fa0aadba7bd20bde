"""Whether a file is whole, by qpdf's reading of it: pdfium is silent about what it could not read.

qpdf reads the structure (20 ms for a report of 60 pages, measured on the corpus); the compressed
streams that hold text are unpacked to see that they end well, and no further than a
limit, so that no bomb goes off later.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from lkjip.errors import DocumentRejected, LimitExceeded
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.settings import Settings

# Streams of real reports unpack to 3 MB at most (corpus); one of 128 MiB is made to do harm.
MAX_UNPACKED = 128 * 2**20
TAIL_BYTES = 2048  # that "startxref … %%EOF" is looked for in, padding aside
_CHUNK = 2**20
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # its warnings become issues
_NO_TEXT = {
    "/Image", "/EmbeddedFile", "/XML", "/Metadata", "/XRef", "/ObjStm", "/Type1C",
    "/CIDFontType0C", "/OpenType",
}  # fmt: skip
_FLATE = {"/FlateDecode", "/Fl"}


@dataclass(frozen=True, slots=True)
class Soundness:
    """`pages` counts those that the page tree leads to; None where qpdf cannot tell."""

    pages: int | None
    issues: tuple[Issue, ...] = ()


def examine(data: Path | io.BytesIO, settings: Settings, is_cut: bool) -> Soundness:
    """What is damaged, as issues: errors where content is lost for certain, else warnings.

    `is_cut`: the file lacks its end. Raises `LimitExceeded` for too many pages and for streams
    that unpack to too much.
    """
    try:
        pdf = _open(data, settings)
    except pikepdf.PasswordError:
        return Soundness(None)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        return Soundness(None, (damage(f"its structure cannot be followed ({_first(error)})"),))
    with pdf:
        pages = list(page_objects(pdf, settings.max_pages))
        issues = [*_lost_content(pdf, pages)]
        if is_cut:
            issues.insert(0, damage("its end is missing, and pages may be with it"))
        warnings = [str(warning) for warning in pdf.get_warnings()]
        if warnings and not issues:
            said = [_first(text) for text in warnings if "file is damaged" not in text]
            what = f"repaired on opening: {said[0] if said else _first(warnings[0])}"
            issues.append(damage(what, Severity.WARNING, {"warnings": said[:10]}))
        return Soundness(len(pages), tuple(issues))


def rebuild(data: Path | io.BytesIO, settings: Settings) -> io.BytesIO:
    """The pages that qpdf can find, in a new file; raises `DocumentRejected` if there are none."""
    rebuilt = io.BytesIO()
    try:
        with _open(data, settings) as pdf, pikepdf.new() as new:
            for page in page_objects(pdf, settings.max_pages):
                new.pages.append(pikepdf.Page(page))
            if not len(new.pages):
                raise DocumentRejected("damaged: no page can be found in it")
            new.save(rebuilt)
    except pikepdf.PasswordError as error:
        raise DocumentRejected("needs a password; give --password or remove it") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise DocumentRejected(f"damaged: {_first(error)}") from error
    rebuilt.seek(0)
    return rebuilt


def page_objects(pdf: pikepdf.Pdf, limit: int) -> Iterator[Any]:
    """The pages of the page tree in order, however crooked the tree: loops are left out.

    Raises `LimitExceeded` at the first page over `limit`, so that a tree which unfolds to
    a billion pages is not unfolded.
    """
    count = 0
    waiting: list[tuple[Any, frozenset[tuple[int, int]]]] = [
        (_get(pdf.Root, "/Pages"), frozenset())
    ]
    while waiting:
        node, above = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in above:
            continue
        kids = _get(node, "/Kids")
        if isinstance(kids, pikepdf.Array):
            within = above | {node.objgen} if node.is_indirect else above
            if len(kids) > limit or len(within) > limit:
                raise LimitExceeded(f"more pages than the limit of {limit}")
            waiting += [(kid, within) for kid in reversed(list(kids))]
        elif kids is None:
            count += 1
            if count > limit:
                raise LimitExceeded(f"more pages than the limit of {limit}")
            yield node


def damage(
    what: str, severity: Severity = Severity.ERROR, evidence: dict[str, Any] | None = None,
    page: int | None = None,
) -> Issue:  # fmt: skip
    message = f"the file is damaged: {what}"
    return Issue(IssueCode.DOCUMENT_DAMAGED, severity, message, page, evidence=evidence or {})


def _open(data: Path | io.BytesIO, settings: Settings) -> pikepdf.Pdf:
    if isinstance(data, io.BytesIO):
        data.seek(0)
    return pikepdf.open(data, password=settings.password or "", suppress_warnings=True)


def _lost_content(pdf: pikepdf.Pdf, pages: list[Any]) -> Iterator[Issue]:
    """An issue for each page whose text is damaged or missing, and one for the streams besides."""
    broken = {stream.objgen for stream in _streams(pdf) if not _is_whole(stream)}
    claimed = _get(_get(pdf.Root, "/Pages"), "/Count")
    if isinstance(claimed, int) and len(pages) < claimed < 2**31:
        yield damage(f"{len(pages)} of its {claimed} pages are there")
    for number, page in enumerate(pages, start=1):
        contents = _get(page, "/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        streams = {part.objgen for part in parts if isinstance(part, pikepdf.Stream)}
        if streams & broken:
            yield damage(f"the contents of page {number} do not unpack", page=number)
        elif "/Contents" in page and len(streams) < len(parts):
            yield damage(f"the contents of page {number} are missing", page=number)
        broken -= streams
    if broken:
        yield damage(f"{len(broken)} of its streams do not unpack; text may be missing")


def _streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The streams that text is made of: contents, forms, encodings; not pictures or fonts."""
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        kinds = {str(_get(thing, name)) for name in ("/Type", "/Subtype")}
        if kinds & _NO_TEXT or "/Length1" in thing or "/N" in thing:
            continue
        yield thing


def _is_whole(stream: Any) -> bool:
    """Whether the Flate filters of a stream unpack to their end; other filters are not judged."""
    filters = _get(stream, "/Filter")
    chain = (
        [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    )
    try:
        data = stream.read_raw_bytes()
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return False
    for name in chain:
        if name not in _FLATE:
            return True
        unpacked = _unpack(data, is_last=name is chain[-1])
        if unpacked is None:
            return False
        data = unpacked
    return True


def _unpack(data: bytes, is_last: bool) -> bytes | None:
    """The unpacked bytes (nothing for the last filter, where none are needed), None if damaged."""
    unpacker, parts, size = zlib.decompressobj(), [], 0
    try:
        while data and not unpacker.eof:
            part = unpacker.decompress(data, _CHUNK)
            size += len(part)
            if size > MAX_UNPACKED:
                raise LimitExceeded(f"a stream unpacks to more than {MAX_UNPACKED // 2**20} MiB")
            if not is_last:
                parts.append(part)
            if not part and not unpacker.unconsumed_tail:
                break
            data = unpacker.unconsumed_tail
    except zlib.error:
        return None
    return b"".join(parts) if unpacker.eof or _lacks_checksum_only(unpacker) else None


def _lacks_checksum_only(unpacker: Any) -> bool:
    """Whether all data is there and the file's Length was some bytes short, which is common."""
    try:
        unpacker.decompress(b"\0\0\0\0")
    except zlib.error as error:
        return "incorrect data check" in str(error)
    return bool(unpacker.eof)


def _get(thing: Any, name: str) -> Any:
    try:
        return thing.get(name)
    except (AttributeError, ValueError, TypeError, pikepdf.PdfError):
        return None


def _first(error: object) -> str:
    """What qpdf says, without the file's path and offsets that it begins with."""
    text = str(error).split("\n")[0]
    return text.rsplit("): ", 1)[-1].split(": ", 1)[-1] if ": " in text else text
