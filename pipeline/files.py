"""Reads a file that the user named; what is wrong with it is a failure with a name."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import MissingInputError, UnreadableInputError, UnsupportedInputError


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
