"""What the report tells, in figures: gathered from the ledger, and given to machines as JSON.

The JSON has a schema with a version. Within a version keys are only added; whoever reads it may
rely on those that are there.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any, Final

from pipeline import __version__
from pipeline.batch.ledger import Ledger
from pipeline.batch.reserved import SCHEMA
from pipeline.batch.runs import Run
from pipeline.batch.standing import Standing, failure_facts, standings
from pipeline.errors import VanbanError
from pipeline.messages import Language

VERSION: Final = 1
STATES: Final = ("done", "partial", "failed", "kept", "reading", "writing", "pending")
OPEN: Final = ("pending", "reading", "writing")
BANDS: Final = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of doubtful words up to which documents are counted together; the last band is open."""


@dataclass(frozen=True)
class Report:
    """What the ledger knows at one moment.

    Attributes:
        out: the output folder, as the user named it.
        created: seconds since 1970.
        running: whether a run is going on.
        passed_over: why inputs of the last run did not become documents.
    """

    out: str
    created: float
    running: bool
    documents: list[Standing]
    runs: list[Run]
    passed_over: list[VanbanError]

    @classmethod
    def of(cls, out: str, ledger: Ledger, *, running: bool) -> Report:
        """Return what *ledger* knows now."""
        documents, runs = standings(ledger), ledger.runs()
        return cls(out, time.time(), running, documents, runs, ledger.all_passed_over())

    @cached_property
    def states(self) -> dict[str, Counter[str]]:
        """For each state: documents, pages, words, doubts, corrections."""
        counts = {state: Counter[str]() for state in STATES}
        for document in self.documents:
            entry = document.entry
            counts[document.state].update(
                documents=1,
                pages=entry.pages,
                words=entry.words,
                doubts=entry.doubts,
                corrections=entry.corrections,
            )
        return counts

    @cached_property
    def totals(self) -> Counter[str]:
        """The same over all states, and the failures and the pages without text."""
        total: Counter[str] = sum(self.states.values(), Counter())
        total.update(
            failures=len(self.passed_over) + sum(len(list(d.all_failures)) for d in self.documents),
            failed_pages=sum(bool(number) for d in self.documents for number in d.failures),
            empty_pages=sum(len(d.entry.empty) for d in self.documents),
        )
        return total

    @property
    def doubtful_share(self) -> float | None:
        """The share of all words that are in doubt; None when there are no words."""
        return self.totals["doubts"] / self.totals["words"] if self.totals["words"] else None

    @property
    def all_runs(self) -> Run | None:
        """All runs as if they were one; None when there are none."""
        if not self.runs:
            return None
        first, last = self.runs[0], self.runs[-1]
        return Run(
            len(self.runs),
            first.started,
            last.ended,
            sum(run.seconds for run in self.runs),
            sum(run.documents for run in self.runs),
            sum(run.pages for run in self.runs),
            last.ending,
        )

    @cached_property
    def confidences(self) -> list[int]:
        """Words by confidence of reading, in equal steps from 0 to 1; empty when none was read."""
        histograms = [document.entry.confidences for document in self.documents]
        return [sum(counts) for counts in zip_longest(*filter(any, histograms), fillvalue=0)]

    @property
    def doubtful(self) -> list[Standing]:
        """The documents with doubtful words, those with the largest share first."""
        found = [document for document in self.documents if document.entry.doubts]
        return sorted(found, key=lambda d: (-(d.doubtful_share or 0.0), d.entry.place))

    @cached_property
    def bands(self) -> list[int]:
        """How many documents with words have a share of doubtful ones within each of the bands."""
        counts = [0] * (len(BANDS) + 1)
        for document in self.documents:
            share = document.doubtful_share
            if share is not None:
                counts[sum(share > limit for limit in BANDS)] += 1
        return counts

    def in_state(self, *states: str) -> list[Standing]:
        """Return the documents in one of *states*."""
        return [document for document in self.documents if document.state in states]


def facts(report: Report, language: Language) -> dict[str, Any]:
    """Return the report for machines; messages are in *language*."""
    share = report.doubtful_share
    overall = report.all_runs
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "vanban": __version__,
        "language": language.value,
        "created": _moment(report.created),
        "out": report.out,
        "running": report.running,
        "totals": {
            **{
                name: report.totals[name]
                for name in ("documents", "pages", "words", "corrections", "doubts", "failures")
            },
            "failed_pages": report.totals["failed_pages"],
            "empty_pages": report.totals["empty_pages"],
            "doubtful_share": None if share is None else round(share, 4),
            "by_state": {state: report.states[state]["documents"] for state in STATES},
        },
        "speed": {
            "last_run": _speed(report.runs[-1]) if report.runs else None,
            "all_runs": _speed(overall) if overall else None,
        },
        "runs": [
            {
                "number": run.number,
                "started": _moment(run.started),
                "ended": _moment(run.ended),
                "ending": run.ending.value,
                **_speed(run),
            }
            for run in report.runs
        ],
        "confidences": report.confidences,
        "doubtful_shares": {"up_to": [*BANDS, 1.0], "documents": report.bands},
        "passed_over": [failure_facts(failure, language) for failure in report.passed_over],
        "documents": [document.facts(language) for document in report.documents],
    }


def _speed(run: Run) -> dict[str, Any]:
    rate = run.pages_per_minute
    return {
        "documents": run.documents,
        "pages": run.pages,
        "seconds": round(run.seconds, 1),
        "pages_per_minute": None if rate is None else round(rate, 1),
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
