"""The settings of a run: one frozen record, hashed into the cache key."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_type_hints

from lkjip.errors import UsageError

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

        The files that settings name are left out: what they hold counts, not where they
        stand, and corrections count for their own documents only.
        """
        named = dict.fromkeys(("chart", "aliases", "corrections"))
        values = asdict(self) | {"password": self.password is not None} | named
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def read_settings(path: Path) -> Settings:
    """The settings of a TOML file (`ocr = "never"`); raises `UsageError` for one that is none."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    kinds = get_type_hints(Settings)
    for name, value in values.items():
        if name not in kinds:
            known = ", ".join(field.name for field in fields(Settings))
            raise UsageError(f"{path}: there is no setting {name!r}; there are {known}")
        if not _fits(value, kinds[name]):
            raise UsageError(f"{path}: {name} cannot be {value!r}")
    return Settings(**values)


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a field's type: a choice, or (a number for) one of its types."""
    choices = get_args(kind) or (kind,)
    if not all(isinstance(choice, type) for choice in choices):
        return value in choices
    number = float in choices and isinstance(value, int)
    return (number or isinstance(value, tuple(choices))) and not isinstance(value, bool | NoneType)
