"""Damaged, foreign and hostile files: opened as far as they go, with what is lost told."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pikepdf
import pytest

from lkjip.errors import DocumentRejected, LimitExceeded
from lkjip.extract.document import open_document
from lkjip.extract.pages import read_pages
from lkjip.issues import Severity
from lkjip.settings import Settings

TEXT = b"BT /F1 9 Tf 40 700 Td (Belanja Pegawai 1.234.567) Tj ET\n" * 40


def report(pages: int = 3, compress: bool = True) -> bytes:
    """A plain PDF of some pages of text."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(TEXT)
    out = io.BytesIO()
    pdf.save(out, compress_streams=compress, static_id=True)
    return out.getvalue()


def opened(tmp_path: Path, data: bytes, settings: Settings | None = None) -> tuple[int, list[str]]:
    """How many pages were read, and the severities of the damage."""
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    settings = settings or Settings()
    with open_document(path, settings) as (pdf, damage):
        pages, _ = read_pages(pdf, settings)
    return len(pages), [issue.severity for issue in damage]


def test_a_sound_file_has_no_damage(tmp_path: Path) -> None:
    assert opened(tmp_path, report()) == (3, [])


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("a download padded with NUL", lambda data: data + bytes(2**20)),
        ("behind a mail's or a portal's lines", lambda data: b"#" * 5000 + data),
        ("behind exactly 1023 bytes", lambda data: b"\n" * 1023 + data),
    ],
)
def test_what_lies_around_the_pdf_does_no_harm(tmp_path: Path, name: str, spoil) -> None:  # type: ignore[no-untyped-def]
    pages, damage = opened(tmp_path, spoil(report()))
    assert pages == 3
    assert Severity.ERROR not in damage


@pytest.mark.parametrize("share", [0.6, 0.8, 0.95])
def test_a_truncated_download_keeps_its_pages_and_says_that_its_end_is_missing(
    tmp_path: Path, share: float
) -> None:
    data = report(compress=False)
    pages, damage = opened(tmp_path, data[: int(len(data) * share)])
    assert pages >= 1
    assert Severity.ERROR in damage


def test_contents_that_do_not_unpack_are_told_with_their_page(tmp_path: Path) -> None:
    data = bytearray(report())
    packed = zlib.compress(TEXT)
    at = bytes(data).index(packed[:8], bytes(data).index(packed[:8]) + 1)
    data[at + 20] ^= 0xFF
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    with open_document(path, Settings()) as (_, damage):
        assert [(issue.page, issue.severity) for issue in damage] == [(2, Severity.ERROR)]


def test_a_count_that_promises_more_pages_is_not_believed(tmp_path: Path) -> None:
    data = report().replace(b"/Count 3", b"/Count 9")
    assert opened(tmp_path, data) == (3, [Severity.ERROR])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>403</html>", "a web page"),
        (b'{"status":404}', "JSON"),
        (b"PK\x03\x04" + bytes(100), "a ZIP archive"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "an old Office document"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 50, "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_by_its_name(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentRejected, match=reason):
        opened(tmp_path, data)


def test_a_password_is_asked_for_and_used(tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(report())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="rahasia", owner="pemilik", R=6))
    with pytest.raises(DocumentRejected, match="--password"):
        opened(tmp_path, locked.getvalue())
    with pytest.raises(DocumentRejected, match="does not open it"):
        opened(tmp_path, locked.getvalue(), Settings(password="salah"))
    assert opened(tmp_path, locked.getvalue(), Settings(password="rahasia")) == (3, [])


def bomb() -> bytes:
    """A page whose contents unpack to 200 MiB of spaces."""
    with pikepdf.open(io.BytesIO(report(1))) as pdf:
        once = zlib.compress(bytes(200 * 2**20))
        pdf.pages[0].Contents = pikepdf.Stream(pdf, zlib.compress(once))
        pdf.pages[0].Contents["/Filter"] = pikepdf.Array(
            [pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
        )
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


@pytest.mark.parametrize(
    ("data", "settings", "reason"),
    [
        (report(6), Settings(max_pages=5), "more pages than the limit"),
        (report(), Settings(max_bytes=100), "bytes, more than the limit"),
        (bomb(), Settings(), "unpacks to more than 128 MiB"),
        (report(1).replace(b"595 842", b"5000000 842"), Settings(), "points long"),
    ],
)
def test_what_asks_for_too_much_is_stopped_first(
    tmp_path: Path, data: bytes, settings: Settings, reason: str
) -> None:
    with pytest.raises(LimitExceeded, match=reason):
        opened(tmp_path, data, settings)
