"""What the report tells, in figures: gathered from the ledger, and given to machines as JSON.

The JSON has a schema with a version. Within a version keys are only added; whoever reads it may
rely on those that are there. It is made piece by piece: ten thousand documents take no memory.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from pipeline import __version__
from pipeline.batch.ledger import Ledger
from pipeline.batch.report.gathered import BANDS, STATES, Gathered
from pipeline.batch.reserved import SCHEMA
from pipeline.batch.runs import Run
from pipeline.batch.standing import Standing, Standings, failure_facts
from pipeline.errors import VanbanError
from pipeline.messages import Language

VERSION: Final = 1


@dataclass(frozen=True)
class Report:
    """What the ledger knows at one moment.

    Attributes:
        out: the output folder, as the user named it.
        created: seconds since 1970.
        running: whether a run is going on.
        documents: how each stands, by place; looked at more than once.
        passed_over: why inputs of the last run did not become documents.
    """

    out: str
    created: float
    running: bool
    documents: Iterable[Standing]
    runs: list[Run]
    passed_over: list[VanbanError]

    @classmethod
    def of(cls, out: str, ledger: Ledger, *, running: bool) -> Report:
        """Return what *ledger* knows now."""
        passed_over = ledger.all_passed_over()
        return cls(out, time.time(), running, Standings(ledger), ledger.runs(), passed_over)

    @cached_property
    def gathered(self) -> Gathered:
        """What the documents come to."""
        return Gathered(self.documents, self.passed_over)

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


def written(report: Report, language: Language) -> Iterator[str]:
    """Yield the pieces of the report for machines, as JSON; messages are in *language*."""
    yield from with_documents(_overview(report, language), report.documents, language)


def with_documents(
    overview: dict[str, Any], documents: Iterable[Standing], language: Language
) -> Iterator[str]:
    """Yield the pieces of a JSON object: what is in *overview*, and at its end the documents."""
    yield json.dumps(overview, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield ',\n "documents": ['
    between = "\n  "
    for document in documents:
        yield f"{between}{json.dumps(document.facts(language), ensure_ascii=False)}"
        between = ",\n  "
    yield "\n ]\n}\n"


def _overview(report: Report, language: Language) -> dict[str, Any]:
    """Return all but the documents."""
    gathered, overall = report.gathered, report.all_runs
    totals, share = gathered.totals, gathered.doubtful_share
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
                name: totals[name]
                for name in ("documents", "pages", "words", "corrections", "doubts", "failures")
            },
            "failed_pages": totals["failed_pages"],
            "empty_pages": totals["empty_pages"],
            "doubtful_share": None if share is None else round(share, 4),
            "by_state": {state: gathered.states[state]["documents"] for state in STATES},
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
        "confidences": gathered.confidences,
        "doubtful_shares": {"up_to": [*BANDS, 1.0], "documents": gathered.bands},
        "passed_over": [failure_facts(failure, language) for failure in report.passed_over],
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
