"""Pages between reading and finishing: each a file of its own, so that none is read twice.

A page that was read lies in the document's folder of the spool until the document is finished; a
run that was killed finds it there. What always holds: a file of the spool is whole, and what is not
a page any more (a bad disk) is as if it were not there.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from pipeline.batch import places
from pipeline.batch.far import faults
from pipeline.batch.output import write_all
from pipeline.errors import MissingInputError, UnreadableInputError
from pipeline.model import Page

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_PAGES: Final = TypeAdapter(tuple[Page, ...])  # a picture of two pages gives two


def pack(pages: tuple[Page, ...]) -> bytes:
    """Return *pages* as they are kept."""
    return zlib.compress(_PAGES.dump_json(pages, exclude_defaults=True))


def write(folder: Place, index: int, packed: bytes, token: str) -> None:
    """Keep what was read at *index* (from 0), see :func:`pack`.

    Raises:
        OutputUnwritableError: as its name says.
    """
    write_all({_file(folder, index): packed}, token)


def read(folder: Place, index: int) -> tuple[Page, ...] | None:
    """Return what was read at *index*, or None when that is not there or damaged."""
    try:
        return _PAGES.validate_json(zlib.decompress(places.read(_file(folder, index))))
    except (MissingInputError, UnreadableInputError, zlib.error, ValidationError):
        return None


def present(folder: Place, pages: int) -> frozenset[int]:
    """Return which of a document's pages are there and whole."""
    if not places.is_folder(folder):
        return frozenset()
    return frozenset(index for index in range(pages) if read(folder, index) is not None)


def clear(folder: Place) -> None:
    """Remove a document's pages, as far as the system lets us."""
    with suppress(*faults()):
        names = [file.name for file in folder.iterdir()]
        for name in names:
            places.remove(folder / name)
        folder.rmdir()


def _file(folder: Place, index: int) -> Place:
    return folder / f"{index + 1:06d}.json.z"
