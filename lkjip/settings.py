"""The settings of a run: one frozen record, hashed into the cache key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

Engine = Literal["pdfium", "pdfplumber", "camelot"]
Ocr = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What may change the reading of a document."""

    engine: Engine = "pdfium"
    ocr: Ocr = "auto"
    password: str | None = None
    chart: str | None = None  # path of a region's own accounts, CSV
    aliases: str | None = None  # path of a region's own name aliases, CSV
    corrections: str | None = None  # path of a person's corrections, JSON lines
    max_bytes: int = 512 * 2**20
    max_pages: int = 5_000
    max_pixels: int = 50_000_000  # of one rendered or embedded page image
    document_seconds: float = 600.0
    page_seconds: float = 60.0
    memory_bytes: int = 2 * 2**30

    def key(self) -> str:
        """A short hash that changes with any setting (the password only by its being set).

        Corrections are left out: their fingerprint is each document's own, so that
        one correction does not make every document new.
        """
        values = asdict(self) | {"password": self.password is not None, "corrections": None}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
