"""One run at a time writes to an output folder.

The kernel holds the locks (flock), so they end with the process, however it ends.
A whole run takes the folder; shards share it and take their own number each.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lkjip.errors import OutputLocked


@contextmanager
def locked(folder: Path, part: str | None = None) -> Iterator[None]:
    """Hold the folder, or the named part of it; raises `OutputLocked` while another run does."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = _take(folder / "lock", fcntl.LOCK_SH if part else fcntl.LOCK_EX)
    try:
        own = _take(folder / f"lock-{part}", fcntl.LOCK_EX) if part else None
        try:
            yield
        finally:
            if own is not None:
                os.close(own)
    finally:
        os.close(whole)


def _take(path: Path, how: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputLocked(f"another run is writing to {path.parent.parent}") from None
    except BaseException:
        os.close(handle)
        raise
    return handle
