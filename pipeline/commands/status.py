"""``vanban status``: what the ledger of an output folder says, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from pipeline.batch.ledger import Entry, Ledger, State
from pipeline.batch.session import in_use, state_folder
from pipeline.errors import VanbanError
from pipeline.messages import Language, explain, say

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_COLUMNS = ("state", "documents", "pages", "words", "doubts")


def status(out: Place, language: Language, *, as_json: bool) -> None:
    """Print the state of the output folder, also while a run is writing there.

    Raises:
        NoLedgerError: vanban has written nothing there.
    """
    folder = state_folder(out)
    with Ledger.look_into(folder) as ledger:
        documents = [(entry, ledger.failures(entry.place)) for entry in ledger.entries()]
    if as_json:
        facts = {
            "running": in_use(folder),
            "documents": [_facts(entry, failures, language) for entry, failures in documents],
        }
        sys.stdout.write(f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n")
        return
    for line in table(str(out), documents, language):
        sys.stdout.write(f"{line}\n")
    if in_use(folder):
        sys.stdout.write(f"{say(language, 'status.running')}\n")


def table(
    out: str, documents: list[tuple[Entry, dict[int, list[VanbanError]]]], language: Language
) -> list[str]:
    """Return the lines that people read: counts by state, then the failures."""
    counts: dict[str, Counter[str]] = {}
    for entry, failures in documents:
        state = "partial" if entry.state is State.DONE and failures else entry.state.value
        counts.setdefault(state, Counter()).update(
            documents=1, pages=entry.pages, words=entry.words, doubts=entry.doubts
        )
    rows = [[say(language, f"status.{name}") for name in _COLUMNS]]
    for state in ("pending", "reading", "writing", "done", "partial", "failed", "kept"):
        if state in counts:
            numbers = [str(counts[state][name]) for name in _COLUMNS[1:]]
            rows.append([say(language, f"status.{state}"), *numbers])
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    pages = sum(entry.pages for entry, _ in documents)
    return [
        say(language, "status.title", out=out, documents=len(documents), pages=pages),
        *(
            "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
            for row in rows
        ),
        *(
            explain(language, failure)
            for _, failures in documents
            for number in sorted(failures)
            for failure in failures[number]
        ),
    ]


def _facts(
    entry: Entry, failures: dict[int, list[VanbanError]], language: Language
) -> dict[str, Any]:
    return {
        "place": entry.place,
        "input": entry.input,
        "state": entry.state.value,
        "pages": entry.pages,
        "words": entry.words,
        "corrections": entry.corrections,
        "doubts": entry.doubts,
        "seconds": round(entry.seconds, 1),
        "empty_pages": list(entry.empty),
        "outputs": sorted(entry.outputs),
        "failures": [
            {
                "page": number or None,
                "code": failure.code.value,
                "name": failure.code.name,
                "message": explain(language, failure),
            }
            for number in sorted(failures)
            for failure in failures[number]
        ],
    }
