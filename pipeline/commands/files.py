"""Standard input and output as the commands use them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from pipeline.errors import NoStandardInputError, StreamClosedError
from pipeline.files import read_bytes

STANDARD_INPUT: Final = Path("-")


def read_input(path: Path) -> bytes:
    """Return what stands in the file at *path*, or on :data:`STANDARD_INPUT`.

    Raises:
        MissingInputError, UnreadableInputError, NoStandardInputError: as their names say.
        UnsupportedInputError: it is a folder.
    """
    if path != STANDARD_INPUT:
        return read_bytes(path)
    if sys.__stdin__ is None:
        raise NoStandardInputError("stdin", "closed")
    return sys.stdin.buffer.read()


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
