"""Which files of an input folder are documents, and which are passed over.

A folder gives its scans at any depth: files of known endings, and others whose first bytes are
those of a PDF or a picture. On another machine the endings alone decide, as each look would be a
request. Text is taken by its ending only, since anything may be text; and vanban's own ``.json``
never: a folder of scans may hold other people's.

What always holds: a file is a document, a failure, or passed over. Only what is no document by
anybody's word is not mentioned: hidden files and folders, lock files of other programs
(``~$plan.pdf``), what Windows leaves in every folder, what the user's patterns leave out, and the
output folder itself. Links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.batch import places
from pipeline.batch.far import faults
from pipeline.batch.patterns import Patterns
from pipeline.errors import EmptyInputError, PassedOverError, VanbanError
from pipeline.formats import HEAD, SourceKind, kind_of
from pipeline.settings import BatchSettings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

SUFFIXES: Final = frozenset(
    {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".webp", ".txt"}
)
_OTHERS: Final = (".", "~")  # how the names of hidden and of temporary files begin
_SYSTEM: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
# What browsers and copying programs call a file until it is whole.
_UNFINISHED: Final = frozenset({".part", ".partial", ".filepart", ".crdownload", ".download"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file and its place relative to the input that led to it."""

    path: Place
    place: PurePosixPath


@dataclass(frozen=True, slots=True)
class Folder:
    """An input folder, looked through once.

    Attributes:
        out: the output folder, as :func:`~pipeline.batch.places.same_place` names it.
        failures: what could not be looked at.
        passed_over: files and links that are no documents.
    """

    path: Place
    out: str
    settings: BatchSettings
    failures: list[VanbanError] = field(default_factory=list)
    passed_over: list[Found] = field(default_factory=list)

    def documents(self) -> list[Found]:
        """Return the documents in it.

        Raises:
            EmptyInputError: there is none.
            PassedOverError: there is none that the patterns take.
        """
        found = list(self._walk())
        if found or self.failures:
            return found
        every = Folder(self.path, self.out, BatchSettings())
        if others := sum(1 for _ in every._walk()):
            raise PassedOverError(str(self.path), str(others))
        raise EmptyInputError(str(self.path))

    def _walk(self) -> Iterator[Found]:
        patterns = Patterns(self.settings)

        def wanted(inside: PurePosixPath, *, is_folder: bool) -> bool:
            if inside.name.startswith(_OTHERS) or inside.name.lower() in _SYSTEM:
                return False
            if patterns.exclude(self.path, inside, is_folder=is_folder):
                return False
            return is_folder or patterns.include(self.path, inside)

        for parent, folders, files in _levels(self.path, self._unreadable):
            inside = _inside(self.path, parent)
            folders[:] = [
                name
                for name in sorted(folders)
                if wanted(inside / name, is_folder=True)
                and places.same_place(parent / name) != self.out
            ]
            links = [Found(parent / name, inside / name) for name in folders]
            self.passed_over.extend(link for link in links if _is_link(link.path))
            for name in sorted(files):
                if not wanted(inside / name, is_folder=False):
                    continue
                found = Found(parent / name, inside / name)
                if _is_document(found.path):
                    yield found
                else:
                    self.passed_over.append(found)

    def _unreadable(self, error: BaseException) -> None:
        where = getattr(error, "filename", None)
        near = isinstance(self.path, Path)
        self.failures.append(places.unreadable(Path(where) if near and where else self.path, error))


def _is_document(path: Place) -> bool:
    if _is_link(path):
        return False
    suffix = PurePosixPath(path.name).suffix.lower()
    return suffix in SUFFIXES or (suffix not in _UNFINISHED and _begins_as_scan(path))


def _is_link(path: Place) -> bool:
    return isinstance(path, Path) and path.is_symlink()


def _begins_as_scan(path: Place) -> bool:
    if not isinstance(path, Path) or not path.is_file():  # a pipe would be waited for without end
        return False
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
    except OSError:  # nothing speaks for it
        return False
    return kind is SourceKind.PDF or (kind is not None and kind.is_raster)


def _levels(
    folder: Place, unreadable: Callable[[BaseException], None]
) -> Iterator[tuple[Place, list[str], list[str]]]:
    """Yield each folder with the names of folders and files in it, as ``os.walk`` does."""
    if isinstance(folder, Path):
        for parent, folders, files in os.walk(folder, onerror=unreadable):
            yield Path(parent), folders, files
        return
    folder.fs.invalidate_cache()  # what it listed before
    try:
        yield from folder.walk(on_error=unreadable)
    except faults() as error:
        unreadable(error)


def _inside(folder: Place, parent: Place) -> PurePosixPath:
    """Return where *parent* lies in *folder*."""
    if isinstance(parent, Path):
        return PurePosixPath(parent.relative_to(str(folder)).as_posix())
    return PurePosixPath(str(parent).removeprefix(str(folder)).strip("/"))
