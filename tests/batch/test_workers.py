"""How a worker ended is known to every job that asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lkjip.batch.workers import Worker, Workers

JOBS = 4


@pytest.fixture
def many_turns() -> Iterator[None]:
    """Threads take turns so often that they meet: without a lock four of five ends are lost."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def _until_it_ends(worker: Worker) -> int:
    while worker.exitcode is None:
        pass
    return worker.exitcode


@pytest.mark.usefixtures("many_turns")
def test_jobs_that_ask_at_once_are_told_the_same_end() -> None:
    with ThreadPoolExecutor(JOBS) as jobs:
        for _ in range(20):
            worker = Workers().Process(target=os._exit, args=(7,))
            worker.start()
            assert set(jobs.map(_until_it_ends, [worker] * JOBS)) == {7}
            assert worker.exitcode == 7
