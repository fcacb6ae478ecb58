"""What decides how a document comes out, as short keys: same key and same bytes in, same bytes out.

The *recipe* covers all that the record of a document depends on: the settings of the stages, this
program and its dictionaries, Tesseract and its models, the user's word lists. The *dress* covers
what the other outputs depend on besides: the settings of the writers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Final

from pipeline import __version__, tesseract
from pipeline.errors import NoTesseractError
from pipeline.resources import dictionary
from pipeline.settings import Settings

_LENGTH: Final = 32  # hexadecimal digits
# Those that pixels and words go through on the way from file to page.
_PACKAGES: Final = ("numpy", "opencv-python", "pikepdf", "pillow", "pypdfium2", "pytesseract")
_SUMS: Final = "SHA256SUMS"  # stands for the files beside it


def recipe(settings: Settings) -> str:
    """Return the key of all that records are made with.

    Raises:
        BadDictionaryError: the dictionaries are not there.
    """
    stages = asdict(settings)
    del stages["writers"], stages["batch"], stages["imaging"]["debug_images"]
    lists = [Path(path) for path in settings.correction.lexicon]
    return _key(
        json.dumps(stages, sort_keys=True),
        __version__,
        *_contents(Path(__file__).resolve().parent.parent, "*.py"),
        *_contents(dictionary(), "*"),
        *(_digest(path) for path in lists if path.is_file()),
        reader(settings.recognition.language),
    )


def makings(language: str) -> dict[str, str]:
    """Return the keys, by name, of what a machine brings along to read pages with.

    Two machines with the same ones read the same from the same page. Unlike in the recipe the
    packages count: here they differ at the same time, not from one version to the next.
    """
    return {**_loaded(), "tesseract": reader(language)}


@cache
def _loaded() -> dict[str, str]:
    """Return the keys of what does not change any more while this process runs."""
    return {
        "vanban": _key(__version__, *_contents(Path(__file__).resolve().parent.parent, "*.py")),
        "dictionaries": _key(*_contents(dictionary(), "*")),
        **{name: _installed(name) for name in _PACKAGES},
    }


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # there under another name: opencv-python-headless
        return ""


def dress(settings: Settings) -> str:
    """Return the key of all that outputs besides the record are made with."""
    return _key(json.dumps(asdict(settings.writers), sort_keys=True))


def _contents(root: Path, pattern: str) -> Iterator[str]:
    for path in sorted(root.rglob(pattern)):
        summed = path.with_name(_SUMS)
        if path.is_file() and (path == summed or not summed.is_file()):
            yield f"{path.relative_to(root).as_posix()} {_digest(path)}"


def reader(language: str) -> str:
    """Return the key of Tesseract and its models; empty where there is none.

    Quick when asked again: only the stamps of the files are looked at.
    """
    try:
        program = Path(tesseract.program())
        return _reader(language, os.environ.get("TESSDATA_PREFIX"), program, _look(program))
    except (NoTesseractError, OSError):
        return ""


@lru_cache(maxsize=8)
def _models(language: str, _prefix: str | None, _program: Path) -> tuple[Path, ...]:
    found = (tesseract.model_file(model) for model in (*language.split("+"), "osd"))
    return tuple(path for path in found if path)


def _reader(language: str, prefix: str | None, program: Path, look: str) -> str:
    models = _models(language, prefix, program)
    return _key(_version(program, look), *(_model(path, _look(path)) for path in models))


@lru_cache(maxsize=8)
def _version(_program: Path, _look: str) -> str:
    return tesseract.version()


@lru_cache(maxsize=32)
def _model(path: Path, _look: str) -> str:
    return f"{path.name} {_digest(path)}"


def _look(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_LENGTH]
