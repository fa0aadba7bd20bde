"""A run cut into n parts that need not know of each other, and what each part did.

A document belongs to the part that the hash of its name says, so every part can tell its own
without a word with the others, also while files are still coming in.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lkjip.batch.assemble import Listed
from lkjip.batch.intake import OWN_FOLDER, Input
from lkjip.batch.journal import entry_path
from lkjip.errors import DocumentCrashed, DocumentRejected, LimitExceeded, UsageError
from lkjip.load.files import write_text

_REFUSALS = {kind.__name__: kind for kind in (DocumentRejected, LimitExceeded, DocumentCrashed)}


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` (from 1) of `count`."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        number, _, count = text.partition("/")
        if not (number.isascii() and number.isdigit() and count.isascii() and count.isdigit()):
            raise UsageError(f"a shard is written i/n, as 3/32, not {text!r}")
        shard = cls(int(number), int(count))
        if not 1 <= shard.number <= shard.count:
            raise UsageError(f"shard {text}: the first of {count} is 1/{count}")
        return shard

    def __str__(self) -> str:
        return f"{self.number}-of-{self.count}"

    def has(self, item: Input) -> bool:
        return zlib.crc32(item.file.encode()) % self.count == self.number - 1


def write_listing(output: Path, shard: Shard, listing: Iterable[Listed]) -> None:
    """What this part read, for `lkjip merge`."""
    documents = [_as_json(listed) for listed in sorted(listing, key=lambda listed: listed.file)]
    path = output / OWN_FOLDER / "shards" / f"{shard}.json"
    write_text(path, json.dumps({"documents": documents}, ensure_ascii=False))


def read_listings(outputs: Sequence[Path]) -> list[Listed]:
    """What all parts read, in one output folder or several; raises UsageError if one lacks."""
    found: dict[Shard, list[Listed]] = {}
    for output in outputs:
        for path in sorted((output / OWN_FOLDER / "shards").glob("*-of-*.json")):
            shard = Shard.parse(path.stem.replace("-of-", "/"))
            documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
            found[shard] = [_from_json(output, values) for values in documents]
    _check_complete(list(found), outputs)
    return [listed for listing in found.values() for listed in listing]


def _check_complete(shards: Sequence[Shard], outputs: Sequence[Path]) -> None:
    if not shards:
        raise UsageError(f"no finished shard in {', '.join(map(str, outputs))}")
    counts = {shard.count for shard in shards}
    if len(counts) > 1:
        raise UsageError(f"shards of different runs: {', '.join(map(str, shards))}")
    count = counts.pop()
    missing = sorted(set(range(1, count + 1)) - {shard.number for shard in shards})
    if missing:
        raise UsageError(f"not finished yet: shard {', '.join(map(str, missing))} of {count}")


def _as_json(listed: Listed) -> list[str | None]:
    refusal = listed.refusal
    kind = None if refusal is None else type(refusal).__name__
    key = None if listed.entry is None else listed.entry.stem
    return [listed.file, key, kind, None if refusal is None else str(refusal)]


def _from_json(output: Path, values: list[Any]) -> Listed:
    file, key, kind, reason = values
    if key is None:
        return Listed(file, None, _REFUSALS[kind](reason))
    return Listed(file, entry_path(journal_of(output), key))


def journal_of(output: Path) -> Path:
    return output / OWN_FOLDER / "journal"
