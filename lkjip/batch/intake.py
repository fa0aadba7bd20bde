"""What was given on the command line → the input files, each with the name that the output shows.

Nothing is dropped: what cannot be opened is listed too, with the reason. Nothing
is opened to find that out: pipes, devices and links that lead elsewhere are
told by their directory entry.
"""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkjip.errors import DocumentRejected, LkjipError, UsageError
from lkjip.settings import Settings

OWN_FOLDER = ".lkjip"  # where an output folder keeps its journal; never read as input
SUFFIX = ".pdf"
LOOP = "a link that leads to itself"


@dataclass(frozen=True, slots=True)
class Input:
    """One input file. `file` is its name in the output; `refusal` says why it is never opened.

    `url` is where it is instead of at a path, for a run on a cluster.
    """

    file: str
    path: Path
    refusal: LkjipError | None = None
    url: str | None = None


def take_in(given: Iterable[str | Path], settings: Settings) -> list[Input]:
    """Every input file of the given files, folders and patterns, sorted by name.

    Names are relative to the folder that holds everything given, so that two
    files of one name in different folders stay two.
    """
    found = [spot for text in given for spot in _spots(os.fspath(text))]
    if not found:
        return []
    root = Path(os.path.commonpath([base for _, base in found]))
    inputs: dict[str, Input] = {}
    for path, _ in found:
        for entry in _walk(path) if path.is_dir() and not _is_named_pdf_link(path) else (path,):
            name = shown(entry.relative_to(root))
            while name in inputs and inputs[name].path != entry:
                name += "~"  # two names that read alike once they are text
            inputs[name] = Input(name, entry, _refusal(entry, path, settings))
    return [inputs[name] for name in sorted(inputs)]


def root_of(inputs: Sequence[Input]) -> Path | None:
    """The folder that the names of the inputs are relative to."""
    if not inputs or inputs[0].url is not None:
        return None
    return inputs[0].path.parents[inputs[0].file.count("/")]


def read_list(text: bytes) -> list[str]:
    """The paths of a list: one a line, or separated by NUL as `find -print0` writes them."""
    separator = b"\0" if b"\0" in text else b"\n"
    lines = text.removeprefix(b"\xef\xbb\xbf").split(separator)
    return [os.fsdecode(line.rstrip(b"\r")) for line in lines if line.strip()]


def shown(path: Path) -> str:
    """A path as text that is valid UTF-8: bytes that are not become \\xNN."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def hash_input(path: Path) -> str:
    """The sha256 of a regular file's bytes; raises `DocumentRejected` where it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:  # noqa: PTH123 (an open handle: no pipe can block it)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise DocumentRejected("not a regular file")
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentRejected(f"cannot be opened: {error.strerror or error}") from error


def _spots(text: str) -> Iterator[tuple[Path, str]]:
    """(path, folder that names are relative to) of one argument."""
    path = Path(os.path.abspath(text))  # noqa: PTH100 (resolve would follow links)
    if os.path.lexists(path) or not glob.has_magic(text):
        yield path, str(path if path.is_dir() else path.parent)
        return
    fixed = Path(os.path.abspath(re.split(r"[*?[]", text)[0] + "x")).parent  # noqa: PTH100
    matches = sorted(glob.glob(text, recursive=True, include_hidden=True))  # noqa: PTH207
    if not matches:
        raise UsageError(f"nothing matches {text}")
    for match in matches:
        yield Path(os.path.abspath(match)), str(fixed)  # noqa: PTH100


def _is_named_pdf_link(path: Path) -> bool:
    return path.is_symlink() and path.suffix.lower() == SUFFIX


def _walk(folder: Path) -> Iterator[Path]:
    """Every PDF below a folder, and whatever else is named like one."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: os.fsencode(entry.name))
        except OSError:
            yield here
            continue
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and entry.name != OWN_FOLDER:
                waiting.append(Path(entry.path))
            if entry.name.lower().endswith(SUFFIX) or (entry.is_symlink() and entry.is_dir()):
                yield Path(entry.path)


def _refusal(path: Path, given: Path, settings: Settings) -> LkjipError | None:
    """Why a path is not opened, or None for a regular file of a size within the limit."""
    try:
        if path != given and path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(given.resolve()):
                return DocumentRejected("a link that leads out of the input folder")
        status = path.stat()
    except RuntimeError:  # how Python before 3.13 tells of a loop
        return DocumentRejected(LOOP)
    except OSError as error:
        why = f"cannot be opened: {error.strerror or error}"
        return DocumentRejected(LOOP if error.errno == errno.ELOOP else why)
    if not stat.S_ISREG(status.st_mode):
        return DocumentRejected(f"{_kind(status.st_mode)}, not a file")
    if status.st_size > settings.max_bytes:
        size, limit = status.st_size, settings.max_bytes
        return DocumentRejected(f"{size} bytes, more than the limit of {limit}")
    return None


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")
