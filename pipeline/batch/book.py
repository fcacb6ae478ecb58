"""Keeps the ledger of a run: tells what need not be done again, and notes what was done.

What always holds: a document counts as done only when its content, its recipe and its dress are
those of now and its outputs are there; an output that somebody has changed is never taken for ours;
a failure that may pass by itself (a locked file, a full disk) is not held against a document.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.batch import places
from pipeline.batch.discovery import Item
from pipeline.batch.entry import Entry, State, text
from pipeline.batch.ledger import Ledger
from pipeline.batch.places import Output, Stamp
from pipeline.batch.recipe import dress, reader, recipe
from pipeline.batch.standing import told
from pipeline.batch.summary import Outcome, Result
from pipeline.batch.work import Opened, Plan, Written
from pipeline.errors import (
    BadDictionaryError,
    ChangedInputError,
    MissingInputError,
    MissingPackageError,
    NoClusterError,
    NoLanguageError,
    NoTesseractError,
    OutOfMemoryError,
    OutputExistsError,
    OutputUnwritableError,
    TimedOutError,
    UnreadableInputError,
    VanbanError,
    WorkerDiedError,
)
from pipeline.settings import FORMATS, Settings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_RACE: Final = 2.0  # seconds: a file changed again so soon may still have the same time
_PASSING: Final = (
    BadDictionaryError,
    ChangedInputError,
    MissingInputError,
    MissingPackageError,
    NoClusterError,
    NoLanguageError,
    NoTesseractError,
    OutputExistsError,
    OutputUnwritableError,
    UnreadableInputError,
)
# What may have put some outputs in place and others not.
_HALFWAY: Final = (OutOfMemoryError, OutputUnwritableError, TimedOutError, WorkerDiedError)
HOME: Final = ".vanban"


class Book:
    """The ledger as a run sees it.

    Attributes:
        settings: of all stages.
        home: the folder, in the output folder, of all that is not for people.
        reader: key of the Tesseract that reads all pages.
    """

    def __init__(self, ledger: Ledger, out: Place, settings: Settings) -> None:
        self.settings = settings
        self.home = out / HOME
        self._ledger = ledger
        self.reader = reader(settings.recognition.language)
        self._recipe = recipe(settings)
        self._dress = dress(settings)
        self._looked: dict[str, float] = {}

    def unended(self) -> frozenset[str]:
        """Return the keys of the documents that have not ended."""
        return self._ledger.unended()

    def known(self, item: Item) -> Result | None:
        """Return how the document ended earlier, or None when there is something to do."""
        entry = self._ledger.entry(item.key)
        if entry is None or entry.recipe != self._recipe or _may_have_changed(entry):
            return None
        if entry.stamp != places.stamp_or_none(item.path):
            return None
        return self._as_before(item, entry)

    def known_content(self, item: Item, opened: Opened) -> Result | None:
        """Return the same when only the checksum tells that the file is what it was."""
        entry = self._ledger.entry(item.key)
        if entry is None or not self._same(entry, opened):
            return None
        result = self._as_before(item, entry)
        if result is not None:
            self._ledger.seen_again(item.key, opened.stamp, time.time())
        return result

    def _same(self, entry: Entry, opened: Opened) -> bool:
        return (entry.checksum, entry.recipe) == (opened.source.sha256, self._recipe)

    @property
    def _shows_steps(self) -> bool:
        """Whether somebody wants to see the pictures of the steps: only reading makes them."""
        return bool(self.settings.imaging.debug_images)

    def _as_before(self, item: Item, entry: Entry) -> Result | None:
        if self._shows_steps:
            return None
        failures = self._failures(item.key)
        retry = self.settings.batch.retry_failed or any(
            isinstance(failure, _PASSING) for failure in failures
        )
        if failures and retry:
            return None
        if entry.state is State.FAILED and failures:
            return Result(item.path, Outcome.FAILED, None, failures, remembered=True)
        if entry.state is not State.DONE or entry.dress != self._dress:
            return None
        if not all(places.stamp_or_none(place) for place in self._targets(item)):
            return None
        return Result(item.path, Outcome.UNCHANGED, None, failures, remembered=True)

    def _failures(self, key: str) -> tuple[VanbanError, ...]:
        by_page = told(self._ledger.failures(key))
        return tuple(failure for failures in by_page.values() for failure in failures)

    def _targets(self, item: Item, formats: Iterable[str] | None = None) -> list[Place]:
        wanted = self.settings.writers.formats if formats is None else formats
        return [target for target in map(item.target, wanted) if target != item.path]

    def records(self, item: Item, opened: Opened) -> tuple[Place, ...]:
        """Return the records that the outputs may be made from again without reading.

        None, when pages failed that are to be tried again or of which the ledger knows nothing.
        """
        if self._shows_steps:
            return ()
        entry = self._ledger.entry(item.key)
        by_page = self._ledger.failures(item.key) if entry and self._same(entry, opened) else {}
        if any(by_page):
            retry = self.settings.batch.retry_failed or any(
                isinstance(failure, _PASSING) for found in by_page.values() for failure in found
            )
            return () if retry else self._existing(item.target("json"), self._hidden(opened))
        twins = [
            self._folder(twin) / f"{twin.place.rpartition('/')[2]}.json"
            for twin in self._ledger.twins(opened.source.sha256, self._recipe)
            if not self._ledger.failures(twin.place)
        ]
        return self._existing(item.target("json"), self._hidden(opened), *twins[:1])

    def _folder(self, twin: Entry) -> Place:
        inside = twin.place.rpartition("/")[0]
        return self.home.parent / inside if inside else self.home.parent

    def _existing(self, *candidates: Place) -> tuple[Place, ...]:
        return tuple(place for place in candidates if places.stamp_or_none(place) is not None)

    def _hidden(self, opened: Opened) -> Place:
        return self.home / "records" / f"{opened.source.sha256[:32]}-{self._recipe[:8]}.json"

    def pages_folder(self, opened: Opened) -> Place:
        """Return the folder of the spool for a content."""
        return self.home / "pages" / f"{opened.source.sha256[:32]}-{self._recipe[:8]}"

    def obstacle(self, item: Item, opened: Opened) -> VanbanError | None:
        """Return the first file or folder of others that stands where an output is to go."""
        overwrite = self.settings.batch.on_existing == "overwrite"
        ours = self.plan(item, opened).ours
        for target in self._targets(item):
            if places.is_folder(target):
                return OutputUnwritableError(str(target), "folder")
            if (
                not overwrite
                and target.name not in ours
                and places.stamp_or_none(target) is not None
            ):
                return OutputExistsError(str(target))
        return None

    def plan(self, item: Item, opened: Opened) -> Plan:
        """Return how the outputs of a document are to be made."""
        writers = self.settings.writers
        formats = self._formats(item)
        return Plan(
            replace(self.settings, writers=replace(writers, formats=formats)),
            self._recipe,
            None if "json" in formats else self._hidden(opened),
            frozenset(self._ours(item, formats)),
            self.settings.batch.on_existing == "overwrite",
        )

    def _formats(self, item: Item) -> tuple[str, ...]:
        """Return the formats to be written; those of an earlier run are not to grow stale."""
        entry = self._ledger.entry(item.key)
        known = entry.outputs if entry else {}
        wanted = self.settings.writers.formats
        older = (
            format_
            for format_ in FORMATS
            if format_ not in wanted
            for target in (item.target(format_),)
            if (stamp := known.get(text(target.name))) is not None
            and places.unchanged(target, stamp)
        )
        return (*wanted, *older)

    def _ours(self, item: Item, formats: Iterable[str]) -> list[str]:
        entry = self._ledger.entry(item.key)
        if entry is None:
            return []
        return [
            target.name
            for target in self._targets(item, formats)
            for name in (text(target.name),)
            if name in entry.putting
            or (name in entry.outputs and places.unchanged(target, entry.outputs[name]))
        ]

    def begin(self, item: Item, opened: Opened) -> dict[int, VanbanError]:
        """Note that work on a document begins; return the page failures that still stand."""
        before = self._ledger.entry(item.key)
        failures: dict[int, VanbanError] = {}
        if (
            before is not None
            and self._same(before, opened)
            and not self.settings.batch.retry_failed
        ):
            failures = {
                number - 1: found[0]
                for number, found in self._ledger.failures(item.key).items()
                if number and not isinstance(found[0], _PASSING)
            }
        self._ledger.opened(self._entry(item, opened))
        for index, failure in failures.items():
            self._ledger.page(item.key, index + 1, 0.0, failure)
        return failures

    def _entry(self, item: Item, opened: Opened) -> Entry:
        before = self._ledger.entry(item.key)
        return Entry(
            item.key,
            str(item.path),
            State.READING,
            opened.stamp,
            time.time(),
            opened.source.sha256,
            self._recipe,
            self._dress,
            opened.pages,
            outputs=before.outputs if before else {},
            putting=before.putting if before else (),
        )

    def page_read(
        self, item: Item, index: int, seconds: float, failure: VanbanError | None
    ) -> None:
        """Note that a page was read, or why not."""
        self._ledger.page(item.key, index + 1, seconds, failure)

    def writing(self, item: Item) -> None:
        """Note that the outputs are about to be put in place."""
        targets = self._targets(item, self._formats(item))
        self._ledger.writing(item.key, (target.name for target in targets))

    def done(self, item: Item, opened: Opened, written: Written) -> None:
        """Note what was written."""
        places.forget(item.folder)
        entry = self._entry(item, opened)
        stamps: dict[str, Output] = {
            text(place.name): stamp
            for place, stamp in zip(written.outputs, written.stamps, strict=True)
        }
        self._ledger.ended(
            replace(
                entry,
                state=State.DONE,
                pages=written.pages,
                words=written.words,
                corrections=written.corrections,
                doubts=written.doubts,
                confidences=written.confidences,
                empty=written.empty,
                outputs={**entry.outputs, **stamps},
                putting=(),
            )
        )

    def failed(self, item: Item, opened: Opened | None, failures: list[VanbanError]) -> None:
        """Note why nothing was written; what may pass by itself leaves the document pending."""
        passing = any(isinstance(failure, _PASSING) for failure in failures)
        state = State.PENDING if passing else State.FAILED
        before = self._ledger.entry(item.key) or Entry(item.key, str(item.path), state)
        if opened is not None:
            entry = self._entry(item, opened)
        else:
            stamp = places.stamp_or_none(item.path) or Stamp(0, 0)
            recipe = self._recipe
            entry = replace(before, stamp=stamp, looked=time.time(), checksum="", recipe=recipe)
        half = any(isinstance(failure, _HALFWAY) for failure in failures)
        putting = before.putting if half else ()
        self._ledger.ended(replace(entry, state=state, putting=putting), failures)

    def kept(self, item: Item, opened: Opened) -> None:
        """Note that the document was left alone because of files of others."""
        entry = replace(self._entry(item, opened), state=State.KEPT, putting=())
        self._ledger.ended(entry)

    def pending(self, item: Item) -> None:
        """Note that a document that was begun is still to be done; no failure of it is told."""
        entry = self._ledger.entry(item.key)
        if entry is not None:
            self._ledger.opened(replace(entry, state=State.PENDING))


def _may_have_changed(entry: Entry) -> bool:
    """Tell whether the file may have been changed right after we looked, without a trace."""
    return entry.looked - entry.stamp.modified / 1e9 < _RACE
