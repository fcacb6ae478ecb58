"""Standard input as the commands use it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from pipeline.errors import NoStandardInputError
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
