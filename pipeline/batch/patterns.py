"""Which files and folders the user's patterns take (``*.pdf``, ``2019/*``, ``drafts/``).

A pattern is held against the name, the path inside the input folder, and the path with that folder
as the user named it. Case does not matter, as scanners write ``SCAN0001.PDF``; a slash at the end
asks for a folder. What always holds: what is excluded is not taken, whatever includes it.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.model import nfc

if TYPE_CHECKING:
    from pipeline.batch.places import Place
    from pipeline.settings import BatchSettings


class Patterns:
    """The patterns of one run."""

    def __init__(self, settings: BatchSettings) -> None:
        self._include = [_plain(pattern) for pattern in settings.include]
        self._exclude = [_plain(pattern) for pattern in settings.exclude]

    def exclude(self, folder: Place, inside: PurePosixPath, *, is_folder: bool) -> bool:
        """Tell whether what lies at *inside* in the input *folder* is passed over."""
        return _match(self._exclude, folder, inside, is_folder=is_folder)

    def include(self, folder: Place, inside: PurePosixPath) -> bool:
        """Tell whether the file at *inside* is wanted, for itself or with a folder that it is in.

        Every file is, when no pattern says which.
        """
        return (
            not self._include
            or _match(self._include, folder, inside, is_folder=False)
            or any(
                _match(self._include, folder, parent, is_folder=True)
                for parent in inside.parents[:-1]  # the last is the input folder itself
            )
        )


def _match(patterns: list[str], folder: Place, inside: PurePosixPath, *, is_folder: bool) -> bool:
    if not patterns:
        return False
    named = folder.as_posix() if isinstance(folder, Path) else str(folder).rstrip("/")
    slash = "/" if is_folder else ""
    names = [_folded(name) for name in (inside.name, str(inside), f"{named}/{inside}")]
    return any(
        fnmatchcase(name + slash if pattern.endswith("/") else name, pattern)
        for name in names
        for pattern in patterns
    )


def _plain(pattern: str) -> str:
    return _folded(pattern.replace(os.sep, "/").removeprefix("./"))


def _folded(name: str) -> str:
    return nfc(name).casefold()
