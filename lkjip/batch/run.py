"""Many documents: what is given is listed, what is new is read, what is known is put together."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lkjip.batch.assemble import assemble
from lkjip.batch.intake import OWN_FOLDER, Input, root_of, take_in
from lkjip.batch.journal import read_summary
from lkjip.batch.lock import locked
from lkjip.batch.reading import How, Reading, Result
from lkjip.batch.remote import is_url, list_urls, pull, push
from lkjip.batch.shards import journal_of, read_listings, write_listing
from lkjip.batch.telling import Silent, Telling
from lkjip.batch.worker import Task
from lkjip.errors import DiskFull, ExitCode, UsageError
from lkjip.load.files import sweep
from lkjip.load.output import write_run
from lkjip.settings import Settings

__all__ = ["How", "Result", "merge", "plan", "run", "run_to_url"]


def run(
    given: Iterable[str | Path],
    output: Path,
    settings: Settings,
    how: How | None = None,
    telling: Telling | None = None,
) -> Result:
    """Read everything given and write the output folder.

    Raises `OutputLocked` while another run writes there, `DiskFull`, and `UsageError` for
    a pattern that matches nothing. After any end of the process, the same call goes on.
    """
    how, telling = how or How(), telling or Silent()
    part = str(how.shard) if how.shard else None
    with (
        _space(output),
        locked(output / OWN_FOLDER, part),
        _scratch(output, part or "run") as scratch,
    ):
        inputs = _inputs(given, settings, how)
        reading = Reading(output, settings, how, scratch)
        telling.begin(len(inputs))
        try:
            _go(reading, inputs, telling)
        except KeyboardInterrupt:
            write_run(
                output, settings, reading.counts(), {}, ExitCode.INTERRUPTED, root=root_of(inputs)
            )
            raise
        finally:
            telling.end()
        if how.shard:
            write_listing(output, how.shard, reading.listing.values())
            return reading.result({}, how)
        sweep(output)
        rows = assemble(list(reading.listing.values()), output, scratch, **how.writing)
        result = reading.result(rows, how)
        write_run(output, settings, result.counts, rows, result.exit_code, root=root_of(inputs))
        return result


def plan(
    given: Iterable[str | Path], output: Path, settings: Settings, how: How
) -> Iterator[tuple[str, str]]:
    """(file, what a run would do with it), nothing done."""
    reading = Reading(output, settings, how, output)
    for item in _inputs(given, settings, how):
        found = reading.sort_in(item)
        listed = reading.listing[item.file]
        if isinstance(found, Task):
            yield item.file, "read"
        elif listed.refusal is not None:
            yield item.file, f"refuse: {listed.refusal}"
        else:
            yield item.file, "same bytes as another" if item.file in reading.twins else "known"


def merge(
    outputs: Sequence[Path], output: Path, settings: Settings | None = None, **writing: Any
) -> Result:
    """The final tables of a run that was done in shards."""
    settings = settings or Settings()
    with _space(output), locked(output / OWN_FOLDER), _scratch(output, "merge") as scratch:
        listing = read_listings(outputs)
        reading = Reading(output, settings, How(), scratch)
        for listed in listing:
            summary = read_summary(listed.entry) if listed.entry else None
            if listed.entry and summary is None:
                raise UsageError(f"the journal lacks {listed.file}; run its shard again")
            reading.list(listed, summary)
        sweep(output)
        rows = assemble(listing, output, scratch, **writing)
        result = reading.result(rows, How())
        write_run(output, settings, result.counts, rows, result.exit_code)
        return result


def _inputs(given: Iterable[str | Path], settings: Settings, how: How) -> list[Input]:
    places = list(given)
    urls = [place for place in places if isinstance(place, str) and is_url(place)]
    if not urls:
        found = take_in(places, settings)
    elif len(urls) < len(places) or how.on is None:
        raise UsageError("URLs are read by a cluster (--on ray), and not together with files")
    else:
        found = list_urls(urls, settings)
    return [item for item in found if not how.shard or how.shard.has(item)]


def _go(reading: Reading, inputs: Iterable[Input], telling: Telling) -> None:
    if reading.how.on is None:
        reading.go(inputs, telling)
    else:
        from lkjip.batch.on_ray import go_on_ray

        go_on_ray(reading, inputs, telling, reading.how.on)


@contextmanager
def _space(output: Path) -> Iterator[None]:
    """A full disk is told as such, whichever library met it."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"no space left for {output}") from error
        raise


@contextmanager
def _scratch(output: Path, name: str) -> Iterator[Path]:
    """A folder of the run's own on the disk of its output; what a killed run left is removed."""
    folder = output / OWN_FOLDER / f"scratch-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_to_url(
    given: Iterable[str | Path], url: str, settings: Settings, how: How, telling: Telling
) -> Result:
    """What `run` does, with the output folder behind a URL; every entry goes there as it comes.

    No lock is to be had there: one run at a time is up to the caller.
    """
    with TemporaryDirectory(prefix="lkjip-") as name:
        output = Path(name)
        pull(f"{url}/{OWN_FOLDER}/journal", journal_of(output))
        result = run(given, output, settings, replace(how, mirror=url.rstrip("/")), telling)
        for path in sorted(path for path in output.iterdir() if path.is_file()):
            push(path, f"{url.rstrip('/')}/{path.name}")
        return result
