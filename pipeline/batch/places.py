"""Files and folders wherever they are: a path of this machine, or a URL of another.

A *place* is a :class:`pathlib.Path`, or for a URL (``s3://bucket/scans``) a ``UPath`` of
universal_pathlib, which has the same methods over fsspec. What always holds: a file that is written
is whole at every instant, and a far file is read from a copy on this machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from platformdirs import user_cache_path

from pipeline.batch.far import far_place, faults, is_store, reason
from pipeline.errors import (
    MissingInputError,
    OutputUnreachableError,
    OutputUnwritableError,
    UnreachableError,
    UnreadableInputError,
    VanbanError,
)
from pipeline.write_failures import unwritable

if TYPE_CHECKING:
    from upath import UPath

    Place = Path | UPath

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # a drive of Windows is one letter
# Copies of far files, the last used ones: more than are read at a time.
_KEPT: Final = max(16, 4 * (os.cpu_count() or 1))
_DAY: Final = 86_400.0  # seconds after which nobody goes on with half a copy


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known again without reading it.

    Attributes:
        size: in bytes.
        modified: nanoseconds since 1970, as its file system tells; 0 when it does not.
    """

    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Output:
    """A file that we wrote: by what it is known again, at a look and for certain."""

    stamp: Stamp
    checksum: str


def place(text: str) -> Place:
    """Return the place that the user named.

    Raises:
        NoFarPackageError: it is a URL, and no package for its kind is installed.
        UnknownAddressError: it is a URL of a kind that nothing knows.
        UnreachableError: it is a URL, and the other machine does not answer, or not to us.
    """
    return far_place(text) if _URL.match(text) else Path(text)


def same_place(place: Place) -> str:
    """Return a text that is the same for two ways of naming one place."""
    return str(place.resolve()) if isinstance(place, Path) else str(place)


def stamp(place: Place) -> Stamp:
    """Return by what the file is known again.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingInputError(str(place)) from error
    except faults() as error:
        raise unreadable(place, error) from error
    return Stamp(found.st_size, _modified(found))


def look_over(folder: Place) -> None:
    """List all that lies in a store's folder, so that to ask for each file costs nothing."""
    if is_store(folder) and not isinstance(folder, Path):
        with suppress(*faults()):  # whoever asks will be told
            folder.fs.find(folder.path)


def forget(folder: Place) -> None:
    """Ask the store again for what lies in the folder: it has changed."""
    if not isinstance(folder, Path):
        folder.fs.invalidate_cache(folder.path)


def unreadable(place: Place, error: BaseException) -> UnreadableInputError:
    """Return the failure for what access to a file has raised, near or far."""
    kind = UnreadableInputError if isinstance(place, Path) else UnreachableError
    return kind(str(place), reason(error))


def _unwritable(place: Place, error: BaseException) -> OutputUnwritableError:
    if isinstance(place, Path) and isinstance(error, OSError):
        return unwritable(place, error)
    return OutputUnreachableError(str(place), reason(error))


def stamp_or_none(place: Place) -> Stamp | None:
    """Return by what the file is known again, or None when there is none to be seen."""
    try:
        return stamp(place)
    except (MissingInputError, UnreadableInputError):
        return None


def is_folder(place: Place) -> bool:
    """Tell whether a folder is there; what cannot be looked at, or cannot be named, is none."""
    try:
        return bool(place.is_dir())
    except ValueError:  # no name that a file may have
        return False
    except faults():
        return False


def _modified(found: Any) -> int:
    if isinstance(found, os.stat_result):
        return found.st_mtime_ns
    # Whole seconds: stores tell parts of them in a list and not for a single file.
    return int(found.st_mtime or 0) * 10**9


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file of this machine, in hexadecimal.

    Raises:
        UnreadableInputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error


def local_copy(place: Place) -> Path:
    """Return a path of this machine with the file's bytes: its own, or that of a copy.

    The copy of a far file is made once for each state of the file; the last few are kept.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    if isinstance(place, Path):
        return place
    found = stamp(place)
    key = hashlib.sha256(f"{place} {found}".encode()).hexdigest()[:32]
    folder = user_cache_path("vanban", appauthor=False) / "copies"
    copy = folder / key
    try:
        if copy.exists():
            copy.touch()
            return copy
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f".{key}-{os.getpid()}.part"
        place.fs.get_file(place.path, str(part))
        part.replace(copy)
    except FileNotFoundError as error:
        raise MissingInputError(str(place)) from error
    except faults() as error:
        raise unreadable(place, error) from error
    _keep_the_last(folder)
    return copy


@contextmanager
def in_its_name(place: Place, copy: Path) -> Iterator[None]:
    """Let failures of the *copy* be about the place that it is of."""
    try:
        yield
    except VanbanError as error:
        if error.subject != str(copy):
            raise
        raise type(error)(str(place), error.detail) from error


def pieces(place: Place, size: int) -> Iterator[bytes]:
    """Yield what stands in the file, *size* bytes at a time.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    try:
        with local_copy(place).open("rb") as file:
            while piece := file.read(size):
                yield piece
    except FileNotFoundError as error:
        raise MissingInputError(str(place)) from error
    except OSError as error:
        raise UnreadableInputError(str(place), error.strerror or "") from error


def _keep_the_last(folder: Path) -> None:
    copies: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        with suppress(OSError):  # others remove them too
            copies.append((path.stat().st_mtime, path))
    old = time.time() - _DAY
    whole = sorted(copy for copy in copies if copy[1].suffix != ".part")
    halves = [copy for copy in copies if copy[1].suffix == ".part" and copy[0] < old]
    for _, path in (*whole[:-_KEPT], *halves):
        remove(path)


def read(place: Place) -> bytes:
    """Return what stands in the file.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    try:
        return bytes(place.read_bytes())
    except FileNotFoundError as error:
        raise MissingInputError(str(place)) from error
    except faults() as error:
        raise unreadable(place, error) from error


def content_or_none(place: Place) -> bytes | None:
    """Return what stands in the file, or None when there is none.

    Raises:
        UnreadableInputError: there is one and it cannot be read.
    """
    try:
        return read(place)
    except MissingInputError:
        return None


def output(place: Place, data: bytes) -> Output:
    """Return by what the file with *data* that was just written is known again."""
    return Output(stamp(place), hashlib.sha256(data).hexdigest())


def unchanged(place: Place, written: Output) -> bool:
    """Tell whether the file is still as we have *written* it."""
    found = stamp_or_none(place)
    if found is None or found.size != written.stamp.size:
        return False
    if found == written.stamp:
        return True
    try:
        return hashlib.sha256(read(place)).hexdigest() == written.checksum
    except (MissingInputError, UnreadableInputError):
        return False


def make_folder(folder: Place) -> None:
    """Make the folder and those it lies in, where there are folders.

    Raises:
        OutputUnwritableError: it cannot be made.
    """
    if is_store(folder):
        return  # and a store itself is not made because somebody mistyped its name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except faults() as error:
        raise _unwritable(folder, error) from error


def write_beside(place: Place, hidden: Place, parts: Iterable[bytes]) -> None:
    """Write *parts* under the *hidden* name and flush them to the disk; :func:`put` shows them.

    Raises:
        OutputUnwritableError: it names *place*.
    """
    try:
        if isinstance(hidden, Path):
            with hidden.open("wb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
        else:
            target: Any = place if is_store(place) else hidden
            target.fs.pipe_file(target.path, b"".join(parts))
    except faults() as error:
        raise _unwritable(place, error) from error


def put(hidden: Place, place: Place) -> None:
    """Let what was written under the *hidden* name take its place.

    Raises:
        OutputUnwritableError: it names *place*.
    """
    try:
        if isinstance(place, Path):
            Path(str(hidden)).replace(place)
        elif not is_store(place) and not isinstance(hidden, Path):
            place.fs.mv(hidden.path, place.path)
    except faults() as error:
        raise _unwritable(place, error) from error


def remove(place: Place) -> None:
    """Remove the file, if it is there and the system lets us."""
    with suppress(*faults()):
        place.unlink()
