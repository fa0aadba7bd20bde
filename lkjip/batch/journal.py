"""What was read of each document, kept so that nothing is read twice.

One file an entry: a ZIP archive of Arrow streams, one for each table of the contract,
and `summary.json`. An entry's name is its key: the document's bytes, the settings, the program
and the corrections made on it. Entries appear whole or not at all and never
change; a journal is a set of files, so the journals of several machines are
merged by putting them together.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import lkjip
from lkjip.records import Document, Status
from lkjip.review.corrections import corrections_of, fingerprint
from lkjip.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

FAILED = frozenset({Status.REJECTED, Status.LIMIT, Status.CRASHED})
_STAMP = (1980, 1, 1, 0, 0, 0)  # of every member: an entry tells nothing of when it was made


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run tells of a document. `costliest` holds (rupiah at stake, issue id, message)."""

    status: Status
    reason: str | None = None
    pages: int = 0
    lines: int = 0
    issues: int = 0
    seconds: float = 0.0  # of processor time
    whole: bool = True  # no page was lost to a limit or a crash
    errors: int = 0  # open issues of level error
    costliest: tuple[tuple[str, str, str], ...] = ()

    @property
    def failed(self) -> bool:
        return self.status in FAILED or not self.whole


@cache
def edition() -> str:
    """A short hash of the program itself, so that a changed program reads everything anew."""
    package = Path(lkjip.__file__).parent
    digest = hashlib.sha256(lkjip.__version__.encode())
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".csv", ".json") and path.is_file():
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def key_of(doc_id: str, file: str, settings: Settings) -> str:
    """The name of the entry of a document read with these settings by this program."""
    parts = [doc_id, f"{settings.key()}{_contents(settings)}", edition()]
    made = fingerprint(corrections_of(Document(doc_id, file, Status.OK), settings))
    return "-".join([*parts, made] if made else parts)


def entry_path(journal: Path, key: str) -> Path:
    return journal / key[:2] / f"{key}.zip"


def write_entry(
    path: Path, tables: Mapping[str, pa.Table], summary: Summary, scratch: Path
) -> None:
    """Put an entry in its place in one step; `scratch` is a folder of the same disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = scratch / path.name
    with draft.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            text = json.dumps(asdict(summary), ensure_ascii=False)
            _add(archive, "summary.json", text.encode())
            for name, table in tables.items():
                if table.num_rows:
                    _add(archive, f"{name}.arrow", _stream(table))
        file.flush()
    draft.replace(path)


def read_summary(path: Path) -> Summary | None:
    """The summary of an entry; None where there is no whole entry."""
    try:
        with zipfile.ZipFile(path) as archive:
            values = json.loads(archive.read("summary.json"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return None
    costliest = tuple((rupiah, issue, text) for rupiah, issue, text in values.pop("costliest"))
    status = Status(values.pop("status"))
    return Summary(status, costliest=costliest, **values)


def read_entry(path: Path) -> dict[str, pa.Table]:
    """The tables of an entry; those without rows are left out."""
    import pyarrow as pa

    tables = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.endswith(".arrow"):
                stream = pa.ipc.open_stream(archive.read(member))
                tables[member.removesuffix(".arrow")] = stream.read_all()
    return tables


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED, compresslevel=1)


def _stream(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


@cache
def _contents(settings: Settings) -> str:
    """A hash of the files that the settings name, empty for none."""
    digest = hashlib.sha256()
    for path in (settings.chart, settings.aliases):
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest() if path else b"-")
    return digest.hexdigest()[:8] if settings.chart or settings.aliases else ""
