"""``vanban status``: what the ledger of an output folder says, as a table, as JSON or as report."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.batch.ledger import Ledger
from pipeline.batch.report import write_report
from pipeline.batch.session import in_use, state_folder
from pipeline.batch.standing import Standing, Standings, failure_facts
from pipeline.errors import VanbanError
from pipeline.files import write_data
from pipeline.messages import Language, explain, say

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_COLUMNS = ("state", "documents", "pages", "words", "doubts")


def status(out: Place, language: Language, *, as_json: bool, report: bool) -> None:
    """Print the state of the output folder, also while a run is writing there.

    Args:
        out: the output folder.
        language: of what is told.
        as_json: whether machines are told.
        report: whether the report is written, too.

    Raises:
        NoLedgerError: vanban has written nothing there.
        UnreadableInputError, DamagedLedgerError, OtherVersionError: its ledger cannot be read.
        OutputExistsError, OutputUnwritableError: the report cannot be written.
    """
    folder = state_folder(out)
    running = in_use(folder)
    with Ledger.look_into(folder) as ledger:
        documents, passed_over = list(Standings(ledger)), ledger.all_passed_over()
        page = write_report(out, ledger, language, running=running) if report else None
    if as_json:
        facts = {
            "running": running,
            "documents": [document.facts(language) for document in documents],
            "passed_over": [failure_facts(failure, language) for failure in passed_over],
        }
        lines = [json.dumps(facts, ensure_ascii=False, indent=1)]
    else:
        lines = table(str(out), documents, passed_over, language)
        if running:
            lines.append(say(language, "status.running"))
    write_data("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    if page is not None:
        sys.stderr.write(f"{say(language, 'summary.report', path=page)}\n")


def table(
    out: str, documents: list[Standing], passed_over: list[VanbanError], language: Language
) -> list[str]:
    """Return the lines that people read: counts by state, then the failures."""
    counts: dict[str, Counter[str]] = {}
    for document in documents:
        entry = document.entry
        counts.setdefault(document.state, Counter()).update(
            documents=1, pages=entry.pages, words=entry.words, doubts=entry.doubts
        )
    rows = [[say(language, f"status.{name}") for name in _COLUMNS]]
    for state in ("pending", "reading", "writing", "done", "partial", "failed", "kept"):
        if state in counts:
            numbers = [str(counts[state][name]) for name in _COLUMNS[1:]]
            rows.append([say(language, f"status.{state}"), *numbers])
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    pages = sum(document.entry.pages for document in documents)
    failures = [failure for document in documents for _, failure in document.all_failures]
    return [
        say(language, "status.title", out=out, documents=len(documents), pages=pages),
        *(
            "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
            for row in rows
        ),
        *(explain(language, failure) for failure in [*passed_over, *failures]),
    ]
