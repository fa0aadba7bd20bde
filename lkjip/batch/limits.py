"""What a worker may take: the kernel holds it to it, so that no library can get round it."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from pathlib import Path

from lkjip.settings import Settings

# Code and files mapped into a worker count for its resident memory, not for its data:
# 190 MiB with the OCR engines loaded (measured in tests/faults/battery.py).
MAPPED_BYTES = 256 * 2**20
SPENT_SHARE = 0.5  # of what a worker may take; one with the OCR engines loaded holds a fifth
_PR_SET_PDEATHSIG = 1


def confine(settings: Settings) -> None:
    """Bind this process for good: memory, no core dumps, no terminal, no life after its parent."""
    collect_seldom()
    gc.freeze()  # what all workers share is not looked through for cycles, and so stays shared
    memory = _data_limit(settings)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    silence = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(silence, handle)
    os.close(silence)


def collect_seldom() -> None:
    """Look for cycles of objects less often than Python does by default.

    A page is thousands of small records and hardly a cycle: it took 8 % of the CPU
    (rfk 2021, `lkjip tables`).
    """
    gc.set_threshold(10_000)


def is_spent(settings: Settings) -> bool:
    """Whether this process holds so much memory that the next document might lack it.

    What a library took for one document it may keep for good; Linux tells.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return False
    held = int(status.partition("VmData:")[2].split(maxsplit=1)[0]) * 1024
    return held > _data_limit(settings) * SPENT_SHARE


def _data_limit(settings: Settings) -> int:
    return max(settings.memory_bytes - MAPPED_BYTES, MAPPED_BYTES)


def alarm(seconds: float) -> None:
    """Have the kernel end this process (SIGALRM) unless called again in time.

    A thread or a Python handler could not: a library that hangs may never give
    the interpreter back.
    """
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))


def disarm() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
