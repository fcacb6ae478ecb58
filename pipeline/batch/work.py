"""What a worker does: look at a file, read a page, finish a document, make outputs again.

Each is a function of its arguments that can be repeated without harm, so that an executor may run
it anywhere and again. Only counts and paths come back from the ones that write.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__, process, sources, writers
from pipeline.batch.discovery import Item
from pipeline.batch.output import write_all
from pipeline.errors import UnreadableInputError
from pipeline.model import Decision, Document, Page, Source, nfc
from pipeline.settings import Settings, WriterSettings
from pipeline.sources import SourceKind
from pipeline.sources.record import read_record


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file turned out to be.

    Attributes:
        pages: how many pages are to be read; none for vanban's own ``.json``.
    """

    kind: SourceKind
    pages: int
    source: Source


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one document, in counts.

    Attributes:
        pages: pages of the document, failed ones included.
        corrections: words whose text is not what was read.
        doubts: words that a reviewer should look at.
        empty: numbers of the pages on which no text was found.
    """

    outputs: tuple[Path, ...]
    pages: int
    corrections: int
    doubts: int
    empty: tuple[int, ...] = ()


def open_source(path: Path, settings: Settings) -> Opened:
    """Look at the file and take its checksum.

    Raises:
        VanbanError: it cannot be converted; the kinds are those of :func:`pipeline.sources.probe`.
    """
    probe = sources.probe(path, settings.sources)
    try:
        with path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
    # A name that is not Unicode cannot stand in the JSON.
    name = nfc(os.fsencode(path.name).decode("utf-8", "replace"))
    return Opened(probe.kind, probe.pages, Source(name, checksum))


def read_page(path: Path, index: int, settings: Settings) -> tuple[Page, ...]:
    """Read one page of a file, see :func:`pipeline.process.read_page`."""
    return process.read_page(path, index, settings)


def finish(
    item: Item, source: Source, pages: tuple[Page, ...], settings: Settings, token: str
) -> Written:
    """Put the pages together, take the document through its stages and write it.

    Raises:
        VanbanError: a stage or a writer failed; nothing was written.
    """
    document = process.finish(Document(source, pages, version=__version__), settings)
    return _write(item, document, settings.writers, token)


def remake(item: Item, settings: Settings, token: str) -> Written:
    """Write the outputs of a vanban ``.json`` again, without reading or correcting anything anew.

    Raises:
        VanbanError: the file is no document of ours, or a writer failed; nothing was written.
    """
    return _write(item, read_record(item.path), settings.writers, token)


def _write(item: Item, document: Document, settings: WriterSettings, token: str) -> Written:
    contents = {
        item.target(format_): writers.write(document, format_, settings)
        for format_ in settings.formats
        if item.target(format_).resolve() != item.path.resolve()  # the file of record itself
    }
    write_all(contents, token)
    words = list(document.words())
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
    )
