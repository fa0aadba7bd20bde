"""Typed or scanned: which way a page is read.

A page is scanned when its print is in its images or drawings. A text layer over
a scan is another program's OCR, often poor or partial, and is not trusted: such
a page is recognised anew.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lkjip.extract.leaf import Leaf
from lkjip.extract.pictures import DEPTH, bounds_of, covered_share, images_of
from lkjip.extract.typed.geometry import frame_of
from lkjip.extract.typed.words import read_words
from lkjip.records import PageKind
from lkjip.settings import Settings

FEW = 20  # characters: a page number or a stamp on a picture
SOME = 250  # characters that captions and footers of a pasted picture have
SEEN = 0.05  # share of the page of a picture that is looked at on a typed page
PASTED = 0.35  # share of the page that makes a picture worth reading
WHOLE = 0.8  # share of the page that makes it a scan
DRAWN = 60  # paths that may be letters turned to outlines
GARBLED = 0.3  # share of characters without a meaning
MOST_OBJECTS = 5_000  # of a page that are looked at
FEWEST_LETTERS = 150  # of a picture that is more than a letterhead
BESIDE = 0.4  # times the letters of the text that a picture must show beside it to be a scan
DARK = 150  # level of print at LETTERS_DPI; patterns behind typed text are lighter
LETTERS_DPI = 110  # letters of 7 points and more show
LOOKED_AT = 60  # text objects or characters of a page that tell
PRINTED = 0.6  # share of characters whose place is dark in the image beneath
PRINTED_UNSEEN = 0.25  # the same, where nobody sees the text
WHITE = 240  # level of a colour that is not seen on paper
HOLDERS = {pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM}  # what images are found in
INVISIBLE = 3  # text render mode (PDF 32000-1, 9.3.6)


def kind_of(leaf: Leaf, settings: Settings) -> PageKind:
    if settings.ocr == "auto":
        return PageKind.SCANNED if is_scanned(leaf) else PageKind.TYPED
    return PageKind.SCANNED if settings.ocr == "always" else PageKind.TYPED


def is_scanned(leaf: Leaf) -> bool:
    """Whether the page has to be recognised from its picture."""
    page = leaf.page
    text = "".join(leaf.text.replace("\0", "").split())
    images, covered = _images(leaf)
    if len(text) < FEW:
        return covered >= PASTED or (not images and _paths(page) > DRAWN)
    if _is_garbled(text):
        return True
    if covered >= PASTED and len(text) < SOME:
        return True
    return covered >= WHOLE and (_is_invisible(page) or _shows_more(leaf, images, len(text)))


def has_pictures(leaf: Leaf) -> bool:
    """Whether images large enough to hold a table are on the page."""
    return any(covered_share(leaf.page, [image]) >= SEEN for image in _images(leaf)[0])


def _images(leaf: Leaf) -> tuple[list[pdfium.PdfImage], float]:
    """The images of a page, and the share of it that they cover."""
    if HOLDERS.isdisjoint(leaf.kinds):
        return [], 0.0
    images = images_of(leaf.page)
    return images, covered_share(leaf.page, images) if images else 0.0


def _paths(page: pdfium.PdfPage) -> int:
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3)
    return _count(islice(paths, DRAWN + 1))


def _count(items: Iterable[object]) -> int:
    return sum(1 for _ in items)


def _is_garbled(text: str) -> bool:
    """Whether the text is mostly characters that no font maps to a meaning."""
    lost = sum(
        text.count(char)
        for char in set(text)
        if char == "\ufffd" or unicodedata.category(char) in {"Co", "Cc", "Cn"}
    )
    return lost > GARBLED * len(text)


def _is_invisible(page: pdfium.PdfPage) -> bool:
    """Whether the text is laid invisibly over the scan, as OCR programs do."""
    objects = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=3)
    modes = [
        pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) for item in islice(objects, LOOKED_AT)
    ]
    return bool(modes) and modes.count(INVISIBLE) > 0.5 * len(modes)


def _shows_more(leaf: Leaf, images: list[pdfium.PdfImage], letters: int) -> bool:
    """Whether a picture of the whole page shows the text itself, or more than it."""
    printed = _printed_share(leaf.page, leaf.text_page, images)
    if printed > PRINTED or (printed > PRINTED_UNSEEN and _is_unseen(leaf.page)):
        return True
    return _letters_beside(leaf) > max(FEWEST_LETTERS, BESIDE * letters)


def _is_unseen(page: pdfium.PdfPage) -> bool:
    """Whether most of the text is white, or beneath a picture that is drawn after it."""
    kinds = [pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE]
    texts: list[tuple[float, float]] = []
    unseen = count = 0
    for item in islice(page.get_objects(filter=kinds, max_depth=DEPTH), MOST_OBJECTS):
        left, bottom, right, top = bounds_of(item)
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            count += 1
            if _is_white(item):
                unseen += 1
            else:
                texts.append(((left + right) / 2, (bottom + top) / 2))
        else:
            seen = [(x, y) for x, y in texts if not (left < x < right and bottom < y < top)]
            unseen += len(texts) - len(seen)
            texts = seen
    return unseen > 0.5 * count


def _is_white(item: pdfium.PdfObject) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(item.raw, *parts):
        return False
    *colour, alpha = (part.value for part in parts)
    return alpha == 0 or min(colour) >= WHITE


def _printed_share(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, images: list[pdfium.PdfImage]
) -> float:
    """The share of the letters that the text layer names which the image itself shows.

    A typed page with a picture behind it has no ink of the picture under its letters.
    """
    largest = max(images, key=lambda item: item.get_px_size()[0] * item.get_px_size()[1])
    left, bottom, right, top = bounds_of(largest)
    pixels = largest.get_bitmap().to_numpy()
    grey = pixels.reshape(*pixels.shape[:2], -1).mean(axis=2)
    height, width = grey.shape
    across, down = width / max(1e-3, right - left), height / max(1e-3, top - bottom)
    count = text_page.count_chars()
    dark = looked = 0
    for index in range(0, count, max(1, count // LOOKED_AT)):
        x0, y0, x1, y1 = text_page.get_charbox(index)
        spot = grey[
            max(0, int((top - y1) * down)) : max(0, int((top - y0) * down) + 1),
            max(0, int((x0 - left) * across)) : max(0, int((x1 - left) * across) + 1),
        ]
        if spot.size >= 4:
            looked += 1
            dark += bool(spot.max() - spot.min() > 100)
    return dark / looked if looked else 0.0


def _letters_beside(leaf: Leaf) -> int:
    """How many letters the page shows where the text layer has none: those of its picture."""
    from lkjip.extract.scanned.turn import letters_of

    frame = frame_of(leaf.page.raw)
    scale = LETTERS_DPI / 72
    grey = leaf.page.render(scale=scale, grayscale=True).to_numpy().squeeze().copy()
    words = read_words(leaf, frame)
    for x0, y0, x1, y1 in (words.boxes * scale).astype(int).tolist():
        grey[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = 255
    grey[grey > DARK] = 255
    return len(letters_of(grey))
