"""``vanban convert``: files and folders → documents."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import writers
from pipeline.batch import session
from pipeline.batch.ledger import Ledger
from pipeline.batch.progress import JsonProgress, PlainProgress, Teller, progress_on
from pipeline.batch.summary import Summary
from pipeline.errors import BadSettingError, ExitCode
from pipeline.messages import Language, explain, say
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch.places import Place


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for.

    Attributes:
        watch: whether to go on with files that come later.
        log_json: whether to tell machines instead of people.
    """

    inputs: list[Place]
    out: Place
    watch: bool = False
    log_json: bool = False


def convert(wanted: Wanted, settings: Settings, language: Language) -> ExitCode:
    """Convert what is *wanted*, tell how it goes, return the exit code.

    Raises:
        BadSettingError: a format is unknown.
        OutputInUseError: another run is writing in the output folder.
        OutputUnwritableError: nothing can be written there.
    """
    for format_ in settings.writers.formats:
        if format_ not in writers.FORMATS:
            known = ", ".join(writers.FORMATS)
            raise BadSettingError("formats", f"{format_}: {known}")
    try:
        with session.ledger_of(wanted.out) as ledger:
            summary = _run(wanted, settings, ledger, language)
    except KeyboardInterrupt:
        sys.stderr.write(f"{say(language, 'summary.interrupted', out=wanted.out)}\n")
        raise
    for line in closing(summary, wanted.out, language):
        sys.stderr.write(f"{line}\n")
    return summary.exit_code


def _run(wanted: Wanted, settings: Settings, ledger: Ledger, language: Language) -> Summary:
    teller: Teller | None = None

    def told() -> None:
        if teller is not None:
            teller.say("progress.stopping")

    with (
        session.executor_for(settings) as executor,
        session.until_stopped(told) as stopping,
    ):
        run = session.Session(wanted.inputs, wanted.out, settings, ledger, executor, stopping)
        if wanted.watch:
            with _teller(wanted, language, 0) as teller:
                teller.say("progress.watching")
                return session.watch(run, teller)
        found = run.find()
        with _teller(wanted, language, len(found.items) + len(found.failures)) as teller:
            return session.convert_once(run, found, teller)


def _teller(wanted: Wanted, language: Language, documents: int) -> Teller:
    if wanted.log_json:
        return JsonProgress(language, sys.stdout, documents)
    if wanted.watch:
        return PlainProgress(language, sys.stderr, documents)
    return progress_on(sys.stderr, language, documents)


def closing(summary: Summary, out: Place, language: Language) -> list[str]:
    """Return the lines that close a run."""
    lines = []
    if summary.trouble is not None:
        lines.append(explain(language, summary.trouble))
    if summary.kept:
        lines.append(say(language, "summary.kept", documents=summary.kept))
    if summary.interrupted or summary.trouble is not None:
        lines.append(say(language, "summary.interrupted", out=out))
    if summary.stopped:
        lines.append(say(language, "summary.stopped", failed=summary.failed))
    if summary.failures and not summary.failed:
        lines.append(say(language, "summary.remembered"))
    counts = {
        "documents": summary.documents,
        "converted": summary.converted,
        "unchanged": summary.unchanged,
        "pages": summary.pages,
        "corrections": summary.corrections,
        "doubts": summary.doubts,
        "failures": len(summary.failures),
    }
    return [*lines, say(language, "summary.counts", **counts)]
