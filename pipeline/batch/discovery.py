"""Which documents a run converts, and the name of each in the output folder.

What always holds: the order and the names do not depend on the order of the arguments; no two
documents share a name, not even on a file system that ignores case; every output lies inside the
output folder; no output takes the place of an input, or of the report on the run.

A folder gives its files of known endings at any depth, under their path inside it; hidden files and
folders, half-written and lock files of other programs (``~$plan.pdf``), links and the output folder
itself are passed over. vanban's own ``.json`` is taken only when it is named itself: a folder of
scans may hold other people's. The report is no document, even when it is named.
"""

from __future__ import annotations

import itertools
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.batch import places
from pipeline.batch.far import faults
from pipeline.batch.patterns import Patterns
from pipeline.batch.reserved import REPORT, is_report
from pipeline.errors import (
    EmptyInputError,
    OutputIsInputError,
    PassedOverError,
    VanbanError,
)
from pipeline.formats import ending
from pipeline.model import nfc
from pipeline.settings import BatchSettings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

    # The question whether a file or folder (True) of an input folder is to be looked at.
    _Wanted = Callable[[Place, PurePosixPath, bool], bool]

SUFFIXES: Final = frozenset(
    {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".txt"}
)
_LONGEST: Final = 220  # bytes of a name; most systems allow 255 with the ending
_OTHERS: Final = (".", "~")  # how the names of hidden and of temporary files begin


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
    """What the inputs hold: documents in the order of their paths, and what failed."""

    items: tuple[Item, ...]
    failures: tuple[VanbanError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file and its place relative to the input that led to it."""

    path: Place
    place: PurePosixPath


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
    found: list[_Found] = []
    failures: list[VanbanError] = []
    wanted = _wanted(settings or BatchSettings())
    for path in inputs:
        is_folder = places.is_folder(path)  # one that is closed to us is named by _file
        try:
            found.extend(_in_folder(path, out, wanted, failures) if is_folder else _file(path))
        except VanbanError as failure:
            failures.append(failure)
    if not found and not failures:
        failures.extend(EmptyInputError(str(path)) for path in inputs)
    items = tuple(_named(_distinct(found), out, formats, known or {}))
    return Discovery(items, tuple(sorted(failures, key=lambda failure: failure.subject)))


def require_apart(inputs: Iterable[Place], out: Place) -> None:
    """See that the outputs can be told from the inputs in a later run.

    Raises:
        OutputIsInputError: *out* is one of the input folders.
    """
    for path in inputs:
        if places.same_place(path) == places.same_place(out) and places.is_folder(path):
            raise OutputIsInputError(str(out))


def _wanted(settings: BatchSettings) -> _Wanted:
    patterns = Patterns(settings)

    def wanted(folder: Place, inside: PurePosixPath, is_folder: bool) -> bool:
        if inside.name.startswith(_OTHERS) or patterns.exclude(folder, inside, is_folder=is_folder):
            return False
        if is_folder:
            return True
        return inside.suffix.lower() in SUFFIXES and patterns.include(folder, inside)

    return wanted


def _file(path: Place) -> list[_Found]:
    places.stamp(path)
    if is_report(path):
        return []
    return [_Found(path, PurePosixPath(path.name))]


def _in_folder(
    folder: Place,
    out: Place,
    wanted: _Wanted,
    failures: list[VanbanError],
) -> list[_Found]:
    before = len(failures)
    found = list(_walk(folder, places.same_place(out), wanted, failures))
    if not found and len(failures) == before:
        every = _walk(folder, places.same_place(out), _wanted(BatchSettings()), [])
        if others := sum(1 for _ in every):
            raise PassedOverError(str(folder), str(others))
        raise EmptyInputError(str(folder))
    return found


def _walk(
    folder: Place,
    out: str,
    wanted: _Wanted,
    failures: list[VanbanError],
) -> Iterator[_Found]:
    def unreadable(error: BaseException) -> None:
        where = getattr(error, "filename", None)
        place = folder if where is None or not isinstance(folder, Path) else Path(where)
        failures.append(places.unreadable(place, error))

    for parent, folders, files in _levels(folder, unreadable):
        inside = _inside(folder, parent)
        folders[:] = [
            name
            for name in sorted(folders)
            if wanted(folder, inside / name, True) and places.same_place(parent / name) != out
        ]
        for name in sorted(files):
            path = parent / name
            is_link = isinstance(path, Path) and path.is_symlink()
            if wanted(folder, inside / name, False) and not is_link:
                yield _Found(path, inside / name)


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


def _distinct(found: list[_Found]) -> list[_Found]:
    """Return each file once, ordered by path; a file met twice keeps its deeper place."""
    by_file: dict[str, _Found] = {}
    for entry in sorted(found, key=lambda entry: (-len(entry.place.parts), str(entry.path))):
        by_file.setdefault(places.same_place(entry.path), entry)
    return [by_file[file] for file in sorted(by_file)]


def _named(
    found: list[_Found], out: Place, formats: tuple[str, ...], known: Mapping[str, str]
) -> Iterator[Item]:
    """Give each file a name of its own: its old one, else the plain one if it is free, else longer.

    The longer one has the file's ending.
    """
    inputs = {_key(places.same_place(entry.path)): entry.path for entry in found}

    def targets(item: Item) -> set[str]:
        return {_key(str(item.target(format_))) for format_ in ("", *formats)}

    taken = targets(Item(out, out / ".", REPORT, REPORT))

    def free(entry: _Found, item: Item) -> bool:
        if not taken.isdisjoint(targets(item)):
            return False
        # A vanban .json stays where it is: it is the file of record and is not written anew.
        own = places.same_place(entry.path)
        return all(
            inputs.get(_key(target)) in (None, entry.path) and (format_ == "json" or target != own)
            for format_ in formats
            for target in (places.same_place(item.target(format_)),)
        )

    def item_of(entry: _Found, name: str) -> Item:
        inside = PurePosixPath(_unicode(str(entry.place.parent)))
        folder = out.joinpath(*inside.parts)  # not "./name", which a store takes by the letter
        return Item(entry.path, folder, name, (inside / name).as_posix())

    later: list[_Found] = []
    chosen: dict[_Found, Item] = {}

    def choose(entry: _Found, item: Item) -> None:
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
        ending = entry.place.suffix.removeprefix(".").lower() or "file"
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
    stem = _unicode(place.stem)
    while len(os.fsencode(stem)) > _LONGEST:
        while unicodedata.combining(stem[-1]) and len(stem) > 1:  # they go with their letter
            stem = stem[:-1]
        stem = stem[:-1]
    return stem


def _key(path: str) -> str:
    """Return what file systems that ignore case and normalisation take for the same name."""
    return nfc(path).casefold()
