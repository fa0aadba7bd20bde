"""Recorded readings played back, so that tests need no model and no time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

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
        return cls(recorded(recording))

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
        """One reading a line, scores and places to three decimals."""
        lines = [json.dumps(_rounded(reading), ensure_ascii=False) for reading in self._said]
        recording.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def recorded(recording: Path) -> list[Reading]:
    """What a `Recorder` saved, in order."""
    entries = json.loads(recording.read_text(encoding="utf-8"))
    return [Reading(**entry | {"places": tuple(entry["places"])}) for entry in entries]


def _rounded(reading: Reading) -> dict[str, Any]:
    entry = asdict(reading)
    entry["places"] = [round(place, 3) for place in reading.places]
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in entry.items()}
