"""A reader that gives a report, read before, again under other bytes (batch_scale.py)."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

from lkjip.extract.document import hash_file
from lkjip.extract.pages import Keep, read_afresh
from lkjip.records import Report
from lkjip.settings import Settings


@cache
def original(path: str) -> Report:
    with Path(path).open("rb") as file:
        report: Report = pickle.load(file)
        return report


def again(
    path: Path, settings: Settings, file: str | None = None, keep: Keep = read_afresh
) -> Report:
    """The report that the file names, as if it had the file's bytes."""
    report = original(path.read_text().splitlines()[0])
    document = replace(report.document, doc_id=hash_file(path), file=file or path.name)
    return replace(report, document=document)
