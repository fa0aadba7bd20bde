"""Values of records to values of the output: they fit their type, or are null."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import pyarrow as pa

from lkjip.records import NOWHERE, Box

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)  # rounds nothing that fits a column
_BITS: dict[pa.DataType, int] = {pa.int8(): 8, pa.int16(): 16, pa.int32(): 32}
_UNSAFE = re.compile(
    "[\x00\ud800-\udfff]"
)  # no UTF-8 for half a surrogate pair, no database takes NUL


def raw(value: str | None) -> str | None:
    """Text as printed; null when there is no ink in it."""
    if value is None or not value.strip():
        return None
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", value)


def text(value: str | None) -> str | None:
    """NFC with single spaces; null when nothing is left."""
    if value is None:
        return None
    return raw(" ".join(unicodedata.normalize("NFC", value).split()))


def decimal(value: Decimal | None, kind: pa.Decimal128Type) -> Decimal | None:
    """The value at the scale of its column; null when it is no number or too big for it."""
    if value is None or not value.is_finite() or value.adjusted() >= kind.precision - kind.scale:
        return None
    exact = value.quantize(Decimal(1).scaleb(-kind.scale), context=_WIDE)
    return exact if exact.adjusted() < kind.precision - kind.scale else None


def integer(value: int | None, kind: pa.DataType) -> int | None:
    """The integer, or null when its column cannot hold it."""
    if value is None or not -(2 ** (_BITS[kind] - 1)) <= value < 2 ** (_BITS[kind] - 1):
        return None
    return int(value)


def real(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def box(where: Box) -> dict[str, float | None]:
    """The four coordinates, null where there is no place."""
    corners = [None] * 4 if where == NOWHERE else [real(corner) for corner in where]
    return dict(zip(("x0", "y0", "x1", "y1"), corners, strict=True))


def plain(value: Decimal) -> str:
    """A decimal without needless zeros: 50000000, 98.64."""
    if not value.is_finite() or abs(value.adjusted()) > _WIDE.prec:
        return str(value)
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def shown(value: Decimal | str) -> str | None:
    return plain(value) if isinstance(value, Decimal) else text(value)


def as_json(value: Mapping[str, Any] | Sequence[Any]) -> str | None:
    """Compact JSON with decimals as text (exact); null when there is nothing in it."""
    return json.dumps(_jsonable(value), ensure_ascii=False) if value else None


def _jsonable(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {text(str(key)) or "": _jsonable(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_jsonable(item) for item in value), key=str)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_jsonable(item) for item in value]
    if isinstance(value, float):
        return real(value)
    return shown(value if isinstance(value, Decimal) else str(value)) or ""
