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
from typing import TYPE_CHECKING
from zlib import crc32

from pipeline.batch import places
from pipeline.errors import OutputUnwritableError

if TYPE_CHECKING:
    from pipeline.batch.places import Place


def write_all(contents: dict[Place, bytes], token: str) -> None:
    """Write each place's bytes; the folders are made if need be.

    Args:
        contents: what goes where.
        token: makes the hidden names this document's own, see :func:`discard`.

    Raises:
        OutputUnwritableError: it names the file or folder; nothing was put in place unless the
            system refused one of the renames in between.
    """
    hidden: dict[Place, Place] = {}
    try:
        for place, data in contents.items():
            places.make_folder(place.parent)
            hidden[place] = part(place, token)
            places.write_beside(place, hidden[place], [data])
        for place in contents:
            places.put(hidden[place], place)
        _settle({place.parent for place in contents})
    finally:
        discard(contents, token)


def part(place: Place, token: str) -> Place:
    """Return the hidden name under which *place* is written; short however long the other is."""
    # Several outputs may have one suffix: plan.json and plan.metadata.json.
    return place.with_name(f".{token}-{crc32(os.fsencode(place.name)):08x}.part")


def discard(wanted: Iterable[Place], token: str) -> None:
    """Remove what was written of the *wanted* places and has not taken them."""
    for place in wanted:
        # What made writing fail may also forbid this; the first failure is the one to tell.
        places.remove(part(place, token))


def check_folder(folder: Place) -> None:
    """Make the output folder and see that files can be written in it.

    Raises:
        OutputUnwritableError: they cannot.
    """
    places.make_folder(folder)
    probe = folder / f".{os.getpid()}.part"
    try:
        places.write_beside(probe, probe, [b"vanban\n"])
        places.remove(probe)
    except OutputUnwritableError as error:
        places.remove(probe)
        raise type(error)(str(folder), error.detail) from error


def _settle(folders: set[Place]) -> None:
    """Flush the renames themselves, where the system can: Windows cannot, and need not."""
    if os.name != "posix":
        return
    for folder in folders:
        if isinstance(folder, Path):
            with suppress(OSError):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
