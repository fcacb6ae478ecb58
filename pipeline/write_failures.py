"""What the system, or SQLite, says of a failed write, as a failure that a user can meet."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Final

from pipeline.errors import OutputFullError, OutputTooLargeError, OutputUnwritableError

_KINDS: Final = {
    errno.ENOSPC: OutputFullError,
    errno.EDQUOT: OutputFullError,
    errno.EFBIG: OutputTooLargeError,
}


def unwritable(subject: str | Path, error: OSError | sqlite3.Error) -> OutputUnwritableError:
    """Return the failure for what was raised when *subject* was written."""
    if isinstance(error, sqlite3.Error):
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        return OutputFullError(subject) if full else OutputUnwritableError(subject, str(error))
    kind = _KINDS.get(error.errno or 0)
    return kind(subject) if kind else OutputUnwritableError(subject, error.strerror or "")
