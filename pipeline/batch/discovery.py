"""Which documents a run converts, and the name of each in the output folder.

What always holds: the order and the names do not depend on the order of the arguments; no two
documents share a name, not even on a file system that ignores case; every output lies inside the
output folder; no output takes the place of an input, or of the report on the run.

A file that is named itself is always taken, whatever it is called; the report alone is no document.
A folder gives those of :mod:`pipeline.batch.folders`, under their path inside it.
"""

from __future__ import annotations

import itertools
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.batch import places
from pipeline.batch.folders import SUFFIXES, Folder, Found
from pipeline.batch.reserved import REPORT, is_report
from pipeline.errors import (
    EmptyInputError,
    OutputIsInputError,
    VanbanError,
)
from pipeline.formats import ending
from pipeline.model import nfc
from pipeline.settings import BatchSettings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

# What is left out of the names of outputs; any other ending is part of a name: ``12.5.2021``.
_ENDINGS: Final = SUFFIXES | {".json", ".text", ".ocr", ".md"}
_LONGEST: Final = 220  # bytes of a name; most systems allow 255 with the ending


@dataclass(frozen=True, slots=True)
class Item:
    """One document to convert.

    Attributes:
        path: the input file, as the user would name it.
        folder: where its outputs go.
        name: the outputs' file name without ending.
        key: the outputs' path under the output folder, without ending, with ``/``.
    """

    path: Place
    folder: Place
    name: str
    key: str

    def target(self, format_: str) -> Place:
        """Return the path of the output in *format_*."""
        return self.folder / f"{self.name}.{ending(format_)}"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the inputs hold: documents in the order of their paths, what failed, and other files.

    Attributes:
        passed_over: files of the input folders that are no documents.
    """

    items: tuple[Item, ...]
    failures: tuple[VanbanError, ...] = ()
    passed_over: tuple[Place, ...] = ()


def discover(
    inputs: Sequence[Place],
    out: Place,
    formats: tuple[str, ...],
    settings: BatchSettings | None = None,
    known: Mapping[str, str] | None = None,
) -> Discovery:
    """Find the documents in *inputs* (files and folders) and name their outputs under *out*.

    Args:
        inputs: what the user named.
        out: the output folder.
        formats: of the outputs.
        settings: which files of folders are wanted; all, when None.
        known: the key that an input was given in an earlier run, which it keeps.

    Raises:
        OutputIsInputError: *out* is one of the input folders.
    """
    require_apart(inputs, out)
    found: list[Found] = []
    passed_over: list[Found] = []
    failures: list[VanbanError] = []
    for path in inputs:
        folder = Folder(path, places.same_place(out), settings or BatchSettings())
        try:  # a folder that is closed to us is named by _file
            found.extend(folder.documents() if places.is_folder(path) else _file(path))
        except VanbanError as failure:
            failures.append(failure)
        failures.extend(folder.failures)
        passed_over.extend(folder.passed_over)
    if not found and not failures:
        failures.extend(EmptyInputError(str(path)) for path in inputs)
    return Discovery(
        tuple(_named(_distinct(found), out, formats, known or {})),
        tuple(sorted(failures, key=lambda failure: failure.subject)),
        tuple(entry.path for entry in _distinct(passed_over, besides=found)),
    )


def require_apart(inputs: Iterable[Place], out: Place) -> None:
    """See that the outputs can be told from the inputs in a later run.

    Raises:
        OutputIsInputError: *out* is one of the input folders.
    """
    for path in inputs:
        if places.same_place(path) == places.same_place(out) and places.is_folder(path):
            raise OutputIsInputError(str(out))


def _file(path: Place) -> list[Found]:
    places.stamp(path)
    if is_report(path):
        return []
    return [Found(path, PurePosixPath(path.name))]


def _distinct(found: list[Found], besides: Iterable[Found] = ()) -> list[Found]:
    """Return each file once, ordered by path; a file met twice keeps its deeper place.

    Files that are *besides* are left out.
    """
    by_file: dict[str, Found] = {}
    for entry in sorted(found, key=lambda entry: (-len(entry.place.parts), str(entry.path))):
        by_file.setdefault(places.same_place(entry.path), entry)
    for entry in besides:
        by_file.pop(places.same_place(entry.path), None)
    return [by_file[file] for file in sorted(by_file)]


def _named(
    found: list[Found], out: Place, formats: tuple[str, ...], known: Mapping[str, str]
) -> Iterator[Item]:
    """Give each file a name of its own: its old one, else the plain one if it is free, else longer.

    The longer one has the file's ending.
    """
    inputs = {_key(places.same_place(entry.path)): entry.path for entry in found}

    def targets(item: Item) -> set[str]:
        return {_key(str(item.target(format_))) for format_ in ("", *formats)}

    taken = targets(Item(out, out / ".", REPORT, REPORT))

    def free(entry: Found, item: Item) -> bool:
        if not taken.isdisjoint(targets(item)):
            return False
        # A vanban .json stays where it is: it is the file of record and is not written anew.
        own = places.same_place(entry.path)
        return all(
            inputs.get(_key(target)) in (None, entry.path) and (format_ == "json" or target != own)
            for format_ in formats
            for target in (places.same_place(item.target(format_)),)
        )

    def item_of(entry: Found, name: str) -> Item:
        inside = PurePosixPath(_unicode(str(entry.place.parent)))
        folder = out.joinpath(*inside.parts)  # not "./name", which a store takes by the letter
        return Item(entry.path, folder, name, (inside / name).as_posix())

    later: list[Found] = []
    chosen: dict[Found, Item] = {}

    def choose(entry: Found, item: Item) -> None:
        taken.update(targets(item))
        chosen[entry] = item

    old = {entry: known[str(entry.path)] for entry in found if str(entry.path) in known}
    for entry in sorted(found, key=lambda entry: entry not in old):
        item = item_of(entry, _fitting(entry.place))
        before = PurePosixPath(old.get(entry, item.key))
        if before.parent == entry.place.parent:
            item = item_of(entry, before.name)
        if free(entry, item):
            choose(entry, item)
        else:
            later.append(entry)
    for entry in later:
        suffix = entry.place.suffix.lower()
        ending = suffix.removeprefix(".") if suffix in _ENDINGS else "file"
        names = (
            f"{_fitting(entry.place)} ({ending}{f' {count}' if count > 1 else ''})"
            for count in itertools.count(1)
        )
        items = (item_of(entry, name) for name in names)
        choose(entry, next(item for item in items if free(entry, item)))
    for entry in found:
        yield chosen[entry]


def _unicode(name: str) -> str:
    """Return a name for outputs; those of old archives may be no Unicode."""
    return os.fsencode(name).decode("utf-8", "replace")


def _fitting(place: PurePosixPath) -> str:
    """Return the name cut so that its outputs, with their longer endings, can have it."""
    stem = _unicode(place.stem if place.suffix.lower() in _ENDINGS else place.name)
    while len(os.fsencode(stem)) > _LONGEST:
        while unicodedata.combining(stem[-1]) and len(stem) > 1:  # they go with their letter
            stem = stem[:-1]
        stem = stem[:-1]
    return stem


def _key(path: str) -> str:
    """Return what file systems that ignore case and normalisation take for the same name."""
    return nfc(path).casefold()
