"""Reads a file that the user named."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import MissingInputError, UnreadableInputError


def read_bytes(path: Path) -> bytes:
    """Return what stands in the file at *path*.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
