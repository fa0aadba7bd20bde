"""Words of a page with their boxes: one text call, boxes of first and last characters only."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from lkjip.extract.leaf import Leaf
from lkjip.extract.typed import raw
from lkjip.extract.typed.geometry import Boxes, Frame, redisplay
from lkjip.extract.typed.lines import lines_of
from lkjip.extract.typed.seen import seen_words
from lkjip.records import TextLine

WORD = re.compile(r"[^\s\u00a0\x00-\x1f\ufffe\uffff]+[\x02\ufffe]?")
MADE_UP = re.compile(r"[\x02\ufffe]")  # what pdfium writes for a hyphen at a line's end
SOFT_HYPHEN = "\u00ad"
SYMBOL = re.compile(r"[\ue000-\uf8ff]")  # glyphs of symbol fonts (bullets)
LIGATURE = re.compile(r"[\ufb00-\ufb06]")
BOLD = re.compile(r"bold|black|heavy|,\s*b", re.IGNORECASE)
TALL = re.compile(r"[A-Z0-9bdfhkl]")
HAIR = 0.02  # radians; a turn less than this is upright


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a page, one entry each in every field, in the order of the content."""

    texts: list[str]
    boxes: Boxes  # displayed
    bold: NDArray[np.bool_]
    turns: NDArray[np.int8]  # quarter turns clockwise against the page as displayed; -1 oblique

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def middles(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """x and y of the middle of each word."""
        x0, y0, x1, y1 = self.boxes.T
        return (x0 + x1) / 2, (y0 + y1) / 2

    @cached_property
    def sides(self) -> list[list[float]]:
        """The boxes as plain numbers, which are faster to walk than an array."""
        sides: list[list[float]] = self.boxes.tolist()
        return sides

    def lines(self, picked: Sequence[int]) -> tuple[TextLine, ...]:
        """The picked words as lines of text (see `lines_of`)."""
        groups = np.zeros(len(picked), dtype=np.intp)
        ((_, lines),) = self.lines_by_group(np.array(picked, dtype=np.intp), groups) or ((0, ()),)
        return lines

    def lines_by_group(
        self, picked: NDArray[np.intp], groups: NDArray[np.intp]
    ) -> list[tuple[int, tuple[TextLine, ...]]]:
        """The picked words as lines of text, by the group that each is of (see `lines_of`)."""
        return lines_of(self.texts, self.boxes, self.bold, picked, groups)

    def select(self, keep: NDArray[np.bool_]) -> Words:
        picked = np.flatnonzero(keep)
        if len(picked) == len(self):
            return self
        return Words(
            [self.texts[i] for i in picked],
            self.boxes[picked],
            self.bold[picked],
            self.turns[picked],
        )

    def scaled(self, factor: float) -> Words:
        return self if factor == 1 else replace(self, boxes=self.boxes * factor)

    def turned(self, size: tuple[float, float], quarters: int) -> Words:
        """The words as they stand after turning a page of `size` clockwise."""
        turns = np.where(self.turns < 0, self.turns, (self.turns + quarters) % 4).astype(np.int8)
        boxes = redisplay(self.boxes, size, quarters)
        return replace(self, boxes=boxes, turns=turns)


def read_words(leaf: Leaf, frame: Frame) -> Words:
    """Every word in view, oblique ones (watermarks) included."""
    text, text_page = leaf.text, leaf.text_page.raw
    spans = [match.span() for match in WORD.finditer(text)]
    firsts, lasts = [start for start, _ in spans], [end - 1 for _, end in spans]
    if MADE_UP.search(text):
        lasts = [_last(text, start, end) for start, end in spans]
        text = MADE_UP.sub("-", text)
    texts = [text[start:end] for start, end in spans]
    texts = [word if word.isascii() else _clean(word) for word in texts]
    first_boxes, last_boxes = np.split(_char_boxes(text_page, firsts + lasts), 2)
    low = np.minimum(first_boxes[:, :2], last_boxes[:, :2])
    high = np.maximum(first_boxes[:, 2:], last_boxes[:, 2:])
    page = raw.address(text_page)
    objects = [item or 0 for item in map(raw.text_object_at, repeat(page), firsts)]
    bold, turns = _styles(text_page, firsts, objects, frame.turn)
    quarters = np.where(turns < 0, -1, (turns - frame.turn) % 4)  # in user space
    for i in _misfits(high - low, texts, quarters):
        quarter = int(quarters[i])
        sides = _heights(text_page, firsts[i], lasts[i], texts[i], quarter)
        low[i, 1 - quarter % 2], high[i, 1 - quarter % 2] = sides
    boxes = frame.display(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    words = Words(texts, boxes, bold, turns)
    return words.select(seen_words(texts, boxes, objects, frame.size))


def _char_boxes(text_page: pdfium_c.FPDF_TEXTPAGE, indices: list[int]) -> Boxes:
    """Loose boxes (line height, not ink) of characters in user space: left, bottom, right, top."""
    memory = np.zeros((len(indices), 4), dtype=np.float32)  # FS_RECTF: left, top, right, bottom
    page, (places, *_) = repeat(raw.address(text_page)), raw.places(memory)
    deque(map(raw.loose_char_box, page, indices, places), 0)
    left, right = memory[:, 0], memory[:, 2]
    top, bottom = np.maximum(memory[:, 1], memory[:, 3]), np.minimum(memory[:, 1], memory[:, 3])
    return np.stack([np.minimum(left, right), bottom, np.maximum(left, right), top], axis=1)


def _misfits(sizes: Boxes, texts: list[str], quarters: NDArray[np.int8]) -> list[int]:
    """Words whose line height cannot be: the font states a false ascent or descent.

    A line is about twice as high as a letter is wide; ten times is beyond any font.
    """
    width, height = np.where(quarters % 2 == 0, sizes.T, sizes.T[::-1])
    if ((height > 0) & (height <= 30)).all():
        return []
    letters = np.array([len(text) for text in texts])
    tall = (height > 30) & (height > 10 * width / np.maximum(letters, 1))
    picked: list[int] = np.flatnonzero((quarters >= 0) & ((height <= 0) | tall)).tolist()
    return picked


def _heights(
    text_page: pdfium_c.FPDF_TEXTPAGE, first: int, last: int, text: str, quarter: int
) -> tuple[float, float]:
    """The two sides of a line around a word turned clockwise, from its ink and its baseline."""
    page, origin = raw.address(text_page), (ctypes.c_double * 2)()
    sides = (ctypes.c_double * 4)()  # left, right, bottom, top
    raw.char_origin(page, first, *raw.doubles(origin))
    baseline = origin[1 - quarter % 2]
    up = 1 if quarter < 2 else -1  # upright text rises with y, text turned right with x
    reach = (3, 1, 2, 0)[quarter]
    rise = 0.0
    places = raw.doubles(sides)
    for index in range(first, last + 1):
        raw.char_box(page, index, *places)
        rise = max(rise, up * (sides[reach] - baseline))
    capital = rise if TALL.search(text) else 1.4 * rise
    foot, head = baseline - up * 0.3 * capital, baseline + up * 1.1 * capital
    return min(foot, head), max(foot, head)


def _last(text: str, start: int, end: int) -> int:
    """The last character with a place of its own: pdfium makes up the hyphen at a line's end."""
    return end - 2 if end - start > 1 and MADE_UP.match(text, end - 1) else end - 1


def _clean(word: str) -> str:
    word = SYMBOL.sub("•", word.replace(SOFT_HYPHEN, "-"))
    if LIGATURE.search(word):
        word = unicodedata.normalize("NFKC", word)
    return unicodedata.normalize("NFC", word)


def _styles(
    text_page: pdfium_c.FPDF_TEXTPAGE, firsts: list[int], objects: list[int], turn: int
) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
    """Bold or not, and the turn against the displayed page, of the characters at `firsts`."""
    page, get_angle = raw.address(text_page), raw.char_angle
    seen: dict[int, tuple[bool, float]] = {}  # of each text object
    fonts: dict[int, bool] = {}
    styles = []
    for index, item in zip(firsts, objects, strict=True):
        if not item or item not in seen:
            font = raw.font_of(item) or 0
            if font not in fonts:
                fonts[font] = _is_bold(ctypes.cast(font, pdfium_c.FPDF_FONT))
            seen[item] = (fonts[font], get_angle(page, index))
        styles.append(seen[item])
    bold = np.array([is_bold for is_bold, _ in styles], dtype=np.bool_)
    angles = np.array([angle for _, angle in styles], dtype=np.float64)
    if not angles.any():
        return bold, np.full(len(firsts), turn, dtype=np.int8)
    odd = np.abs(np.sin(2 * angles)) > HAIR  # a slanted (false italic) letter has an odd angle too
    for i in np.flatnonzero(odd).tolist():
        angles[i] = _baseline_angle(text_page, firsts[i])
    # pdfium's angle runs clockwise, in user space
    quarters = angles / (np.pi / 2)
    near = np.rint(quarters)
    turns = (near.astype(np.int64) + turn) % 4
    turns[np.abs(quarters - near) > HAIR] = -1
    return bold, turns.astype(np.int8)


def _baseline_angle(text_page: pdfium_c.FPDF_TEXTPAGE, index: int) -> float:
    """The angle of the line that a character stands on, clockwise."""
    m = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, index, ctypes.byref(m))
    return math.atan2(-m.b, m.a)


def _is_bold(font: pdfium_c.FPDF_FONT) -> bool:
    if not font:
        return False
    buffer = ctypes.create_string_buffer(128)
    pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 128)
    name = buffer.value.decode("utf-8", "replace")
    return bool(BOLD.search(name)) or pdfium_c.FPDFFont_GetWeight(font) >= 600
