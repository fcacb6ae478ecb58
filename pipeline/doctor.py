"""What a working installation needs: whether it is there, and how to get it when it is not."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline import tesseract
from pipeline.batch.processes import cores
from pipeline.errors import BadDictionaryError, ExitCode, NoLanguageError, VanbanError
from pipeline.resources import dictionary
from pipeline.settings import RecognitionSettings, Settings

CHECKSUMS: Final = "SHA256SUMS"

# The model that turns pages the right way up; without it vanban reads, but does not turn.
_ORIENTATION_MODEL: Final = "osd"
_ENGLISH_MODEL: Final = "eng"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for.

    Attributes:
        key: its name in the message catalogue, ``doctor.<key>``.
        found: what was found, version and place; empty when nothing was.
        failure: why vanban cannot work without it, or None.
        advice: message key of what to do when a useful thing is missing; empty otherwise.
    """

    key: str
    found: str = ""
    failure: VanbanError | None = None
    advice: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Look at the machine; nothing is changed and nothing is converted."""
    return (
        Check("python", f"{platform.python_version()}, {platform.system()} {platform.machine()}"),
        Check("cores", str(cores())),
        *_tesseract(settings.recognition),
        _libreoffice(),
        *_dictionaries(),
    )


def exit_code(checks: tuple[Check, ...]) -> ExitCode:
    """Return the code of the first thing that vanban cannot work without, else OK."""
    return next((check.failure.code for check in checks if check.failure), ExitCode.OK)


def ocr_failure(settings: RecognitionSettings) -> VanbanError | None:
    """Return why no page can be read here (no Tesseract, no model), or None when all is well."""
    checks = _tesseract(settings)
    return next((check.failure for check in checks if check.failure), None)


def _tesseract(settings: RecognitionSettings) -> Iterator[Check]:
    try:
        version, installed = tesseract.version(), tesseract.languages()
    except VanbanError as failure:
        yield Check("tesseract", failure=failure)
        return
    yield Check("tesseract", f"{version}, {tesseract.program()}")
    needed = settings.language.split("+")
    missing = [model for model in needed if model not in installed]
    for model in needed:
        yield Check("model", model, NoLanguageError(model) if model in missing else None)
    for model in (_ORIENTATION_MODEL, _ENGLISH_MODEL):
        if model not in needed:
            there = model in installed
            yield Check("model", model, advice="" if there else f"get_{model}")


def _libreoffice() -> Check:
    found = shutil.which("soffice") or shutil.which("libreoffice") or ""
    return Check("libreoffice", found, advice="" if found else "get_libreoffice")


def _dictionaries() -> Iterator[Check]:
    """Look for the data and compare it with its checksums, where a folder has ``SHA256SUMS``.

    The file is what ``sha256sum`` writes: a hexadecimal digest, blanks, a path beside the file.
    """
    try:
        root = dictionary()
    except BadDictionaryError as failure:
        yield Check("dictionaries", failure=failure)
        return
    damaged = [file for sums in sorted(root.rglob(CHECKSUMS)) for file in _differing(sums)]
    for file in damaged:
        yield Check("dictionaries", failure=BadDictionaryError(file))
    if not damaged:
        yield Check("dictionaries", str(root))


def _differing(sums: Path) -> Iterator[Path]:
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition(" ")
        file = sums.parent / name.strip().removeprefix("*")
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield file
