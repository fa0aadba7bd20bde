"""Errors that end a document or a run, each with its exit code and what to do about it."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the command line; stable, documented in docs/exit-codes.md."""

    OK = 0
    BUG = 1
    USAGE = 2
    SOME_FAILED = 3  # some documents failed, the others were written
    STRICT = 4  # --strict, and issues of level error stand
    NOTHING_USABLE = 5
    MISSING_PART = 6  # a needed optional part is not installed
    LOCKED = 11  # another run writes to the same output
    DISK_FULL = 28
    INTERRUPTED = 130


class LkjipError(Exception):
    """Base of all errors raised on purpose. `str(error)` says what happened, `help` what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG
    help: ClassVar[str] = ""


class DocumentRejected(LkjipError):
    """The file cannot be read as a PDF: empty, another format, encrypted, damaged, no pages."""

    exit_code = ExitCode.SOME_FAILED


class LimitExceeded(LkjipError):
    """The document goes over a limit of the settings (bytes, pages, pixels, time)."""

    exit_code = ExitCode.SOME_FAILED


class DocumentCrashed(LkjipError):
    """The reader itself broke down on the document: a crash of a library, or a bug."""

    exit_code = ExitCode.SOME_FAILED


class MissingPart(LkjipError):
    """An optional part is not installed."""

    exit_code = ExitCode.MISSING_PART


class OutputLocked(LkjipError):
    exit_code = ExitCode.LOCKED
    help = "wait for the other run, or choose another output folder with -o"


class DiskFull(LkjipError):
    exit_code = ExitCode.DISK_FULL
    help = "free some space and run the same command again: it goes on where it stopped"


class UsageError(LkjipError):
    exit_code = ExitCode.USAGE
