"""Writes the files of one document: all of them whole, or none.

Every format is first written beside its place under a hidden name and flushed to the disk; only
when all are there do they take their places. A run that is killed leaves at most hidden ``.part``
files, never half a document.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from pipeline.errors import OutputUnwritableError


def write_all(contents: dict[Path, bytes], token: str) -> None:
    """Write each path's bytes; the paths stand in one folder, which is made if need be.

    Args:
        contents: what goes where.
        token: makes the hidden names this document's own, see :func:`discard`.

    Raises:
        OutputUnwritableError: it names the file or folder; nothing was put in place unless the
            system refused one of the renames in between.
    """
    hidden: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            _make_folder(path.parent)
            hidden[path] = part(path, token)
            _write(path, hidden[path], data)
        for path in contents:
            _rename(hidden[path], path)
    finally:
        _remove(hidden.values())


def part(path: Path, token: str) -> Path:
    """Return the hidden name under which *path* is written; short however long the other is."""
    # Several outputs may have one suffix: plan.json and plan.metadata.json.
    return path.with_name(f".{token}-{crc32(os.fsencode(path.name)):08x}.part")


def discard(paths: list[Path], token: str) -> None:
    """Remove what a worker that was killed left of *paths*."""
    _remove(part(path, token) for path in paths)


def check_folder(folder: Path) -> None:
    """Make the output folder and see that files can be written in it.

    Raises:
        OutputUnwritableError: they cannot.
    """
    _make_folder(folder)
    probe = folder / f".{os.getpid()}.part"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputUnwritableError(folder, error.strerror or "") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritableError(folder, error.strerror or "") from error


def _write(path: Path, hidden: Path, data: bytes) -> None:
    try:
        with hidden.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputUnwritableError(path, error.strerror or "") from error


def _rename(hidden: Path, path: Path) -> None:
    try:
        hidden.replace(path)
    except OSError as error:
        raise OutputUnwritableError(path, error.strerror or "") from error


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        # What made writing fail may also forbid this; the first failure is the one to tell.
        with suppress(OSError):
            path.unlink()
