"""Which documents a run converts, and the name of each in the output folder.

What always holds: the order and the names do not depend on the order of the arguments; no two
documents share a name, not even on a file system that ignores case; every output lies inside the
output folder; no output takes the place of an input.

A folder gives its files of known endings at any depth, under their path inside it; hidden files and
folders, links to folders and the output folder itself are passed over. vanban's own ``.json`` is
taken only when it is named itself: a folder of scans may hold other people's.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import (
    EmptyInputError,
    MissingInputError,
    OutputUnwritableError,
    UnreadableInputError,
    VanbanError,
)
from pipeline.model import nfc
from pipeline.writers import ending

SUFFIXES: Final = frozenset(
    {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".txt"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One document to convert.

    Attributes:
        path: the input file, as the user would name it.
        folder: where its outputs go.
        name: the outputs' file name without ending.
    """

    path: Path
    folder: Path
    name: str

    def target(self, format_: str) -> Path:
        """Return the path of the output in *format_*."""
        return self.folder / f"{self.name}.{ending(format_)}"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the inputs hold: documents in the order of their paths, and what failed."""

    items: tuple[Item, ...]
    failures: tuple[VanbanError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file and its place relative to the input that led to it."""

    path: Path
    place: Path


def discover(inputs: Iterable[Path], out: Path, formats: tuple[str, ...]) -> Discovery:
    """Find the documents in *inputs* (files and folders) and name their outputs under *out*.

    Raises:
        OutputUnwritableError: *out* is one of the input folders; its files could not be told from
            the inputs in a later run.
    """
    found: list[_Found] = []
    failures: list[VanbanError] = []
    for path in inputs:
        is_folder = _is_folder(path)
        if is_folder and path.resolve() == out.resolve():
            raise OutputUnwritableError(out, f"= {path}")
        try:
            found.extend(_in_folder(path, out, failures) if is_folder else _file(path))
        except VanbanError as failure:
            failures.append(failure)
    items = tuple(_named(_distinct(found), out, formats))
    return Discovery(items, tuple(sorted(failures, key=lambda failure: failure.subject)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # inside a folder that is closed to us; _file names what is wrong
        return False


def _file(path: Path) -> list[_Found]:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
    return [_Found(path, Path(path.name))]


def _in_folder(folder: Path, out: Path, failures: list[VanbanError]) -> list[_Found]:
    before = len(failures)
    found = list(_walk(folder, out.resolve(), failures))
    if not found and len(failures) == before:
        raise EmptyInputError(folder)
    return found


def _walk(folder: Path, out: Path, failures: list[VanbanError]) -> Iterator[_Found]:
    def unreadable(error: OSError) -> None:
        failures.append(UnreadableInputError(error.filename or folder, error.strerror or ""))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(parent)
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and (here / name).resolve() != out
        ]
        for name in sorted(files):
            path = here / name
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield _Found(path, path.relative_to(folder))


def _distinct(found: list[_Found]) -> list[_Found]:
    """Return each file once, ordered by path; a file met twice keeps its deeper place."""
    by_file: dict[Path, _Found] = {}
    for entry in sorted(found, key=lambda entry: (-len(entry.place.parts), str(entry.path))):
        by_file.setdefault(entry.path.resolve(), entry)
    return [by_file[file] for file in sorted(by_file, key=str)]


def _named(found: list[_Found], out: Path, formats: tuple[str, ...]) -> Iterator[Item]:
    """Give each file a name of its own: the plain one if it is free, else with its ending."""
    inputs = {_key(entry.path.resolve()): entry.path for entry in found}
    taken: set[str] = set()

    def targets(item: Item) -> set[str]:
        return {_key(item.target(format_)) for format_ in ("", *formats)}

    def free(entry: _Found, item: Item) -> bool:
        if not taken.isdisjoint(targets(item)):
            return False
        # A vanban .json stays where it is: it is the file of record and is not written anew.
        return all(
            inputs.get(_key(item.target(format_).resolve())) in (None, entry.path)
            and (format_ == "json" or item.target(format_).resolve() != entry.path.resolve())
            for format_ in formats
        )

    later: list[_Found] = []
    chosen: dict[_Found, Item] = {}

    def choose(entry: _Found, item: Item) -> None:
        taken.update(targets(item))
        chosen[entry] = item

    for entry in found:
        item = Item(entry.path, out / entry.place.parent, entry.place.stem)
        if free(entry, item):
            choose(entry, item)
        else:
            later.append(entry)
    for entry in later:
        ending = entry.path.suffix.removeprefix(".").lower() or "file"
        plain, folder = entry.place.stem, out / entry.place.parent
        names = (
            f"{plain} ({ending}{f' {count}' if count > 1 else ''})" for count in itertools.count(1)
        )
        items = (Item(entry.path, folder, name) for name in names)
        choose(entry, next(item for item in items if free(entry, item)))
    for entry in found:
        yield chosen[entry]


def _key(path: Path) -> str:
    """Return what file systems that ignore case and normalisation take for the same name."""
    return nfc(str(path)).casefold()
