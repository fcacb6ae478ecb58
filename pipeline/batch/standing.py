"""How the documents of an output folder stand: what the ledger knows, as it is shown to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.batch.entry import Entry, State
from pipeline.batch.ledger import Ledger
from pipeline.errors import VanbanError
from pipeline.messages import Language, explain, next_step, reason

if TYPE_CHECKING:
    Failures = dict[int, list[VanbanError]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one document stands.

    Attributes:
        failures: by page number, 0 for those of the whole.
    """

    entry: Entry
    failures: Failures

    @property
    def state(self) -> str:
        """Its state in the ledger; ``partial`` when it is done, but for pages that failed."""
        return "partial" if self.entry.state is State.DONE and self.failures else self.entry.state

    @property
    def doubtful_share(self) -> float | None:
        """The share of its words that are in doubt; None when there are no words."""
        return self.entry.doubts / self.entry.words if self.entry.words else None

    @property
    def all_failures(self) -> Iterator[tuple[int, VanbanError]]:
        """Its failures with their page numbers, in order; see :func:`told`."""
        for number, failures in told(self.failures).items():
            for failure in failures:
                yield number, failure

    def facts(self, language: Language) -> dict[str, Any]:
        """Return what is known of it, for machines."""
        entry, share = self.entry, self.doubtful_share
        return {
            "place": entry.place,
            "input": entry.input,
            "state": self.state,
            "pages": entry.pages,
            "words": entry.words,
            "corrections": entry.corrections,
            "doubts": entry.doubts,
            "doubtful_share": None if share is None else round(share, 4),
            "seconds": round(entry.seconds, 1),
            "empty_pages": list(entry.empty),
            "outputs": sorted(entry.outputs),
            "failures": [
                failure_facts(failure, language, number) for number, failure in self.all_failures
            ],
        }


def told(failures: Failures) -> Failures:
    """Return the failures that are told, in order: those of the whole stand for their pages'.

    A document that could not be converted is so named as often as in the run that tried to.
    """
    return {0: failures[0]} if 0 in failures else dict(sorted(failures.items()))


class Standings:
    """How every document of a ledger stands, by place: asked anew each time, and never all held."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is read yet."""
        self._ledger = ledger

    def __iter__(self) -> Iterator[Standing]:
        """Yield each document."""
        for entry in self._ledger.entries():
            yield Standing(entry, self._ledger.failures(entry.place))


def failure_facts(failure: VanbanError, language: Language, page: int = 0) -> dict[str, Any]:
    """Return what is known of a failure, for machines; *page* 0 is the whole document."""
    return {
        "page": page or None,
        "code": failure.code.value,
        "name": failure.code.name,
        "subject": failure.subject,
        "message": explain(language, failure),
        "reason": reason(language, failure),
        "next_step": next_step(language, failure),
    }
