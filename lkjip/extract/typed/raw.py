"""pdfium's small questions, asked by the ten thousand a page.

pypdfium2's own bindings wrap every pointer in an object. These take and return plain
addresses and keep the interpreter lock, which halves the cost of a call; what they
call is the same library. Indices are declared as pointers too: ctypes converts those
fastest (a call of three takes 0.31 µs in place of 0.42), and both pass in a register.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from ctypes import c_float, c_int, c_void_p
from typing import Any

import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray


def address(pointer: Any) -> int:
    """The plain address of a pypdfium2 pointer; 0 for null."""
    return ctypes.cast(pointer, c_void_p).value or 0


def places(memory: NDArray[Any]) -> Iterator[range]:
    """Of each column of an array, where its entries stand in memory."""
    start, size = memory.ctypes.data, memory.itemsize
    step = size * memory.shape[1]
    for column in range(memory.shape[1]):
        first = start + size * column
        yield range(first, first + step * len(memory), step)


def doubles(memory: ctypes.Array[ctypes.c_double]) -> list[int]:
    """The address of each number of a buffer."""
    start = ctypes.addressof(memory)
    return [start + 8 * i for i in range(len(memory))]


def _plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    function = ctypes.cast(getattr(pdfium_c, name), c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(function or 0)


_P = c_void_p
loose_char_box = _plain("FPDFText_GetLooseCharBox", c_int, _P, _P, _P)
char_box = _plain("FPDFText_GetCharBox", c_int, _P, _P, _P, _P, _P, _P)
char_origin = _plain("FPDFText_GetCharOrigin", c_int, _P, _P, _P, _P)
char_angle = _plain("FPDFText_GetCharAngle", c_float, _P, _P)
text_object_at = _plain("FPDFText_GetTextObject", _P, _P, _P)
font_of = _plain("FPDFTextObj_GetFont", _P, _P)
render_mode = _plain("FPDFTextObj_GetTextRenderMode", c_int, _P)
page_object = _plain("FPDFPage_GetObject", _P, _P, _P)
form_object = _plain("FPDFFormObj_GetObject", _P, _P, _P)
object_type = _plain("FPDFPageObj_GetType", c_int, _P)
object_bounds = _plain("FPDFPageObj_GetBounds", c_int, _P, _P, _P, _P, _P)
object_matrix = _plain("FPDFPageObj_GetMatrix", c_int, _P, _P)
draw_mode = _plain("FPDFPath_GetDrawMode", c_int, _P, _P, _P)
count_segments = _plain("FPDFPath_CountSegments", c_int, _P)
path_segment = _plain("FPDFPath_GetPathSegment", _P, _P, _P)
segment_type = _plain("FPDFPathSegment_GetType", c_int, _P)
segment_point = _plain("FPDFPathSegment_GetPoint", c_int, _P, _P, _P)
segment_closes = _plain("FPDFPathSegment_GetClose", c_int, _P)
