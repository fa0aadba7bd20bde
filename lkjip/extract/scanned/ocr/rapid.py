"""The recogniser of rapidocr, called directly through onnxruntime.

Only the model file is taken from the rapidocr wheel: nothing is downloaded, and
the wheel's own pipeline (detector, orientation, resizing to a fixed width) stays
out of the way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from lkjip.errors import MissingPart
from lkjip.extract.scanned.ocr.base import UNREAD, Grey, Reading

MODEL = "PP-OCRv6_rec_small.onnx"
HEIGHT = 48  # rows of pixels that the model takes
WIDEST = 2400  # columns; a longer line is squeezed
AMOUNT = "0123456789.,-()%Rp "
WORDS = "".join(map(chr, range(32, 127))) + "–—•·°²³×≥≤±“”‘’…"  # no Chinese, no ł for l
NOUGHTS = "Ooο〇０"  # what a nought alone is taken for; no amount holds any of them
MARKS = ".,"  # one as good as the other: what a mark means is for the parser
BLANK = 0
THREADS = min(2, os.cpu_count() or 1)  # crops of a page read at once, in each worker
LEGIBLE = 0.55  # mean score of the characters; rasters and smudges give less

Scores = npt.NDArray[np.float32]


class Rapid:
    """One crop at a time: measured as fast as batches of 4 to 16, and without their padding."""

    name = "rapidocr"
    reads_digits = True

    def describe(self) -> str:
        return f"rapidocr {version('rapidocr')}, model {model_path().name}"

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        _session()  # once, before the threads ask for it
        # Long ones first: both threads end together, and the memory that the first needed
        # serves the rest, where any order left it in pieces (490 MB after four pages, not 300).
        order = sorted(range(len(crops)), key=lambda i: -crops[i].shape[1] / crops[i].shape[0])
        with ThreadPoolExecutor(THREADS) as pool:  # onnxruntime lets go of the interpreter
            found = dict(zip(order, pool.map(_read, (crops[i] for i in order)), strict=True))
        return [found[i] for i in range(len(crops))]


def model_path() -> Path:
    """The recogniser's file in the rapidocr wheel."""
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise MissingPart("rapidocr is not installed")
    path = Path(found.origin).parent / "models" / MODEL
    if not path.exists():
        raise MissingPart(f"rapidocr {_version()} carries no model {MODEL}")
    return path


def _version() -> str:
    try:
        return version("rapidocr")
    except PackageNotFoundError:
        return "?"


@cache
def _session() -> tuple[Any, str, list[str]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # crops run in parallel, not the layers of one
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it would keep the largest crop's memory for good
    session = onnxruntime.InferenceSession(
        str(model_path()), options, providers=["CPUExecutionProvider"]
    )
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, session.get_inputs()[0].name, ["", *characters, " "]


@cache
def _classes(alphabet: str) -> tuple[npt.NDArray[np.intp], str]:
    """The model's classes for an alphabet, blank first, and their characters."""
    known = _session()[2]
    spelt = "".join(each for each in alphabet if each in known)
    return np.array([BLANK, *(known.index(each) for each in spelt)]), " " + spelt


def _read(crop: Grey) -> Reading:
    if min(crop.shape) < 2:
        return UNREAD
    session, name, _ = _session()
    scores: Scores = session.run(None, {name: _input(crop)})[0][0]
    text, sures, _ = _decode(scores, *_classes(WORDS))
    digits_sure = min((s for char, s in zip(text, sures, strict=True) if char.isdigit()), default=0)
    number, number_sures, places = _decode(_with_noughts(scores), *_classes(AMOUNT))
    sure, number_sure = min(sures, default=0.0), min(number_sures, default=0.0)
    return Reading(text.strip(), sure, number.strip(), number_sure, places, digits_sure)


def _with_noughts(scores: Scores) -> Scores:
    """The scores with those of a nought's look-alikes added to it, in place.

    In an amount they are all noughts: what the model spreads over them is no doubt.
    """
    nought, alike = _noughts()
    scores[:, nought] += scores[:, alike].sum(axis=1)
    return scores


@cache
def _noughts() -> tuple[int, list[int]]:
    known = _session()[2]
    return known.index("0"), [known.index(each) for each in NOUGHTS if each in known]


def _input(crop: Grey) -> Scores:
    width = min(WIDEST, max(16, round(crop.shape[1] * HEIGHT / crop.shape[0])))
    shrinks = crop.shape[0] > HEIGHT
    resized = cv2.resize(
        crop, (width, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return np.broadcast_to(resized.astype(np.float32) / 127.5 - 1, (1, 3, HEIGHT, width)).copy()


def _decode(
    scores: Scores, classes: npt.NDArray[np.intp], characters: str
) -> tuple[str, tuple[float, ...], tuple[float, ...]]:
    """Greedy CTC: the best of the classes at every step, repeats joined, blanks dropped.

    The text, and the score and the place of each of its characters.
    """
    scores = scores[:, classes]
    marks = [i for i, char in enumerate(characters) if char in MARKS]
    best = scores.argmax(1)
    starts = np.flatnonzero((best != BLANK) & (best != np.concatenate([[BLANK], best[:-1]])))
    text = ""
    scored: list[float] = []
    places: list[float] = []
    for start in starts:
        end = start
        while end < len(best) and best[end] == best[start]:
            end += 1
        text += characters[best[start]]
        like = marks if best[start] in marks else [best[start]]
        scored.append(float(scores[start:end, like].sum(axis=1).max()))
        places.append((start + end) / 2 / len(best))
    if not text or sum(scored) < LEGIBLE * len(scored):
        return "", (), ()
    return text, tuple(scored), tuple(places)
