"""The same sheet in every wrapping: seen as a scan, and its picture as it is displayed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from fixtures.wrappings import AMOUNTS, WRAPPINGS, sheet, wrap
from lkjip.extract.leaf import Leaf
from lkjip.extract.scanned.image import page_picture
from lkjip.extract.scanned.ocr.base import Grey
from lkjip.extract.triage import is_scanned
from lkjip.issues import IssueCode
from lkjip.pipeline import read
from lkjip.records import Status
from lkjip.settings import Settings

TRUTH = {Decimal(text.replace(".", "")) for text in AMOUNTS}
PARTLY = {"cropped", "cut_jpeg", "no_jpeg", "typed_above"}
PARTLY |= {"long_stamp", "watermarked", "stamped"}  # more is shown than the sheet
DPIS = {"coarse": 72, "with_logo": 72, "fine": 300, "inline": 150, "uneven": 100}
NOT_ON_PAPER = {"pixel_sized", "thumb_sized", "user_unit"}


def page_of(name: str, tmp_path: Path) -> pdfium.PdfPage:
    path = tmp_path / f"{name}.pdf"
    wrap(name, path)
    return pdfium.PdfDocument(path)[0]


def small(grey: Grey) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.asarray(cv2.resize(grey, (300, 424), interpolation=cv2.INTER_AREA), np.float32)


@pytest.mark.parametrize("name", sorted(set(WRAPPINGS) - {"typed_above"}))
def test_every_wrapping_of_a_picture_is_a_scan(name: str, tmp_path: Path) -> None:
    assert is_scanned(Leaf(page_of(name, tmp_path)))


@pytest.mark.parametrize("name", sorted(set(WRAPPINGS) - PARTLY))
def test_the_picture_is_the_page_as_displayed(name: str, tmp_path: Path) -> None:
    picture = page_picture(page_of(name, tmp_path), Settings())
    grey = small(picture.grey) + (255 - np.median(picture.grey))
    assert np.abs(grey - small(sheet())).mean() < 5
    assert picture.grey.shape[0] * picture.scale == pytest.approx(842, abs=3)
    assert picture.dpi == pytest.approx(DPIS.get(name, 200), abs=2), "no finer than it is stored"


@pytest.mark.parametrize("name", sorted(NOT_ON_PAPER))
def test_boxes_of_posters_and_thumbnails_are_the_pages_own(name: str, tmp_path: Path) -> None:
    page = page_of(name, tmp_path)
    picture = page_picture(page, Settings())
    height, width = picture.grey.shape
    assert (width * picture.shown, height * picture.shown) == pytest.approx(page.get_size(), 0.01)


@pytest.mark.parametrize("name", ["pixel_sized", "long_stamp", "typed_above"])
def test_what_was_lost_once_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pdf"
    wrap(name, path)
    report = read(path, Settings())
    (table,) = report.tables
    amounts = [a for line in table.lines for a in line.amounts.values() if a.value is not None]
    assert {amount.value for amount in amounts} >= TRUTH
    width, height = pdfium.PdfDocument(path)[0].get_size()
    boxes = [amount.box for amount in amounts if amount.box is not None]
    assert max(box.x1 for box in boxes) > 0.8 * width
    assert max(box.y1 for box in boxes) < height


@pytest.mark.parametrize(
    ("name", "status"), [("cut_jpeg", Status.OK), ("no_jpeg", Status.REJECTED)]
)
def test_a_picture_that_is_lost_is_told(name: str, status: Status, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pdf"
    wrap(name, path)
    report = read(path, Settings())
    assert report.document.status is status
    codes = {issue.code for issue in report.issues}
    assert codes & {IssueCode.PAGE_UNREADABLE, IssueCode.DOCUMENT_REJECTED}


def test_a_typed_page_with_a_pasted_picture_stays_typed(tmp_path: Path) -> None:
    assert not is_scanned(Leaf(page_of("typed_above", tmp_path)))
