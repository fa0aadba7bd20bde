"""Why a worker ended before its document did."""

from __future__ import annotations

import re
import signal
from concurrent.futures import TimeoutError
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired

from lkjip.batch.kept import out_of_memory, read_begun, slow_document, slow_page
from lkjip.errors import DocumentCrashed, LkjipError
from lkjip.settings import Settings

FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGHUP})
_FRAME = re.compile(r'^  File "([^"]+)", line \d+ in (\w+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ending:
    """The error that the document's row shows.

    `from_outside`: the worker was killed, or its pool failed, for no reason of
    the document's, as far as one can tell. `is_alarm`: its time was up.
    """

    error: LkjipError
    from_outside: bool = False
    is_alarm: bool = False


def ending(error: BaseException, folder: Path, settings: Settings) -> Ending:
    """What the end of a worker means; `folder` is the document's."""
    if isinstance(error, TimeoutError):
        return Ending(slow_document(settings), is_alarm=True)
    if not isinstance(error, ProcessExpired):
        return Ending(DocumentCrashed("its worker was lost"), from_outside=True)
    code = int(error.exitcode)
    if code >= 0:
        return Ending(DocumentCrashed(f"its worker ended by itself with exit code {code}"))
    return _of_signal(-code, folder, settings)


def _of_signal(number: int, folder: Path, settings: Settings) -> Ending:
    name = _signal_name(number)
    if number == signal.SIGALRM:
        begun = read_begun(folder)
        slow = slow_page if begun and begun.page else slow_document
        return Ending(slow(settings), is_alarm=True)
    if number in FROM_OUTSIDE:
        return Ending(DocumentCrashed(f"its worker was killed ({name})"), from_outside=True)
    place = _place(folder)
    if number == signal.SIGABRT and place == "pypdfium2":
        # pdfium calls abort() for want of memory alone; its failed checks trap (SIGILL, SIGTRAP)
        return Ending(out_of_memory(settings))
    return Ending(DocumentCrashed(f"its worker crashed ({name}{f' in {place}' if place else ''})"))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _place(folder: Path) -> str | None:
    """The package that the worker was in when it crashed, by faulthandler's note."""
    try:
        frame = _FRAME.search((folder / "fault").read_text(errors="replace"))
    except OSError:
        return None
    if frame is None:
        return None
    parts = Path(frame[1]).with_suffix("").parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return parts[-1]
