"""What a worker does: look at a file, read a page, finish a document, make outputs again.

Each is a function of its arguments that can be repeated without harm, so that an executor may run
it anywhere and again. Only counts and places come back; what was read stays in the spool, what was
written in the output folder.

The process that gives out the work only names these functions; what they need, which takes a second
to import, is imported where they are called.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pipeline import __version__
from pipeline.batch import places, recipe, spool
from pipeline.batch.discovery import Item
from pipeline.batch.output import write_all
from pipeline.batch.places import Output, Stamp
from pipeline.errors import (
    ChangedInputError,
    DamagedRecordError,
    MissingInputError,
    OutputExistsError,
    OutputUnwritableError,
    ReplacedTesseractError,
    VanbanError,
)
from pipeline.formats import SourceKind
from pipeline.messages import Language, explain
from pipeline.model import Decision, Document, Page, Source, nfc
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

# A failed page is marked inside the document, and the documents are Vietnamese whatever language
# the messages are in: the same input must give the same bytes.
_LANGUAGE_OF_DOCUMENTS: Final = Language.VIETNAMESE
_BINS: Final = 20  # steps of confidence that words are counted by
_TEXT_PAGE: Final = 50_000  # bytes of plain text that are given the time of a page


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file turned out to be.

    Attributes:
        pages: how many pages are to be read; none for vanban's own ``.json``.
        stamp: taken before the file was read.
    """

    kind: SourceKind
    pages: int
    source: Source
    stamp: Stamp

    @property
    def extent(self) -> int:
        """So many pages' time it is given: plain text is mostly one page, however long it is."""
        if self.kind is SourceKind.TEXT:
            return max(self.pages, self.stamp.size // _TEXT_PAGE)
        return self.pages


@dataclass(frozen=True, slots=True)
class Read:
    """What was read on one page.

    Attributes:
        packed: see :func:`pipeline.batch.spool.pack`.
        seconds: that it took.
    """

    packed: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How the outputs of a document are to be made and put.

    Attributes:
        recipe: see :mod:`pipeline.batch.recipe`.
        record: where the record is kept besides the outputs; None when it is one of them.
        ours: names of outputs that we wrote and that nobody has changed since.
        overwrite: whether files of others may be overwritten too.
    """

    settings: Settings
    recipe: str
    record: Place | None = None
    ours: frozenset[str] = frozenset()
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one document, in counts.

    Attributes:
        pages: pages of the document, failed ones included.
        corrections: words whose text is not what was read.
        doubts: words that a reviewer should look at.
        empty: numbers of the pages on which no text was found.
        confidences: words by confidence of reading, in equal steps from 0 to 1.
        stamps: what was written at each output.
    """

    outputs: tuple[Place, ...]
    pages: int
    corrections: int
    doubts: int
    empty: tuple[int, ...] = ()
    words: int = 0
    confidences: tuple[int, ...] = ()
    stamps: tuple[Output, ...] = ()


def open_source(input_: Place, settings: Settings) -> Opened:
    """Look at the file and take its checksum.

    Raises:
        VanbanError: it cannot be converted; the kinds are those of :func:`pipeline.sources.probe`.
    """
    from pipeline import sources

    stamp = places.stamp(input_)
    path = places.local_copy(input_)
    with places.in_its_name(input_, path):
        probe = sources.probe(path, settings.sources)
    # A name that is not Unicode cannot stand in the JSON.
    name = nfc(os.fsencode(input_.name).decode("utf-8", "replace"))
    return Opened(probe.kind, probe.pages, Source(name, places.checksum(path)), stamp)


def present_pages(folder: Place, pages: int) -> frozenset[int]:
    """Return which pages an earlier run has left in the spool, see :func:`spool.present`."""
    return spool.present(folder, pages)


def read_page(input_: Place, index: int, settings: Settings, reader: str, folder: Place) -> float:
    """Read one page of a file into the spool and return the seconds that it took.

    Args:
        input_: the file.
        index: of the page, from 0.
        settings: of the stages.
        reader: key of the Tesseract that is to read it, see :func:`pipeline.batch.recipe.reader`.
        folder: the document's in the spool.

    Raises:
        OutputUnwritableError: the page cannot be kept.
        VanbanError: the kinds are those of :func:`read_copy`.
    """
    copy = places.local_copy(input_)
    with places.in_its_name(input_, copy):
        read = read_copy(copy, index, settings, reader)
    return keep_page(read, folder, index)


def read_copy(path: Path, index: int, settings: Settings, reader: str) -> Read:
    """Read one page of a file of this machine; see :func:`read_page`.

    Raises:
        ReplacedTesseractError: it is not, or not any more, the one on this machine.
        VanbanError: the kinds are those of :func:`pipeline.process.read_page`.
    """
    from pipeline import process

    started = time.perf_counter()
    try:
        pages = process.read_page(path, index, settings)
    finally:
        if recipe.reader(settings.recognition.language) != reader:
            raise ReplacedTesseractError("tesseract")
    return Read(spool.pack(pages), time.perf_counter() - started)


def keep_page(read: Read, folder: Place, index: int) -> float:
    """Put what was read into the spool and return the seconds that reading took.

    Raises:
        OutputUnwritableError: the page cannot be kept.
    """
    spool.write(folder, index, read.packed, uuid4().hex)
    return read.seconds


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document that was read.

    Attributes:
        folder: those that could be read, in the spool.
        failures: of the others, by index.
    """

    folder: Place
    failures: dict[int, VanbanError]


def finish(item: Item, opened: Opened, read: Pages, plan: Plan, token: str) -> Written:
    """Put the pages together, take the document through its stages and write it.

    Args:
        item: where from and where to.
        opened: what the input was when its pages were read.
        read: its pages.
        plan: how.
        token: makes the hidden names of the outputs this task's own.

    Raises:
        ChangedInputError: the input is not what it was when it was opened.
        VanbanError: a stage or a writer failed; nothing was written.
    """
    from pipeline import process

    _require_unchanged(item, opened)
    pages: list[Page] = []
    for index in range(opened.pages):
        if index in read.failures:
            inside = explain(_LANGUAGE_OF_DOCUMENTS, read.failures[index])
            pages.append(Page(index + 1, failure=inside))
            continue
        found = spool.read(read.folder, index)
        if found is None:
            raise OutputUnwritableError(str(read.folder), f"{index + 1}")
        pages.extend(found)
    document = Document(opened.source, tuple(pages), version=__version__, recipe=plan.recipe)
    return _write(item, process.finish(document, plan.settings), plan, token)


def remake(item: Item, plan: Plan, token: str) -> Written:
    """Write the outputs of a vanban ``.json`` again, without reading or correcting anything anew.

    Raises:
        VanbanError: the file is no document of ours, or a writer failed; nothing was written.
    """
    from pipeline.sources.record import read_record

    copy = places.local_copy(item.path)
    with places.in_its_name(item.path, copy):
        document = read_record(copy)
    return _write(item, document, plan, token)


def write_again(
    item: Item, source: Source, records: tuple[Place, ...], plan: Plan, token: str
) -> Written:
    """Write the outputs of a document from the first of *records* that was made the same way.

    Raises:
        DamagedRecordError: there is none that is whole, of the same content and recipe.
        VanbanError: a writer failed; nothing was written.
    """
    for place in records:
        try:
            document = Document.from_json(places.read(place))
        except (ValueError, VanbanError):  # damaged, of another version, gone
            continue
        if (document.source.sha256, document.recipe) == (source.sha256, plan.recipe):
            return _write(item, replace(document, source=source), plan, token)
    raise DamagedRecordError(str(item.path))


def _require_unchanged(item: Item, opened: Opened) -> None:
    try:
        if places.stamp(item.path) == opened.stamp:
            return
    except MissingInputError as error:
        raise ChangedInputError(str(item.path)) from error
    if places.checksum(places.local_copy(item.path)) != opened.source.sha256:
        raise ChangedInputError(str(item.path))


def _write(item: Item, document: Document, plan: Plan, token: str) -> Written:
    import numpy as np

    from pipeline import writers

    settings = plan.settings.writers
    contents: dict[Place, bytes] = {
        item.target(format_): writers.write(document, format_, settings)
        for format_ in settings.formats
        # the file of record itself stays as it is
        if places.same_place(item.target(format_)) != places.same_place(item.path)
    }
    wanted = dict(contents)
    if plan.record is not None:
        wanted[plan.record] = writers.write(document, "json", settings)
    write_all(_to_be_put(wanted, plan), token)
    words = list(document.shown_words())  # nobody has to look at scraps of seals set aside
    read = [word.confidence for word in words if word.confidence is not None]
    steps = np.clip(np.array(read) * _BINS, 0, _BINS - 1).astype(int)
    return Written(
        outputs=tuple(contents),
        pages=len(document.pages),
        corrections=sum(
            any(change.decision is Decision.MADE for change in word.changes) for word in words
        ),
        doubts=sum(word.doubtful for word in words),
        empty=tuple(
            page.number for page in document.pages if not page.lines and page.failure is None
        ),
        words=len(words),
        confidences=tuple(np.bincount(steps, minlength=_BINS).tolist()),
        stamps=tuple(places.output(place, data) for place, data in contents.items()),
    )


def _to_be_put(contents: dict[Place, bytes], plan: Plan) -> dict[Place, bytes]:
    """Return what is not there yet as it should be.

    Raises:
        OutputExistsError: a file of others stands in the way.
    """
    there = {place: places.content_or_none(place) for place in contents}
    for place, found in there.items():
        ours = place == plan.record or place.name in plan.ours or plan.overwrite
        if found is not None and found != contents[place] and not ours:
            raise OutputExistsError(str(place))
    return {place: data for place, data in contents.items() if there[place] != data}
