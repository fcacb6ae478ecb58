"""What a file is, told by its first bytes and never by its name.

Plain text has no mark of its own. It is taken for text when nothing in it speaks against it and its
name does not promise something else: a ``.pdf`` that holds an error page is not a document.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.errors import (
    EmptyInputError,
    MissingInputError,
    UnreadableInputError,
    UnsupportedInputError,
)
from pipeline.formats import HEAD, SourceKind, kind_of, looks_like

_TEXT_NAMES: Final = frozenset({"", ".txt", ".text", ".ocr", ".md"})


def identify(path: Path) -> SourceKind:
    """Return what the file at *path* is.

    Raises:
        MissingInputError: nothing is there.
        UnreadableInputError: the system does not let us read it.
        EmptyInputError: it has no bytes.
        UnsupportedInputError: it is something else; the detail names what it looks like.
    """
    head = read_head(path)
    kind = kind_of(head)
    if kind is None:
        raise UnsupportedInputError(path, looks_like(head))
    if kind is SourceKind.TEXT and path.suffix.lower() not in _TEXT_NAMES:
        raise UnsupportedInputError(path, "plain text")
    return kind


def read_head(path: Path) -> bytes:
    """Return the first bytes of the file at *path*; the errors are those of :func:`identify`."""
    try:
        if path.is_dir():
            raise UnsupportedInputError(path, "folder")
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise UnsupportedInputError(path, "no regular file")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
    if not head:
        raise EmptyInputError(path)
    return head
