"""Runs that are killed, interrupted, starved of disk or run twice, and what must hold after."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import faulty

DRIVER = Path(__file__).with_name("driver.py")
PAGE_SECONDS = "0.02"


def documents(folder: Path, count: int, pages: int = 3) -> Path:
    """`count` made-up documents, one of them with a page that crashes its worker."""
    for number in range(count):
        faulty.write(folder, f"{number % 7}/{number:03}.pdf", pages)
    faulty.write(folder, "bad.pdf", pages, "segfault 2")
    return folder


def start(source: Path, output: Path, jobs: int = 2) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, DRIVER, source, output, str(jobs)],
        env={**os.environ, "LKJIP_TEST_PAGE_SECONDS": PAGE_SECONDS},
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def finish(source: Path, output: Path, jobs: int = 2) -> tuple[int, str]:
    """The exit code of a run left in peace, and what it said."""
    process = start(source, output, jobs)
    said = process.communicate(timeout=120)[1].decode()
    return process.returncode, said


def tables(output: Path) -> dict[str, str]:
    """Hashes of everything that must not depend on how the run went."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.iterdir())
        if path.is_file() and path.name != "run.json"  # which tells of the run
    }


def torn(output: Path) -> list[str]:
    """Files of the output or its journal that are not whole."""
    bad = [str(path) for path in output.glob("*.parquet") if path.read_bytes()[-4:] != b"PAR1"]
    for path in (output / ".lkjip" / "journal").rglob("*.zip"):
        try:
            with zipfile.ZipFile(path) as entry:
                if entry.testzip() is not None:
                    bad.append(str(path))
        except zipfile.BadZipFile:
            bad.append(str(path))
    return bad


def kill_until_done(
    source: Path, output: Path, kills: int, luck: random.Random, longest: float
) -> Iterator[tuple[int, list[str]]]:
    """Kill runs at random moments: (kills so far, torn files) after each."""
    for count in range(1, kills + 1):
        process = start(source, output)
        time.sleep(luck.uniform(0.2, longest))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        yield count, torn(output)


def interrupt(source: Path, output: Path, until: Callable[[], bool]) -> tuple[float, int]:
    """(seconds until the end, exit code) of a run that gets Ctrl-C, as a terminal sends it."""
    process = start(source, output)
    while not until():
        time.sleep(0.02)
    sent = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=30)  # not for its stderr, which helpers hold a moment longer
    seconds = time.monotonic() - sent
    process.communicate()
    return seconds, process.returncode


def left_behind(source: Path) -> list[int]:
    """Processes that still work for runs over `source`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(source).encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
