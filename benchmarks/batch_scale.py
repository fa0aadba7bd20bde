"""What bulk runs cost: python benchmarks/batch_scale.py REPORTS [overhead] [speedup] [memory].

overhead: processor seconds of a run of 200 documents, one worker, against reading the same
documents one after the other in this process and writing the same tables.
speedup: wall-clock of one worker against two (on a machine that has nothing else to do).
memory: resident memory of the main process over 2,000 documents and the time of assembly; each
report is read once and given again under new bytes: real rows, and no time for reading.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import time
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from batch_again import again  # noqa: E402

from lkjip import pipeline  # noqa: E402
from lkjip.batch.run import How, run  # noqa: E402
from lkjip.batch.telling import Silent  # noqa: E402
from lkjip.load.frames import tables_of  # noqa: E402
from lkjip.load.output import write_output  # noqa: E402
from lkjip.settings import Settings  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = Settings(ocr="never")


def copies(originals: list[Path], folder: Path, count: int, names: bool = False) -> Path:
    """`count` documents: the originals over and over, each with bytes (and so an id) of its own.

    `names`: the documents only name their original.
    """
    for number in range(count):
        original = originals[number % len(originals)]
        path = folder / f"{number // 100:03}" / f"{number:05}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        if names:
            path.write_text(f"{original}\n{number}")
        else:
            path.write_bytes(original.read_bytes() + b"\n%% copy %d\n%%%%EOF\n" % number)
    return folder


def pdfs(reports: Path) -> list[Path]:
    return sorted(reports.glob("*.pdf"))


class Watch(Silent):
    """Resident memory of this process after every hundred documents; processor time at the end."""

    def __init__(self) -> None:
        self.count, self.memory, self.seconds, self.ended = 0, [], 0.0, 0.0

    def done(self, *_: Any, **__: Any) -> None:
        self.count += 1
        if self.count % 100 == 0:
            self.memory.append(resident())

    def end(self) -> None:
        self.ended = time.monotonic()
        self.seconds = processor(forkserver._forkserver._forkserver_pid, whole=True)


def resident() -> float:
    """MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor(pid: int, whole: bool = False) -> float:
    """Seconds of a process; `whole`: with those of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(n) for n in fields[11 : 15 if whole else 13]) / TICKS


def overhead(reports: Path, folder: Path) -> None:
    source = copies(pdfs(reports), folder / "in", 200)
    files = sorted(source.rglob("*.pdf"))
    before = time.process_time()
    reads = [tables_of([pipeline.read(path, SETTINGS, path.name)]) for path in files]
    write_output(folder / "plain", {name: [read[name] for read in reads] for name in reads[0]})
    plain = time.process_time() - before
    del reads
    watch, before = Watch(), time.process_time()
    run([source], folder / "bulk", SETTINGS, How(jobs=1), watch)
    bulk = time.process_time() - before + watch.seconds
    print(f"overhead: plain {plain:.1f} CPU s, bulk {bulk:.1f} CPU s: {bulk / plain - 1:+.1%}")


def speedup(reports: Path, folder: Path) -> None:
    source = copies(pdfs(reports), folder / "in", 100)
    walls = []
    for jobs in (1, 2):
        began = time.monotonic()
        run([source], folder / f"jobs-{jobs}", SETTINGS, How(jobs=jobs))
        walls.append(time.monotonic() - began)
    print(f"speedup: {walls[0]:.1f} s with one worker, {walls[1]:.1f} s with two: "
          f"{walls[0] / walls[1]:.2f} × (load {os.getloadavg()[0]:.1f})")  # fmt: skip


def memory(reports: Path, folder: Path, count: int = 2000) -> None:
    read = []
    for path in pdfs(reports):
        read.append(folder / f"{path.name}.pickle")
        read[-1].write_bytes(pickle.dumps(pipeline.read(path, SETTINGS)))
    source = copies(read, folder / "in", count, names=True)
    watch = Watch()
    result = run([source], folder / "out", SETTINGS, How(jobs=2, reader=again), watch)
    assembly = time.monotonic() - watch.ended
    settled = watch.memory[1:]
    print(f"memory: {settled[0]:.0f} MiB after 200 documents, then {min(settled):.0f} to "
          f"{max(settled):.0f} MiB; {resident():.0f} MiB after assembly")  # fmt: skip
    began, processor = time.monotonic(), time.process_time()
    run([source], folder / "out", SETTINGS, How(jobs=1, reader=again), Silent())
    size = sum(path.stat().st_size for path in (folder / "out" / ".lkjip").rglob("*.zip"))
    print(f"assembly of {count} documents, {result.rows['lines']} lines, {result.rows['facts']} "
          f"facts: {assembly:.1f} s; a run that finds all of them known: "
          f"{time.monotonic() - began:.1f} s, {time.process_time() - processor:.1f} CPU s; "
          f"journal {size / count / 1024:.0f} KiB a document")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, help="folder of reports (PDF)")
    parser.add_argument("what", nargs="*", default=["overhead", "speedup", "memory"])
    given = parser.parse_args()
    for what in given.what:
        with tempfile.TemporaryDirectory() as folder:
            {"overhead": overhead, "speedup": speedup, "memory": memory}[what](
                given.reports.resolve(), Path(folder)
            )


if __name__ == "__main__":
    main()
