"""``vanban status``: what the ledger of an output folder says, as a table, as JSON or as report.

What always holds: however many documents there are, they pass by one at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.batch.entry import text
from pipeline.batch.ledger import Ledger
from pipeline.batch.report import write_report
from pipeline.batch.report.facts import Report, with_documents
from pipeline.batch.report.gathered import STATES
from pipeline.batch.session import in_use, state_folder
from pipeline.batch.standing import failure_facts
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
        page = write_report(out, ledger, language, running=running) if report else None
        known = Report.of(text(str(out)), ledger, running=running)
        for piece in _for_machines(known, language) if as_json else _for_people(known, language):
            write_data(piece.encode("utf-8", "backslashreplace"))
    if page is not None:
        sys.stderr.write(f"{say(language, 'summary.report', path=page)}\n")


def _for_machines(known: Report, language: Language) -> Iterator[str]:
    passed_over = [failure_facts(failure, language) for failure in known.passed_over]
    overview = {"running": known.running, "passed_over": passed_over}
    yield from with_documents(overview, known.documents, language)


def _for_people(known: Report, language: Language) -> Iterator[str]:
    """Yield the lines: counts by state, then the failures."""
    for line in _table(known, language):
        yield f"{line}\n"
    for failure in known.passed_over:
        yield f"{explain(language, failure)}\n"
    for document in known.documents:
        for _, failure in document.all_failures:
            yield f"{explain(language, failure)}\n"
    if known.running:
        yield f"{say(language, 'status.running')}\n"


def _table(known: Report, language: Language) -> list[str]:
    gathered = known.gathered
    rows = [[say(language, f"status.{name}") for name in _COLUMNS]]
    for state in STATES:
        counts = gathered.states[state]
        if counts["documents"]:
            numbers = [str(counts[name]) for name in _COLUMNS[1:]]
            rows.append([say(language, f"status.{state}"), *numbers])
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    documents, pages = gathered.totals["documents"], gathered.totals["pages"]
    return [
        say(language, "status.title", out=known.out, documents=documents, pages=pages),
        *(
            "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
            for row in rows
        ),
    ]
