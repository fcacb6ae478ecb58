"""Reads the ``.json`` that vanban wrote: the file of record."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import (
    DamagedInputError,
    MissingInputError,
    UnreadableInputError,
    UnsupportedInputError,
)
from pipeline.model import Document, SchemaError, SchemaVersionError


def read_record(path: Path) -> Document:
    """Return the document that stands in the file at *path*.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
        UnsupportedInputError: another version of vanban wrote it.
        DamagedInputError: it is no whole document.
    """
    try:
        return Document.from_json(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
    except SchemaVersionError as error:
        raise UnsupportedInputError(path, str(error)) from error
    except SchemaError as error:
        raise DamagedInputError(path, str(error)) from error
