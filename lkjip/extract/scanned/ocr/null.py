"""An engine that reads nothing: for layout tests, and where no OCR is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip.extract.scanned.ocr.base import UNREAD, Grey, Reading


class Null:
    name = "null"
    reads_digits = False

    def describe(self) -> str:
        return "reads nothing"

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        return [UNREAD for _ in crops]
