"""A reader of made-up documents that misbehave on command, in the place of `lkjip.pipeline.read`.

A document is a text: `pages N`, then lines `FAULT PAGE` (page 0: before any page).
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lkjip import pipeline
from lkjip.errors import LkjipError
from lkjip.extract.document import hash_file
from lkjip.extract.pages import Keep, PageRead, read_afresh
from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Document, Mention, Page, PageKind, Report, Status
from lkjip.settings import Settings

PAGE_SECONDS = float(os.environ.get("LKJIP_TEST_PAGE_SECONDS", "0"))


def eat_memory() -> None:
    held = []
    while True:
        held.append(bytearray(2**24))


def eat_memory_in_c() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        ctypes.memset(libc.malloc(ctypes.c_size_t(2**24)), 1, 2**24)


HELD: list[bytearray] = []


def keep_memory() -> None:
    """For good, as a library may: what a worker may take is there only once."""
    HELD.append(bytearray(150 * 2**20))


def fill_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def hang() -> None:
    """Without giving the interpreter back, as a library that hangs does."""
    ctypes.PyDLL(None).sleep(10_000)


FAULTS: dict[str, Callable[[], object]] = {
    "segfault": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "exit": lambda: os._exit(7),
    "sys-exit": lambda: sys.exit(3),
    "hang": hang,
    "memory": eat_memory,
    "memory-in-c": eat_memory_in_c,
    "memory-kept": keep_memory,
    "raise": lambda: {}["missing"],
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "disk-full": fill_disk,
}


def read(
    path: Path, settings: Settings, file: str | None = None, keep: Keep = read_afresh
) -> Report:
    document = Document(hash_file(path), file or path.name, Status.OK)
    pages, faults = 0, {}
    for line in path.read_text().splitlines():
        word, _, number = line.partition(" ")
        if word == "pages":
            pages = int(number)
        elif word in FAULTS:
            faults[int(number)] = FAULTS[word]
    if 0 in faults:
        faults[0]()
    reads = [keep(n, lambda n=n: _page(n, faults), pages) for n in range(1, pages + 1)]  # type: ignore[misc]
    done = [r.page for r in reads if r.page is not None]
    error = next((r.error for r in reads if r.error is not None), None)
    if not done and isinstance(error, LkjipError):
        return pipeline.rejected(document, error)
    mentions = tuple(
        Mention(page.number, "Belanja", "anggaran", Decimal(page.number), f"Rp {page.number}")
        for page in done
    )
    cost = Issue(
        IssueCode.AMOUNT_MISSING, Severity.WARNING, "missing", 1, rupiah_at_stake=Decimal(pages)
    )
    return Report(
        replace(document, pages=len(done), seconds=time.process_time()),
        mentions=mentions,
        issues=(cost, *(issue for r in reads for issue in r.issues)),
    )


def _page(number: int, faults: dict[int, Callable[[], object]]) -> PageRead:
    time.sleep(PAGE_SECONDS)
    if number in faults:
        faults[number]()
    return PageRead(Page(number, 595, 842, PageKind.TYPED))


def write(folder: Path, name: str, pages: int, *faults: str) -> Path:
    """A made-up document; `name` keeps its bytes apart from others'."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([f"# {name}", f"pages {pages}", *faults]))
    return path
