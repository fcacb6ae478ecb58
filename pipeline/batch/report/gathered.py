"""What the report tells of the documents of an output folder, gathered in one pass over them.

What always holds: however many documents there are, only those are held that a table shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final, Generic, TypeVar

from pipeline.batch.standing import Standing
from pipeline.errors import VanbanError

STATES: Final = ("done", "partial", "failed", "kept", "reading", "writing", "pending")
OPEN: Final = ("pending", "reading", "writing")
BANDS: Final = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of doubtful words up to which documents are counted together; the last band is open."""
ROWS: Final = 50  # of a table; the rest stands in the JSON


T = TypeVar("T")


@dataclass(slots=True)
class Cut(Generic[T]):
    """The first rows of a table, and how many rows the whole has."""

    shown: list[T] = field(default_factory=list)
    total: int = 0

    def add(self, row: T) -> None:
        """Count a row; show it while there is room."""
        self.total += 1
        if len(self.shown) < ROWS:
            self.shown.append(row)


@dataclass(frozen=True, slots=True)
class Case:
    """What failed in one way at one input: its name, and the failures with their page numbers."""

    name: str
    failures: list[tuple[int, VanbanError]]


@dataclass(slots=True)
class Failed:
    """All failures of one kind: the inputs that met them, and how many failures these are."""

    cases: Cut[Case] = field(default_factory=Cut)
    count: int = 0

    def add(self, case: Case) -> None:
        """Count what befell one input."""
        self.cases.add(case)
        self.count += len(case.failures)


class Gathered:
    """The documents of an output folder, counted.

    Attributes:
        states: for each state: documents, pages, words, doubts, corrections.
        totals: the same over all states, and the failures and the pages without text.
        confidences: words by confidence of reading, in equal steps from 0 to 1; empty when none
            was read.
        bands: how many documents with words have a share of doubtful ones within each band.
        doubtful: the documents with doubtful words, those with the largest share first.
        open: the documents that have not ended.
        kept: those left alone because of files of others.
        empty: those with pages without text.
        failed: the failures by kind.
    """

    def __init__(self, documents: Iterable[Standing], passed_over: Iterable[VanbanError]) -> None:
        """Look at each document once."""
        self.states = {state: Counter[str]() for state in STATES}
        self.confidences: list[int] = []
        self.bands = [0] * (len(BANDS) + 1)
        self.open, self.kept, self.empty = Cut[Standing](), Cut[Standing](), Cut[Standing]()
        self.failed: dict[type[VanbanError], Failed] = {}
        self._doubtful: list[Standing] = []
        for failure in passed_over:
            self._fail(type(failure), Case(failure.subject, [(0, failure)]))
        for document in documents:
            self._add(document)
        self.doubtful = Cut(
            self._worst(), sum(counts["doubtful"] for counts in self.states.values())
        )
        self.totals = sum(self.states.values(), Counter[str]())
        self.totals["failures"] = sum(found.count for found in self.failed.values())

    @property
    def doubtful_share(self) -> float | None:
        """The share of all words that are in doubt; None when there are no words."""
        return self.totals["doubts"] / self.totals["words"] if self.totals["words"] else None

    def _add(self, document: Standing) -> None:
        entry = document.entry
        self.states[document.state].update(
            documents=1,
            pages=entry.pages,
            words=entry.words,
            doubts=entry.doubts,
            corrections=entry.corrections,
            doubtful=bool(entry.doubts),
            empty_pages=len(entry.empty),
            failed_pages=sum(map(bool, document.failures)),
        )
        if any(entry.confidences):
            pairs = zip_longest(self.confidences, entry.confidences, fillvalue=0)
            self.confidences = [sum(pair) for pair in pairs]
        share = document.doubtful_share
        if share is not None:
            self.bands[sum(share > limit for limit in BANDS)] += 1
        if document.state in OPEN:
            self.open.add(document)
        elif document.state == "kept":
            self.kept.add(document)
        if entry.empty:
            self.empty.add(document)
        if entry.doubts:
            self._doubtful.append(document)
            if len(self._doubtful) > 2 * ROWS:
                self._doubtful = self._worst()
        self._add_failures(document)

    def _add_failures(self, document: Standing) -> None:
        by_kind: dict[type[VanbanError], list[tuple[int, VanbanError]]] = {}
        for number, failure in document.all_failures:
            by_kind.setdefault(type(failure), []).append((number, failure))
        for kind, failures in by_kind.items():
            self._fail(kind, Case(document.entry.input, failures))

    def _fail(self, kind: type[VanbanError], case: Case) -> None:
        self.failed.setdefault(kind, Failed()).add(case)

    def _worst(self) -> list[Standing]:
        def rank(document: Standing) -> tuple[float, str]:
            return -(document.doubtful_share or 0.0), document.entry.place

        return sorted(self._doubtful, key=rank)[:ROWS]
