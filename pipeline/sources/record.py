"""Reads the ``.json`` that vanban wrote: the file of record."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import DamagedRecordError, OtherVersionError
from pipeline.files import read_bytes
from pipeline.model import Document, SchemaError, SchemaVersionError


def read_record(path: Path) -> Document:
    """Return the document that stands in the file at *path*.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
        UnsupportedInputError: it is a folder, or another version of vanban wrote it.
        DamagedRecordError: it is no whole document.
    """
    try:
        return Document.from_json(read_bytes(path))
    except SchemaVersionError as error:
        raise OtherVersionError(path, error.where) from error
    except SchemaError as error:
        raise DamagedRecordError(path, error.where) from error
