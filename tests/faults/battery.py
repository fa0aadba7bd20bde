"""The long battery: python tests/faults/battery.py [--kills 100] [--interrupts 10] [--faults 20].

Faults in workers, kill -9 and Ctrl-C at random moments, a full disk and two runs at once, over
made-up documents; then, with --hostile FOLDER or --damaged FOLDER, files that do it by
themselves. Prints what was found; the exit code is the number of promises broken.
Linux; the full disk needs the right to mount a tmpfs and is left out without it.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import faulty  # noqa: E402
import interruptions  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from lkjip.batch.run import How, run  # noqa: E402
from lkjip.batch.telling import Silent  # noqa: E402
from lkjip.settings import Settings  # noqa: E402

FAULTS = ("segfault", "abort", "exit", "hang", "memory", "memory-in-c")
GIB = 2**30
broken: list[str] = []


def check(holds: bool, what: str) -> None:
    print(f"{'ok    ' if holds else 'BROKEN'} {what}", flush=True)
    if not holds:
        broken.append(what)


def faults(folder: Path, times: int) -> None:
    """Every fault, on a page and before any, `times` times each, with neighbours."""
    for fault in FAULTS:
        for number in range(times):
            faulty.write(folder / "in", f"{fault}/page-{number}.pdf", 3, f"{fault} 2")
            faulty.write(folder / "in", f"{fault}/open-{number}.pdf", 3, f"{fault} 0")
            faulty.write(folder / "in", f"{fault}/sound-{number}.pdf", 3)
    settings = Settings(document_seconds=6, page_seconds=3)
    with peak_memory() as peak:
        run([folder / "in"], folder / "out", settings, How(jobs=2, reader=faulty.read))
    rows = pq.read_table(folder / "out" / "documents.parquet").to_pylist()
    check(len(rows) == 3 * times * len(FAULTS), f"{len(rows)} documents, a row each")
    seen = Counter(
        (row["file"].split("/")[0], row["file"].split("/")[1].split("-")[0], row["status"])
        for row in rows
    )
    for (fault, where, status), count in sorted(seen.items()):
        wanted = {"sound": ("ok",), "page": ("partial",), "open": ("limit", "crashed")}[where]
        check(status in wanted, f"{fault} {where}: {count} × {status}")
    check(peak.bytes <= 2 * GIB, f"largest process {peak.bytes / GIB:.2f} GiB")


def kills(folder: Path, times: int) -> None:
    """kill -9 at random moments of runs of different ages."""
    source = interruptions.documents(folder / "in", 60)
    started = time.monotonic()
    interruptions.finish(source, folder / "whole")
    longest = time.monotonic() - started
    whole, luck = interruptions.tables(folder / "whole"), random.Random(8)
    torn, differing, left = 0, 0, 0
    for number in range(0, times, 5):
        output = folder / f"out-{number}"
        count = min(5, times - number)
        for _, bad in interruptions.kill_until_done(source, output, count, luck, longest):
            torn += len(bad)
        interruptions.finish(source, output, jobs=luck.choice((1, 2)))
        differing += interruptions.tables(output) != whole
        left += len(interruptions.left_behind(source))
    check(torn == 0, f"{times} × kill -9: {torn} torn files")
    check(differing == 0, f"{times} × kill -9: {differing} final outputs differ")
    check(left == 0, f"{times} × kill -9: {left} processes left behind")


def interrupts(folder: Path, times: int) -> None:
    """Ctrl-C at random moments of a run."""
    source, luck = interruptions.documents(folder / "in", 60), random.Random(9)
    started = time.monotonic()
    interruptions.finish(source, folder / "whole")
    whole = time.monotonic() - started
    seconds, codes = [], set()
    for number in range(times):
        moment = time.monotonic() + whole * luck.uniform(0.4, 0.8)
        output = folder / f"out-{number}"
        took, code = interruptions.interrupt(
            source, output, lambda moment=moment: time.monotonic() > moment
        )
        seconds.append(took)
        codes.add(code)
        interruptions.finish(source, output)
        same = interruptions.tables(output) == interruptions.tables(folder / "whole")
        if not same:
            check(False, f"Ctrl-C {number}: the output differs")
    check(codes == {130}, f"{times} × Ctrl-C: exit codes {codes}")
    check(max(seconds) <= 1, f"{times} × Ctrl-C: ended within {max(seconds):.2f} s")


def full_disk(folder: Path) -> None:
    """A tmpfs that fills up, and then has room again."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "lkjip-test", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        print("skipped: a full disk (no right to mount a tmpfs)")
        return
    try:
        source = interruptions.documents(folder / "in", 60)
        code, said = interruptions.finish(source, disk / "out")
        check(code == 28, f"full disk: exit code {code}: {said.strip()[:100]}")
        check(len(said.strip().splitlines()) == 1, "full disk: one line said")
        check(interruptions.torn(disk / "out") == [], "full disk: no torn file")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        code, said = interruptions.finish(source, disk / "out")
        interruptions.finish(source, folder / "whole")
        same = interruptions.tables(disk / "out") == interruptions.tables(folder / "whole")
        check(code == 0 and same, f"full disk: with room again: {code} {said.strip()[:100]}")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def two_at_once(folder: Path) -> None:
    source = interruptions.documents(folder / "in", 100)
    first = interruptions.start(source, folder / "out")
    while not list((folder / "out").rglob("*.zip")):
        time.sleep(0.05)
    code, said = interruptions.finish(source, folder / "out")
    check(code == 11, f"two runs at once: the second exits with {code}: {said.strip()[:80]}")
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)


OUTCOMES = {"ok": ("ok", "partial"), "reject": ("rejected",), "limit": ("limit", "partial")}


def files(folder: Path, source: Path, index: Path | None) -> None:
    """Files that do harm: a row for each, in time, within memory, with the expected outcome."""
    limits = Settings(document_seconds=20, page_seconds=10)
    told = Slowest()
    with peak_memory() as peak:
        result = run([source], folder / source.name, limits, How(jobs=2), told)
    rows = pq.read_table(folder / source.name / "documents.parquet").to_pylist()
    print(f"{source.name}: {result.counts}")
    check(peak.bytes <= 2 * GIB, f"largest process {peak.bytes / GIB:.2f} GiB")
    check(told.longest <= 22, f"longest wait between two documents {told.longest:.1f} s")
    if index is None:
        return
    status = {row["file"]: row["status"] for row in rows}
    for line in index.read_text(encoding="utf-8").split("\n")[1:-1]:
        name, _, expected, _ = line.split("\t")
        file = name.encode("latin-1", "backslashreplace").decode("unicode_escape")
        found = status.get(file) or status.get(name)
        if found not in OUTCOMES.get(expected, (*OUTCOMES["ok"], "rejected", "limit")):
            harmless = expected == "limit" and found == "ok"
            print(f"       {name}: {found}, expected {expected}") if harmless else check(
                False, f"{name}: {found}, expected {expected}"
            )


class Slowest(Silent):
    def begin(self, total: int) -> None:
        self.last, self.longest = time.monotonic(), 0.0

    def done(self, *_: object, **__: object) -> None:
        self.longest = max(self.longest, time.monotonic() - self.last)
        self.last = time.monotonic()


class Peak:
    bytes = 0


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """The largest resident memory of this process and of those below it."""
    peak, over = Peak(), Event()

    def watch() -> None:
        while not over.wait(0.05):
            for path in Path("/proc").glob("[0-9]*/status"):
                try:
                    text = path.read_text()
                except OSError:
                    continue
                fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
                if "VmHWM" in fields and str(Path(__file__).parent) in command(path.parent):
                    peak.bytes = max(peak.bytes, int(fields["VmHWM"].split()[0]) * 1024)

    def command(process: Path) -> str:
        try:
            return (process / "cmdline").read_text()
        except OSError:
            return ""

    thread = Thread(target=watch, daemon=True)
    thread.start()
    yield peak
    over.set()
    thread.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--interrupts", type=int, default=10)
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--hostile", type=Path, help="folder made by make_hostile.py")
    parser.add_argument("--hostile-index", type=Path)
    parser.add_argument("--damaged", type=Path, help="folder of damaged PDFs")
    given = parser.parse_args()
    parts: list[Callable[[Path], None]] = [
        lambda folder: faults(folder, given.faults),
        lambda folder: kills(folder, given.kills),
        lambda folder: interrupts(folder, given.interrupts),
        full_disk,
        two_at_once,
    ]
    if given.hostile:
        parts.append(lambda folder: files(folder, given.hostile, given.hostile_index))
    if given.damaged:
        parts.append(lambda folder: files(folder, given.damaged, None))
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            part(Path(folder))
    print(f"{len(broken)} promises broken")
    return min(len(broken), 125)


if __name__ == "__main__":
    sys.exit(main())
