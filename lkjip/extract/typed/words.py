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


Side = NDArray[np.float32]


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
    if not text.isascii():
        texts = [word if word.isascii() else _clean(word) for word in texts]
    sides = _sides(text_page, firsts, lasts)
    page = raw.address(text_page)
    objects = [item or 0 for item in map(raw.text_object_at, repeat(page), firsts)]
    bold, turns = _styles(text_page, firsts, objects, frame.turn)
    quarters = np.where(turns < 0, -1, (turns - frame.turn) % 4)  # in user space
    for i in _misfits(sides, texts, quarters):
        quarter = int(quarters[i])
        heights = _heights(text_page, firsts[i], lasts[i], texts[i], quarter)
        sides[1 - quarter % 2][i], sides[3 - quarter % 2][i] = heights
    boxes = frame.display(*sides)
    words = Words(texts, boxes, bold, turns)
    return words.select(seen_words(texts, boxes, objects, frame.size))


def _sides(text_page: pdfium_c.FPDF_TEXTPAGE, firsts: list[int], lasts: list[int]) -> list[Side]:
    """Left, bottom, right, top of words in user space, by line height, not ink."""
    memory = np.zeros((2 * len(firsts), 4), dtype=np.float32)  # FS_RECTF: left, top, right, bottom
    page, (places, *_) = repeat(raw.address(text_page)), raw.places(memory)
    deque(map(raw.loose_char_box, page, firsts + lasts, places), 0)
    first, last = memory[: len(firsts)], memory[len(firsts) :]
    low, high = np.minimum(first, last), np.maximum(first, last)
    return [
        np.minimum(low[:, 0], low[:, 2]),
        np.minimum(low[:, 1], low[:, 3]),
        np.maximum(high[:, 0], high[:, 2]),
        np.maximum(high[:, 1], high[:, 3]),
    ]


def _misfits(sides: list[Side], texts: list[str], quarters: NDArray[np.int8]) -> list[int]:
    """Words whose line height cannot be: the font states a false ascent or descent.

    A line is about twice as high as a letter is wide; ten times is beyond any font.
    """
    left, bottom, right, top = sides
    width, height = right - left, top - bottom
    if quarters.any():
        is_level = quarters % 2 == 0
        width, height = np.where(is_level, (width, height), (height, width))
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
    page = raw.address(text_page)
    seen = dict(zip(reversed(objects), reversed(firsts), strict=True))  # where each object begins
    fonts = [font or 0 for font in map(raw.font_of, seen)]
    is_bold = {font: _is_bold(ctypes.cast(font, pdfium_c.FPDF_FONT)) for font in set(fonts)}
    bold_of = dict(zip(seen, map(is_bold.__getitem__, fonts), strict=True))
    bold = np.array(list(map(bold_of.__getitem__, objects)), dtype=np.bool_)
    angle_of = dict(zip(seen, map(raw.char_angle, repeat(page), seen.values()), strict=True))
    if 0 not in seen and not any(angle_of.values()):
        return bold, np.full(len(firsts), turn, dtype=np.int8)
    angles = np.array(
        [
            angle_of[item] if item else raw.char_angle(page, first)
            for item, first in zip(objects, firsts, strict=True)
        ]
    )
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
