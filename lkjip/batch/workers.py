"""Worker processes whose end is told truly, however many jobs ask for it at once.

A process of a fork server says once how it ended. Every start of a process asks all others
for that (`multiprocessing.process._cleanup`), so that two jobs may ask about one worker at
the same time; the second finds nothing to read, and multiprocessing says 255.
"""

from __future__ import annotations

import os
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.popen_forkserver import Popen
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any


class _Asked(Popen):
    """Asked by one at a time."""

    def __init__(self, process: BaseProcess) -> None:
        self._lock = Lock()
        super().__init__(process)

    def poll(self, flag: int = os.WNOHANG) -> int | None:
        with self._lock:
            return super().poll(flag)


class Worker(ForkServerProcess):
    """A process whose end any thread may ask for at any time."""

    @staticmethod
    def _Popen(process: BaseProcess) -> Any:
        return _Asked(process)


class Workers(ForkServerContext):
    """The context of a pool; as `multiprocessing.get_context("forkserver")` but for that."""

    Process = Worker
