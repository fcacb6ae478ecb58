"""How well the structure is rebuilt: units of the outline, fields of the metadata.

The truth of ``NAME`` is ``NAME.outline.tsv`` and ``NAME.metadata.json``, either or both, in the
form that ``vanban convert --formats outline,metadata`` writes. A unit is right when kind, depth and
label agree, in the order of the document; a field when its value agrees exactly, blanks apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from pipeline.errors import DamagedInputError
from pipeline.files import read_bytes
from pipeline.model import nfc
from pipeline.outline import Row, from_tsv, outline
from pipeline.sources.record import read_record
from pipeline.writers.metadata import IN_DOUBT, values

OUTLINE = ".outline.tsv"
METADATA = ".metadata.json"
SUFFIXES = (".tsv", ".json")  # of files that tell a structure


class DamagedTruthError(DamagedInputError):
    """A file is no outline, or no metadata."""

    key = "damaged_truth"


Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a document's structure; None where it is not."""

    outline: tuple[Row, ...] | None = None
    metadata: Values | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What the structure of one document, or of several, is worth.

    Attributes:
        units: of the truth; ``found`` of the output, ``matched`` in both.
        fields: of the truth's metadata; ``wrong`` names those that differ.
    """

    name: str
    units: int = 0
    found: int = 0
    matched: int = 0
    fields: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of the output's units that are right."""
        return self.matched / self.found if self.found else float(not self.units)

    @property
    def recall(self) -> float:
        """Share of the truth's units that were found."""
        return self.matched / self.units if self.units else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.units + self.found
        return 2 * self.matched / both if both else 1.0

    @property
    def fields_right(self) -> int:
        """How many fields of the metadata agree."""
        return self.fields - len(self.wrong)


def score(name: str, truth: Form, made: Form) -> Score:
    """Compare the structure that was *made* with the *truth*, in what both of them know."""
    units = found = matched = 0
    if truth.outline is not None and made.outline is not None:
        expected, given = [row.key for row in truth.outline], [row.key for row in made.outline]
        units, found = len(expected), len(given)
        matched = LCSseq.similarity(expected, given)
    fields, wrong = 0, []
    if truth.metadata is not None and made.metadata is not None:
        # A truth corrected by hand may still hold what the program doubted: that is no field.
        told = {field: value for field, value in truth.metadata.items() if field != IN_DOUBT}
        fields = len(told)
        wrong = [
            field
            for field, value in told.items()
            if _plain(value) != _plain(made.metadata.get(field))
        ]
    return Score(name, units, found, matched, fields, tuple(wrong))


def total(scores: Sequence[Score]) -> Score:
    """Return the sums over some documents."""
    return Score(
        "",
        sum(each.units for each in scores),
        sum(each.found for each in scores),
        sum(each.matched for each in scores),
        sum(each.fields for each in scores),
        tuple(field for each in scores for field in each.wrong),
    )


def truths(place: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Yield each name at *place* and the files of its structure: of a folder all, or of one file.

    A file is a truth itself, or the text that its structure stands beside.
    """
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.name.endswith((OUTLINE, METADATA)))
    elif place.suffix in SUFFIXES:
        files = [place]
    else:
        stem = place.name.removesuffix(".txt").removesuffix(".truth")
        beside = (place.with_name(f"{stem}{ending}") for ending in (OUTLINE, METADATA))
        files = [path for path in beside if path.is_file()]
    folder = place if place.is_dir() else place.parent
    named: dict[str, list[Path]] = {}
    for path in files:
        name = nfc(path.relative_to(folder).as_posix())
        named.setdefault(name.removesuffix(OUTLINE).removesuffix(METADATA), []).append(path)
    for name, paths in named.items():
        yield name, tuple(paths)


def output_of(name: str, place: Path) -> Path | None:
    """Return the output of the document *name*: its record if there is one, else its outline."""
    if not place.is_dir():
        return place
    endings = (".json", ".ocr.json", OUTLINE, f".ocr{OUTLINE}", METADATA, f".ocr{METADATA}")
    return next((path for ending in endings if (path := place / f"{name}{ending}").is_file()), None)


def read_form(*paths: Path) -> Form:
    """Return what the files *paths* tell of a structure: records, outlines, metadata.

    Raises:
        VanbanError: one cannot be read, or is none of these.
    """
    form = Form()
    for path in paths:
        if path.suffix == ".tsv":
            form = Form(_rows(path), form.metadata)
        elif path.name.endswith("metadata.json"):
            form = Form(form.outline, _values(path))
        elif path.suffix == ".json":
            document = read_record(path)
            form = Form(outline(document), values(document))
    return form


def _rows(path: Path) -> tuple[Row, ...]:
    try:
        return from_tsv(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:  # also of bytes that are no UTF-8
        raise DamagedTruthError(path, _where(error)) from error


def _where(error: ValueError) -> str:
    return "" if isinstance(error, UnicodeDecodeError) else f"{error}"


def _values(path: Path) -> Values:
    try:
        found = json.loads(read_bytes(path))
    except ValueError as error:
        raise DamagedTruthError(path) from error
    if not isinstance(found, dict):
        raise DamagedTruthError(path)
    return found


def _plain(value: object) -> object:
    """Return *value* with single blanks, composed letters, and lists where there are tuples."""
    if isinstance(value, str):
        return " ".join(nfc(value).split())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
