"""Pictures of what imaging did to a page, for who wants to see why it was read as it was."""

from __future__ import annotations

import hashlib
from itertools import count
from pathlib import Path

from PIL import Image

from pipeline.errors import DebugImagesError
from pipeline.image import Pixels
from pipeline.imaging.log import Watch


def make_folder(folder: Path) -> None:
    """Make the *folder* of the pictures if need be.

    Raises:
        DebugImagesError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DebugImagesError(folder, error.strerror or "") from error


def watcher(folder: Path, path: Path, number: int) -> Watch:
    """Return who writes each picture into *folder*, named by document, page, order and step.

    Args:
        folder: is made if need be.
        path: of the document; documents of the same name are told apart by a few hexadecimals.
        number: of the page, from 1.
    """
    mark = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:6]
    order = count()

    def write(name: str, pixels: Pixels) -> None:
        target = folder / f"{path.stem}-{mark}-p{number:03}-{next(order):02}-{name}.png"
        make_folder(folder)
        try:
            Image.fromarray(pixels).save(target)
        except OSError as error:
            raise DebugImagesError(target, error.strerror or "") from error

    return write
