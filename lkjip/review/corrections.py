"""A person's corrections: an append-only log beside the output, replayed by every later run.

`corrections.jsonl` holds one JSON object a line, oldest first; nothing in it is
ever rewritten. An undo is a line of its own. docs/review.md explains every field.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from lkjip import __version__
from lkjip.errors import UsageError
from lkjip.records import Box, Document
from lkjip.settings import Settings

FILE = "corrections.jsonl"
TEXT = frozenset({"account", "agency", "region"})  # columns whose values are no numbers


class Action(StrEnum):
    SET = "set"  # the value is `new`
    ACCEPT = "accept"  # what was read stands; the doubt is settled
    NOT_A_ROW = "not-a-row"  # the row is a heading, a footer, a stray mark
    UNDO = "undo"  # the correction `undoes` no longer counts


# What they make of an issue that they answer.
STATES = {Action.ACCEPT: "accepted", Action.SET: "corrected", Action.NOT_A_ROW: "corrected"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. Page, box, column, raw and name are its anchor in the document.

    `box` is the cell's (the row's where the cell has none) and `raw` the cell's
    text; `name` is the row's name as printed, `row` its number, which tells
    apart rows that share a merged cell. `old` and `new` are plain decimals.
    """

    doc_id: str
    file: str
    action: Action
    issue: str | None = None  # id of the issue that it answers, in the output it was made on
    code: str | None = None  # its code, severity and rupiah at stake
    severity: str | None = None
    stake: str | None = None
    page: int | None = None
    box: Box | None = None
    column: str | None = None
    raw: str = ""
    name: str = ""
    row: int | None = None
    old: str | None = None
    new: str | None = None
    label: str | None = None  # the name of the account that `new` is
    undoes: str | None = None
    reviewer: str = ""
    time: str = ""
    version: str = __version__
    id: str = ""


def stamped(correction: Correction, reviewer: str) -> Correction:
    """The correction with its id, who made it and when (UTC)."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(correction, id=secrets.token_hex(6), reviewer=reviewer, time=now)


def append(path: Path, correction: Correction) -> None:
    """Add one line to the log and see it on disk before returning.

    A line that a crash left without its end is closed first, so that it can
    never swallow the next one.
    """
    line = json.dumps(asdict(correction), ensure_ascii=False) + "\n"
    with path.open("a+b") as log:
        if log.tell() and not _ends_a_line(log):
            line = "\n" + line
        log.write(line.encode())
        log.flush()
        os.fsync(log.fileno())


def _ends_a_line(log: Any) -> bool:
    log.seek(-1, os.SEEK_END)
    return bool(log.read(1) == b"\n")


def load(path: Path) -> tuple[Correction, ...]:
    """Every correction that still counts, oldest first; none where there is no log."""
    return standing(read_log(path))


def read_log(path: Path) -> tuple[Correction, ...]:
    """Every line of the log, undone ones and undos among them.

    Raises UsageError for a line that is no correction: a person's word is not
    to be skipped in silence.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        return ()
    return _read_log(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read_log(path: Path, _changed: int, _size: int) -> tuple[Correction, ...]:
    lines = path.read_text(encoding="utf-8").split("\n")
    whole = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    return tuple(_parse(path, n, line) for n, line in whole)


def _parse(path: Path, number: int, line: str) -> Correction:
    try:
        fields = json.loads(line)
        box = fields.get("box")
        known = Correction(**fields | {"box": Box(*map(float, box)) if box else None})
        if known.column not in TEXT:
            amount(known.new)
        amount(known.stake)
        return replace(known, action=Action(known.action))
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path}: line {number} is not a correction; mend it or take it out ({error})"
        ) from error


def amount(text: str | None) -> Decimal | None:
    """The value that a correction writes as a plain decimal; raises ValueError for another."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a number") from error
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a number")
    return value


def standing(log: Iterable[Correction]) -> tuple[Correction, ...]:
    """What counts of a log: neither undone nor overruled by a later word on the same thing.

    An undo takes back its correction and brings back what that one overruled.
    """
    log = tuple(log)
    undone = {c.undoes for c in log if c.action is Action.UNDO}
    words: dict[tuple[object, ...], dict[str, Correction]] = {}
    for c in log:
        if c.action is Action.UNDO or (c.id and c.id in undone):
            continue
        about = words.setdefault((c.doc_id, c.page, c.box, c.column, c.raw, c.name, c.row), {})
        if c.action is Action.ACCEPT:
            about[f"accept {c.code}"] = c
        else:
            about.clear()
            about["value"] = c
    counting = {c.id for about in words.values() for c in about.values()}
    return tuple(c for c in log if c.id in counting)


def relevant(corrections: Iterable[Correction], doc_id: str, file: str) -> tuple[Correction, ...]:
    """Those made on this document, or on an earlier content of the same file."""
    return tuple(c for c in corrections if c.doc_id == doc_id or c.file == file)


def corrections_of(document: Document, settings: Settings) -> tuple[Correction, ...]:
    """What the settings' log says of the document; its fingerprint is in the journal's key."""
    if settings.corrections is None:
        return ()
    return relevant(load(Path(settings.corrections)), document.doc_id, document.file)


def fingerprint(corrections: Sequence[Correction]) -> str:
    """A short hash of what they decide, part of the journal's key; empty for none."""
    if not corrections:
        return ""
    text = json.dumps([asdict(c) for c in corrections], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
