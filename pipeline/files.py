"""Files that the user named, and standard output; what is wrong is a failure with a name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.errors import (
    MissingInputError,
    StreamClosedError,
    UnreadableInputError,
    UnsupportedInputError,
)


def read_bytes(path: Path) -> bytes:
    """Return what stands in the file at *path*.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
        UnsupportedInputError: it is a folder.
    """
    if path.is_dir():
        raise UnsupportedInputError(path, "folder")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error


def write_data(data: bytes) -> None:
    """Write *data* to standard output; a reader that has seen enough is no failure.

    Raises:
        StreamClosedError: it is closed, or its disk is full.
    """
    if sys.__stdout__ is None:
        raise StreamClosedError("stdout", "closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python flushes once more at its end, which would fail again.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise StreamClosedError("stdout", error.strerror or "") from error
