"""Documents through worker processes: each within its limits, none able to harm another.

Every job is a thread with a pool of one worker (Pebble), forked from a server that
has the program loaded already. One worker a pool, so that a worker that dies is always
known to have died of the document that it had.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import forkserver, resource_tracker
from queue import Empty, Queue
from threading import Thread
from types import ModuleType

from pebble import ProcessExpired, ProcessPool

from lkjip.batch.endings import Ending, ending
from lkjip.batch.journal import Summary
from lkjip.batch.kept import PAGES_SHARE, Begun, read_begun, slow_document
from lkjip.batch.limits import confine
from lkjip.batch.worker import Done, Task, given_up, settle, work
from lkjip.batch.workers import Workers
from lkjip.errors import DocumentCrashed, LkjipError
from lkjip.settings import Settings

# What every worker needs, loaded once and shared; pandas because Arrow looks for it (0.2 CPU s).
PRELOADED = ["lkjip.batch.worker", "pandas"]
RECYCLE = 50  # documents of a worker, so that what a library leaks stays small
LOST_PAGES = 3  # a document that kills more workers than this is not read on
GRACE_SECONDS = 1.0  # between the kernel's alarm and the pool's own
STOP_SECONDS = 0.5  # of the second within which Ctrl-C has to end a run
_TICK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its summary, or the error that left it without an entry."""

    task: Task
    summary: Summary | None
    error: Exception | None = None


class Crew:
    """`jobs` workers at work. Use as a context; leaving it ends every worker."""

    def __init__(self, jobs: int, settings: Settings) -> None:
        _start_server()
        self._tasks: Queue[Task | None] = Queue()
        self._outcomes: Queue[Outcome] = Queue()
        self._hands = [Hand(settings, self._tasks, self._outcomes) for _ in range(jobs)]

    def __enter__(self) -> Crew:
        for hand in self._hands:
            hand.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers; one that is only just starting is not waited for, it ends by itself."""
        stopping = [Thread(target=hand.stop, daemon=True) for hand in self._hands]
        for thread in stopping:
            thread.start()
        end = time.monotonic() + STOP_SECONDS
        for thread in stopping:
            thread.join(max(end - time.monotonic(), 0))

    def run(
        self, tasks: Iterable[Task], meanwhile: Callable[[], None] = lambda: None
    ) -> Iterator[Outcome]:
        """The outcomes as they come. Tasks are drawn as workers need them, never far ahead.

        `meanwhile` is called some times a second while there are none.
        """
        waiting, under_way, drawn = iter(tasks), 0, False
        while under_way or not drawn:
            while not drawn and under_way < 2 * len(self._hands):
                task = next(waiting, None)
                if task is None:
                    drawn = True
                else:
                    self._tasks.put(task)
                    under_way += 1
            try:
                if under_way:
                    yield self._outcomes.get(timeout=_TICK_SECONDS)
                    under_way -= 1
            except Empty:
                meanwhile()

    def at_work(self) -> Iterator[tuple[str, Begun]]:
        """Each document that is being read, and the page that it is at."""
        for hand in self._hands:
            task = hand.task
            begun = read_begun(task.folder) if task is not None else None
            if task is not None and begun is not None:
                yield task.file, begun


class Hand(Thread):
    """One job: takes a task, has it done by its worker, sees to it again where the worker died."""

    def __init__(
        self, settings: Settings, tasks: Queue[Task | None], outcomes: Queue[Outcome]
    ) -> None:
        super().__init__(daemon=True)
        self._settings, self._tasks, self._outcomes = settings, tasks, outcomes
        self._pool = self._new_pool()
        self._future: Future[Done] | None = None
        self._stopped = False
        self.task: Task | None = None  # the one being seen through

    def run(self) -> None:
        while (task := self._tasks.get()) is not None and not self._stopped:
            self.task = task
            try:
                outcome = Outcome(task, self._see_through(task))
            except CancelledError:
                return
            except Exception as error:
                outcome = Outcome(task, None, error)
            finally:
                self.task = None
                shutil.rmtree(task.folder, ignore_errors=True)
            self._outcomes.put(outcome)

    def stop(self) -> None:
        """End the worker, whatever it is doing."""
        self._stopped = True
        self._tasks.put(None)
        if self._future is not None:
            self._future.cancel()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _see_through(self, task: Task) -> Summary:
        """Try until the document is done or given up; pages that were done are not lost."""
        from_outside = 0
        while True:
            try:
                return self._attempt(task)
            except (ProcessExpired, TimeoutError, BrokenProcessPool, RuntimeError) as error:
                how = ending(error, task.folder, task.settings)
            begun = read_begun(task.folder)
            left = task.seconds - (time.monotonic() - begun.started if begun else 0)
            if how.from_outside and not from_outside:
                from_outside += 1
                task = replace(task, seconds=max(left, GRACE_SECONDS))
            elif begun is None or begun.page is None or task.stop is not None:
                return settle_given_up(task, how.error)
            else:
                task = _without(task, begun.page, how, left)

    def _attempt(self, task: Task) -> Summary:
        if not self._pool.active:
            self._pool = self._new_pool()
        timeout = task.seconds + GRACE_SECONDS
        self._future = self._pool.schedule(work, args=(task,), timeout=timeout)
        summary, is_spent = self._future.result()
        if is_spent:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
        return summary

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(1, RECYCLE, confine, (self._settings,), Workers())


def _without(task: Task, page: int, how: Ending, left: float) -> Task:
    """The task again without the page that ended its worker, or without any further page."""
    late = left <= task.settings.document_seconds * (1 - PAGES_SHARE)
    error = slow_document(task.settings) if late and how.is_alarm else how.error
    lost = {**task.lost, page: error}
    stop: LkjipError | None = None
    if late:
        stop = slow_document(task.settings)
    elif len(lost) > LOST_PAGES:
        stop = DocumentCrashed(f"pages {', '.join(map(str, sorted(lost)))} ended their workers")
    return replace(task, lost=lost, stop=stop, seconds=max(left, GRACE_SECONDS))


def settle_given_up(task: Task, error: LkjipError) -> Summary:
    task.folder.mkdir(parents=True, exist_ok=True)
    return settle(task, given_up(task, error))


def _start_server() -> None:
    """Start what forks the workers, deaf to Ctrl-C and mute: to tell of an end is ours to do."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    heard = os.dup(2)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # mimalloc takes 1 GiB at once
    try:
        os.dup2(silence, 2)
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    finally:
        os.dup2(heard, 2)
        os.close(heard)
        os.close(silence)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextlib.contextmanager
def main_left_alone() -> Iterator[None]:
    """Workers do not import the caller's main module, so that a script needs no guard for them."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def default_jobs() -> int:
    """As many workers as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
