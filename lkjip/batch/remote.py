"""Files behind a URL (`s3://…`, `gs://…`, `file://…`), through fsspec."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lkjip.batch.intake import SUFFIX, Input
from lkjip.errors import DocumentRejected, LkjipError, MissingPart, UsageError
from lkjip.settings import Settings

_URL = re.compile(r"^[a-z][a-z0-9+.-]+://")


def is_url(place: str | Path) -> bool:
    return isinstance(place, str) and _URL.match(place) is not None


def list_urls(given: Sequence[str], settings: Settings) -> list[Input]:
    """Every PDF at or below the URLs, sorted by name."""
    found: dict[str, int | None] = {}
    folders = []
    for url in given:
        files, root = _files_of(url)
        if files.isfile(root):
            found[files.unstrip_protocol(root)] = files.size(root)
            folders.append(files.unstrip_protocol(files._parent(root)))
            continue
        folders.append(files.unstrip_protocol(root))
        for path, about in files.find(root, detail=True).items():
            if path.lower().endswith(SUFFIX):
                found[files.unstrip_protocol(path)] = about.get("size")
    if not found:
        raise UsageError(f"no PDF at {', '.join(given)}")
    base = os.path.commonpath(folders) if len(folders) > 1 else folders[0].rstrip("/")
    return [
        Input(url[len(base) :].lstrip("/"), Path(), _refusal(size, settings), url)
        for url, size in sorted(found.items())
    ]


def fetch(place: str, folder: Path) -> Path:
    """A file's local path: the file itself, or a copy in `folder` of what is behind a URL."""
    if not is_url(place):
        return Path(place)
    files, path = _files_of(place)
    local = folder / "input.pdf"
    try:
        files.get_file(path, str(local))
    except OSError as error:
        raise DocumentRejected(f"cannot be fetched: {error.strerror or error}") from error
    return local


def pull(url: str, folder: Path) -> None:
    """Bring what is below a URL into a folder; nothing where there is nothing yet."""
    files, root = _files_of(url)
    for path in files.find(root) if files.exists(root) else ():
        local = folder / path[len(root) :].lstrip("/")
        local.parent.mkdir(parents=True, exist_ok=True)
        files.get_file(path, str(local))


def push(local: Path, url: str) -> None:
    """Put a file behind a URL: under a passing name first, where names can be changed at once."""
    files, path = _files_of(url)
    files.makedirs(files._parent(path), exist_ok=True)
    if "file" in files.protocol:
        files.put_file(str(local), path + ".tmp")
        files.mv(path + ".tmp", path)
    else:
        files.put_file(str(local), path)  # an object appears whole or not at all


def _files_of(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingPart("URLs need the extra: pip install 'lkjip[ray]'") from error
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise MissingPart(f"{url}: {error}") from error
    return files, str(path)


def _refusal(size: int | None, settings: Settings) -> LkjipError | None:
    if size is not None and size > settings.max_bytes:
        return DocumentRejected(f"{size} bytes, more than the limit of {settings.max_bytes}")
    return None
