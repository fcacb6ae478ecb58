"""Which output belongs to which truth: files that have the same name in two folders.

A truth is ``NAME.txt`` or ``NAME.truth.txt``; its output is ``NAME.json``, vanban's record, else
``NAME.txt``. An input that was called ``NAME.ocr.txt`` gives an output ``NAME.ocr.json``, which
counts as ``NAME`` too. Folders inside the folders are part of the name; hidden files are passed
over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EmptyInputError, MissingInputError, VanbanError
from pipeline.model import nfc


class NoTruthError(EmptyInputError):
    """The truth holds no word, or its folder no text."""

    key = "no_truth"


class NoOutputError(MissingInputError):
    """There is no output for a truth."""

    key = "no_output"


@dataclass(frozen=True, slots=True)
class Pair:
    """A truth and its output."""

    name: str
    truth: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is to be compared, by name, and the truths that have no output."""

    found: tuple[Pair, ...]
    failures: tuple[VanbanError, ...] = ()


def paired(truth: Path, output: Path) -> Pairs:
    """Return the pairs of two files, of two folders, or of a file and its output in a folder.

    Raises:
        MissingInputError: one of the folders does not exist.
        NoTruthError: the folder of truths holds no text.
        NoOutputError: no truth has an output.
    """
    if not output.is_dir() and not truth.is_dir():
        return Pairs((Pair(output.stem, truth, output),))
    for path in (truth, output):
        if not path.exists():
            raise MissingInputError(path)
    truths = _truths(truth)
    if not truths:
        raise NoTruthError(truth)
    outputs = _outputs(output, set(truths.values()))
    pairs = tuple(
        Pair(name, path, outputs[name]) for name, path in truths.items() if name in outputs
    )
    if not pairs:
        raise NoOutputError(truth, str(output))
    failures = (
        NoOutputError(path, str(output)) for name, path in truths.items() if name not in outputs
    )
    return Pairs(pairs, tuple(failures))


def _truths(place: Path) -> dict[str, Path]:
    """Return the texts at *place* by name; ``NAME.truth.txt`` goes before ``NAME.txt``."""
    folder = place if place.is_dir() else place.parent
    files = _files(folder) if place.is_dir() else [place]
    texts = [path for path in files if path.suffix.lower() == ".txt"]
    texts.sort(key=lambda path: not path.stem.endswith(".truth"))
    named: dict[str, Path] = {}
    for path in texts:
        named.setdefault(_name(path, folder, ".truth"), path)
    return dict(sorted(named.items()))


def _outputs(place: Path, truths: set[Path]) -> dict[str, Path]:
    """Return the outputs at *place* by name, the best of each; a truth is none."""
    if not place.is_dir():
        return {}
    files = [path for path in _files(place) if path.suffix.lower() in (".json", ".txt")]
    files.sort(key=lambda path: (path.suffix.lower() != ".json", path.stem.endswith(".ocr")))
    named: dict[str, Path] = {}
    for path in files:
        if path not in truths:
            named.setdefault(_name(path, place, ".ocr"), path)
    return named


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _name(path: Path, folder: Path, ending: str) -> str:
    """Return the name of a document: its path in *folder* without endings."""
    return nfc(path.relative_to(folder).with_suffix("").as_posix().removesuffix(ending))
