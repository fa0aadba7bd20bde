"""The reading of a run on a Ray cluster: batches of documents as tasks, entries streamed back.

A task reads its documents through the same confined workers as a run on one
machine, and sends back the entries, which the driver puts into the journal. Tasks
hold nothing that is not sent back, so those of a node that is lost are done again, by Ray.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lkjip.batch.assemble import Listed
from lkjip.batch.intake import Input, hash_input
from lkjip.batch.journal import entry_path, key_of, read_summary
from lkjip.batch.pool import Crew, main_left_alone
from lkjip.batch.reading import Reading, as_crash
from lkjip.batch.remote import fetch
from lkjip.batch.telling import Telling
from lkjip.batch.worker import Reader, Task
from lkjip.errors import DiskFull, LkjipError, MissingPart
from lkjip.load.files import replacing
from lkjip.settings import Settings

BATCH = 16  # documents of a task: some minutes of work, and little to do again
RETRIES = 20  # of a task whose node was lost
AHEAD = 2  # tasks waiting for each processor of the cluster


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to read: its name in the output and where it is."""

    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Order:
    """What all tasks of a run have in common. `known` holds the keys that need no reading."""

    known: frozenset[str]
    settings: Settings
    reader: Reader


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the key of its entry and the entry itself (None if known), or an error."""

    file: str
    key: str = ""
    entry: bytes | None = None
    error: LkjipError | None = None


def go_on_ray(reading: Reading, inputs: Iterable[Input], telling: Telling, address: str) -> None:
    """What `Reading.go` does, by a cluster: `reading.listing` is complete afterwards."""
    items = list(inputs)
    for item in items:
        if item.refusal is not None:
            reading.list(Listed(item.file, None, item.refusal))
            telling.done(item.file, None, item.refusal)
    wanted = (
        Wanted(item.file, item.url or str(item.path)) for item in items if item.refusal is None
    )
    order = Order(reading.known(), reading.settings, reading.how.reader)
    for brought in read_on_ray(address, wanted, order):
        listed, known = _arrived(brought, reading), brought.entry is None
        summary = None if listed.entry is None else read_summary(listed.entry)
        reading.list(listed, summary)
        telling.done(listed.file, summary, listed.refusal, known=known and not listed.refusal)


def _arrived(brought: Brought, reading: Reading) -> Listed:
    """The entry put in its place; of two of the same key, which are the same, the last stays."""
    if brought.error is not None:
        return Listed(brought.file, None, brought.error)
    entry = entry_path(reading.journal, brought.key)
    if brought.entry is not None:
        with replacing(entry) as file:
            file.write(brought.entry)
        reading.mirror(entry)
    return Listed(brought.file, entry)


def read_on_ray(address: str, wanted: Iterable[Wanted], order: Order) -> Iterator[Brought]:
    """Every document as it is done, on the cluster at `address` (`ray`: one of this machine)."""
    try:
        import ray
    except ImportError as error:
        raise MissingPart("--on ray needs the extra: pip install 'lkjip[ray]'") from error
    ray.init(
        address=None if address == "ray" else address.removeprefix("ray+"),
        ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR,
    )  # fmt: skip
    task = ray.remote(num_cpus=1, max_retries=RETRIES)(read_batch)
    shared = ray.put(order)
    waiting = _batches(wanted)
    under_way: list[Any] = []
    while True:
        room = AHEAD * _processors(ray) - len(under_way)
        for batch in islice(waiting, max(room, 0)):
            under_way.append(task.remote(batch, shared))
        if not under_way:
            return
        done, under_way = ray.wait(under_way)
        for reference in done:
            yield from ray.get(reference)


def _processors(ray: Any) -> int:
    return max(int(ray.cluster_resources().get("CPU", 1)), 1)


def _batches(wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    rest = iter(wanted)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def read_batch(batch: tuple[Wanted, ...], order: Order) -> list[Brought]:
    """The task: one confined worker, one document after the other."""
    with (
        tempfile.TemporaryDirectory() as folder,
        main_left_alone(),
        Crew(1, order.settings) as crew,
    ):
        return [
            _read(item, Path(folder) / str(number), order, crew)
            for number, item in enumerate(batch)
        ]


def _read(item: Wanted, folder: Path, order: Order, crew: Crew) -> Brought:
    settings = order.settings
    folder.mkdir()
    try:
        path = fetch(item.place, folder)
        doc_id = hash_input(path)
    except LkjipError as error:
        return Brought(item.file, error=error)
    key = key_of(doc_id, item.file, settings)
    if key in order.known:
        return Brought(item.file, key)
    entry = entry_path(folder / "journal", key)
    task = Task(
        item.file, path, doc_id, settings, entry, folder / "scratch", settings.document_seconds,
        reader=order.reader,
    )  # fmt: skip
    (outcome,) = crew.run([task])
    if outcome.error is None:
        return Brought(item.file, key, entry.read_bytes())
    if isinstance(outcome.error, DiskFull):
        raise outcome.error
    return Brought(item.file, error=as_crash(outcome.error))
