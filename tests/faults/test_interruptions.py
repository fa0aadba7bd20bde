"""A run that is killed, interrupted or doubled leaves nothing torn, and the next one finishes it.

The long version: battery.py.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import interruptions


def test_killed_runs_lose_nothing(tmp_path: Path) -> None:
    source = interruptions.documents(tmp_path / "in", 25)
    assert interruptions.finish(source, tmp_path / "whole") == (0, "")
    luck = random.Random(8)
    for _, torn in interruptions.kill_until_done(source, tmp_path / "out", 3, luck, 2.5):
        assert torn == []
    code, _ = interruptions.finish(source, tmp_path / "out", jobs=1)
    assert code == 0
    assert interruptions.tables(tmp_path / "out") == interruptions.tables(tmp_path / "whole")
    assert not list((tmp_path / "out" / ".lkjip").glob("scratch-*"))


def test_an_interrupted_run_ends_at_once_and_can_go_on(tmp_path: Path) -> None:
    source = interruptions.documents(tmp_path / "in", 60)
    output = tmp_path / "out"
    _, code = interruptions.interrupt(source, output, until=lambda: bool(entries(output)))
    assert code == 130
    assert not list(output.glob("*.parquet"))
    assert interruptions.left_behind(source) == []
    done = entries(output)
    assert interruptions.finish(source, output)[0] == 0
    assert done < entries(output)


def test_of_two_runs_on_one_output_the_second_is_refused(tmp_path: Path) -> None:
    source = interruptions.documents(tmp_path / "in", 60)
    first = interruptions.start(source, tmp_path / "out")
    while not entries(tmp_path / "out"):
        time.sleep(0.05)
    code, said = interruptions.finish(source, tmp_path / "out")
    assert (code, "another run is writing to" in said) == (11, True)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)


def entries(output: Path) -> set[str]:
    return {path.name for path in (output / ".lkjip" / "journal").rglob("*.zip")}
