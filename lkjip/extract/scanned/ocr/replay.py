"""Recorded readings played back, so that tests need no model and no time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from lkjip.extract.scanned.ocr.base import UNREAD, Engine, Grey, Reading


class Replay:
    """Answers in the order of the recording; beyond its end everything is unread."""

    name = "replay"
    reads_digits = True

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._left = list(readings)

    @classmethod
    def of(cls, recording: Path) -> Replay:
        """The recording that a `Recorder` saved."""
        entries = json.loads(recording.read_text(encoding="utf-8"))
        return cls([Reading(**entry | {"places": tuple(entry["places"])}) for entry in entries])

    def describe(self) -> str:
        return f"{len(self._left)} recorded readings to come"

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        now, self._left = self._left[: len(crops)], self._left[len(crops) :]
        return now + [UNREAD] * (len(crops) - len(now))


class Recorder:
    """Passes every crop to another engine and keeps what it said."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self.reads_digits = engine.reads_digits
        self._engine = engine
        self._said: list[Reading] = []

    def describe(self) -> str:
        return self._engine.describe()

    def read(self, crops: Sequence[Grey]) -> list[Reading]:
        readings = self._engine.read(crops)
        self._said += readings
        return readings

    def save(self, recording: Path) -> None:
        entries = [asdict(reading) for reading in self._said]
        recording.write_text(json.dumps(entries, ensure_ascii=False, indent=0), encoding="utf-8")
