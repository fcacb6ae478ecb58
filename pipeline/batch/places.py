"""Files and folders wherever they are: a path of this machine, or a URL of another.

A *place* is a :class:`pathlib.Path`, or for a URL (``s3://bucket/scans``) a ``UPath`` of
universal_pathlib, which has the same methods over fsspec. What always holds: a file that is written
is whole at every instant, and a far file is read from a copy on this machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import (
    MissingInputError,
    NoFarPackageError,
    OutputUnwritableError,
    UnreadableInputError,
)

if TYPE_CHECKING:
    from upath import UPath

    Place = Path | UPath

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # a drive of Windows is one letter
# Whatever is put there appears whole, and moving it would be another upload.
_WHOLE: Final = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"})
_KEPT: Final = 16  # copies of far files, the last used ones


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
    """
    if not _URL.match(text):
        return Path(text)
    try:
        from upath import UPath  # noqa: PLC0415  # an extra

        far = UPath(text)
        far.fs  # noqa: B018  # loads the package of its protocol
    except (ImportError, ValueError) as error:
        raise NoFarPackageError(text, str(error)) from error
    return far


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
    except OSError as error:
        raise UnreadableInputError(str(place), error.strerror or "") from error
    return Stamp(found.st_size, _modified(found))


def stamp_or_none(place: Place) -> Stamp | None:
    """Return by what the file is known again, or None when there is none to be seen."""
    try:
        return stamp(place)
    except (MissingInputError, UnreadableInputError):
        return None


def _modified(found: Any) -> int:
    if isinstance(found, os.stat_result):
        return found.st_mtime_ns
    return round(float(found.st_mtime or 0) * 1e9)


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
    folder = Path(tempfile.gettempdir(), f"vanban-{os.environ.get('USER', 'copies')}")
    copy = folder / f"{key}{place.suffix}"
    if not copy.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        part = folder / f".{key}-{os.getpid()}.part"
        try:
            place.fs.get_file(place.path, str(part))
        except OSError as error:
            raise UnreadableInputError(str(place), error.strerror or str(error)) from error
        part.replace(copy)
        _keep_the_last(folder)
    with suppress(OSError):
        copy.touch()
    return copy


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
    copies = [(path.stat().st_mtime, path) for path in folder.iterdir() if path.name[0] != "."]
    for _, path in sorted(copies)[:-_KEPT]:
        with suppress(OSError):
            path.unlink()


def read(place: Place) -> bytes:
    """Return what stands in the file.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
    """
    try:
        return bytes(place.read_bytes())
    except FileNotFoundError as error:
        raise MissingInputError(str(place)) from error
    except OSError as error:
        raise UnreadableInputError(str(place), error.strerror or str(error)) from error


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
    return found == written.stamp or hashlib.sha256(read(place)).hexdigest() == written.checksum


def make_folder(folder: Place) -> None:
    """Make the folder and those it lies in.

    Raises:
        OutputUnwritableError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritableError(str(folder), error.strerror or str(error)) from error


def write_beside(place: Place, hidden: Place, data: bytes) -> None:
    """Write *data* under the *hidden* name and flush it to the disk; :func:`put` shows it.

    Raises:
        OutputUnwritableError: it names *place*.
    """
    if not isinstance(place, Path) and place.protocol in _WHOLE:
        hidden = place
    try:
        with hidden.open("wb") as file:
            file.write(data)
            if isinstance(hidden, Path):
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise OutputUnwritableError(str(place), error.strerror or str(error)) from error


def put(hidden: Place, place: Place) -> None:
    """Let what was written under the *hidden* name take its place.

    Raises:
        OutputUnwritableError: it names *place*.
    """
    try:
        if isinstance(place, Path):
            Path(str(hidden)).replace(place)
        elif place.protocol not in _WHOLE:
            place.fs.mv(str(hidden), str(place))
    except OSError as error:
        raise OutputUnwritableError(str(place), error.strerror or str(error)) from error


def remove(place: Place) -> None:
    """Remove the file, if it is there and the system lets us."""
    with suppress(OSError):
        place.unlink()
