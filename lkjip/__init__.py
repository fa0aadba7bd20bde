"""Indonesian government performance reports, from PDF to proven tables.

import lkjip

report = lkjip.read("lkjip-2020.pdf")  # .lines, .facts, .issues, ...: pandas
lkjip.run(["reports/"], "output/")  # as the command line does
lkjip.tables("any.pdf", pages=[3])  # raw tables: cells, spans, boxes
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lkjip.api import ReportFrames, read, run, tables
    from lkjip.settings import Settings

__version__ = "0.1.0"

__all__ = ["ReportFrames", "Settings", "__version__", "read", "run", "tables"]

_PLACES = {
    "ReportFrames": "lkjip.api",
    "Settings": "lkjip.settings",
    "read": "lkjip.api",
    "run": "lkjip.api",
    "tables": "lkjip.api",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import lkjip` costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
