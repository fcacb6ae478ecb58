"""``vanban convert``: files and folders → documents."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.batch import places, session
from pipeline.batch.discovery import require_apart
from pipeline.batch.far import is_in_memory
from pipeline.batch.ledger import Ledger
from pipeline.batch.progress import JsonProgress, PlainProgress, Teller, progress_on, write_event
from pipeline.batch.report import write_report
from pipeline.batch.runs import Ending, RunLog
from pipeline.batch.summary import Result, Summary
from pipeline.errors import (
    ExitCode,
    OutputExistsError,
    OutputInMemoryError,
    OutputUnwritableError,
    StreamClosedError,
    VanbanError,
)
from pipeline.messages import Language, explain, say
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_NAMED: Final = 5  # files that are passed over, of however many


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
    """Convert what is *wanted*, tell how it goes and what fails, return the exit code."""
    try:
        if is_in_memory(wanted.out):
            raise OutputInMemoryError(str(wanted.out))
        require_apart(wanted.inputs, wanted.out)
        if settings.imaging.debug_images and not settings.batch.cluster:
            from pipeline import debug  # noqa: PLC0415  # takes a while, and is seldom wanted

            debug.make_folder(Path(settings.imaging.debug_images))
        if missing := _nothing_to_begin_with(wanted):
            summary, reported = _tell(missing, wanted, language), Reported()
        else:
            summary, reported = _run(wanted, settings, language)
    except KeyboardInterrupt:
        return _ended(
            wanted, ExitCode.INTERRUPTED, say(language, "summary.at_once", out=wanted.out)
        )
    except VanbanError as failure:
        return _ended(wanted, failure.code, explain(language, failure))
    code = summary.exit_code or reported.code
    remarks = _remarks(summary, reported, wanted.out, language)
    if wanted.log_json and not isinstance(summary.trouble, StreamClosedError):
        page = None if reported.page is None else str(reported.page)
        counts = {**_counts(summary), "left": summary.left, "passed_over": len(summary.passed_over)}
        write_event("end", code=code, name=code.name, **counts, report=page, remarks=remarks)
    else:
        for line in (*remarks, _closing(summary, reported, language)):
            sys.stderr.write(f"{line}\n")
    return code


def _run(wanted: Wanted, settings: Settings, language: Language) -> tuple[Summary, Reported]:
    """Convert and report."""
    summary, reported = None, Reported()
    try:
        with session.ledger_of(wanted.out) as ledger:
            task = _Task(wanted, settings, ledger, language, RunLog(ledger))
            summary = task.run()
            reported = task.report(summary)
    except OutputUnwritableError as failure:  # the end could not be noted
        if summary is None:
            raise
        summary.trouble = summary.trouble or failure
    return summary, reported


def _ended(wanted: Wanted, code: ExitCode, remark: str) -> ExitCode:
    """Tell of a run that ended before it came to anything."""
    if wanted.log_json:
        write_event("end", code=code, name=code.name, remarks=[remark])
    else:
        sys.stderr.write(f"{remark}\n")
    return code


def _nothing_to_begin_with(wanted: Wanted) -> list[VanbanError]:
    """Return the failures of inputs that are all missing, for which no output folder is made."""
    if wanted.watch or places.is_folder(wanted.out):
        return []
    return session.all_missing(wanted.inputs)


def _tell(failures: list[VanbanError], wanted: Wanted, language: Language) -> Summary:
    summary = Summary()
    with _teller(wanted, language, len(failures)) as teller:
        for failure in failures:
            result = Result.of_input(failure)
            summary.add(result)
            teller.finished(result)
    return summary


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of the report: its page, or why there is none."""

    page: Place | None = None
    remark: str = ""
    code: ExitCode = ExitCode.OK


@dataclass(frozen=True, slots=True)
class _Task:
    """One run of the command, from the open ledger on."""

    wanted: Wanted
    settings: Settings
    ledger: Ledger
    language: Language
    log: RunLog

    def run(self) -> Summary:
        """Convert, and note how it ended."""
        try:
            summary = self._convert()
        except KeyboardInterrupt:
            self.log.end(Ending.INTERRUPTED)
            raise
        except VanbanError:
            self.log.end(Ending.TROUBLE)
            raise
        if not isinstance(summary.trouble, OutputUnwritableError):
            self.log.end(Ending.of(summary))
        return summary

    def report(self, summary: Summary) -> Reported:
        """Write the report, unless it is known that nothing can be written."""
        if isinstance(summary.trouble, OutputUnwritableError):
            return Reported()
        return self._report(running=False)

    def _report(self, *, running: bool) -> Reported:
        out, how = self.wanted.out, self.settings.batch.on_existing
        overwrite = how == "overwrite"
        try:
            page = write_report(
                out, self.ledger, self.language, running=running, overwrite=overwrite
            )
        except OutputExistsError as error:
            if how == "skip":
                kept = say(self.language, "summary.report_kept", path=error.subject)
                return Reported(None, kept)
            return Reported(None, explain(self.language, error), error.code)
        except VanbanError as error:
            return Reported(None, explain(self.language, error), error.code)
        return Reported(page)

    def _at_rest(self) -> None:
        """Write the report anew; only a failure is told."""
        reported = self._report(running=True)
        if reported.code is not ExitCode.OK:
            sys.stderr.write(f"{reported.remark}\n")

    def _convert(self) -> Summary:
        teller: Teller | None = None

        def told() -> None:
            if teller is None:  # still looking for files
                sys.stderr.write(f"{say(self.language, 'progress.stopping')}\n")
            else:
                teller.say("progress.stopping")

        wanted = self.wanted
        with (
            session.executor_for(self.settings) as executor,
            session.until_stopped(told) as stopping,
        ):
            run = session.Session(
                wanted.inputs, wanted.out, self.settings, self.ledger, executor, stopping, self.log
            )
            if wanted.watch:
                with _teller(wanted, self.language, 0) as teller:
                    teller.say("progress.watching")
                    return session.watch(run, teller, self._at_rest)
            found = run.find()
            documents = len(found.items) + len(found.failures)
            with _teller(wanted, self.language, documents) as teller:
                return session.convert_once(run, found, teller)


def _teller(wanted: Wanted, language: Language, documents: int) -> Teller:
    if wanted.log_json:
        return JsonProgress(language, documents)
    if wanted.watch:
        return PlainProgress(language, sys.stderr, documents)
    return progress_on(sys.stderr, language, documents)


def _remarks(summary: Summary, reported: Reported, out: Place, language: Language) -> list[str]:
    """Return what is to be said at the end of a run beside its counts."""
    lines = []
    if summary.trouble is not None:
        lines.append(explain(language, summary.trouble))
    if summary.passed_over:
        lines.append(_passed_over(summary.passed_over, language))
    if summary.kept:
        lines.append(say(language, "summary.kept", documents=summary.kept))
    left = summary.left
    if isinstance(summary.trouble, OutputUnwritableError):
        lines.append(say(language, "summary.unwritable", left=left))
    elif summary.interrupted or summary.trouble is not None:
        lines.append(say(language, "summary.interrupted", out=out, left=left))
    if summary.stopped:
        lines.append(say(language, "summary.stopped", failed=summary.failed, left=left))
    if summary.failures and not summary.failed:
        lines.append(say(language, "summary.remembered"))
    if reported.remark:
        lines.append(reported.remark)
    return lines


def _passed_over(files: tuple[Place, ...], language: Language) -> str:
    names = ", ".join(str(file) for file in files[:_NAMED])
    more = ", …" if len(files) > _NAMED else ""
    far = any(not isinstance(file, Path) for file in files)
    key = "summary.passed_over_far" if far else "summary.passed_over"
    return say(language, key, files=len(files), names=f"{names}{more}")


def _closing(summary: Summary, reported: Reported, language: Language) -> str:
    told = say(language, "summary.counts", **_counts(summary))
    if reported.page is not None:
        told += f"; {say(language, 'summary.report', path=reported.page)}"
    return told


def _counts(summary: Summary) -> dict[str, int]:
    return {
        "documents": summary.documents,
        "converted": summary.converted,
        "unchanged": summary.unchanged,
        "kept": summary.kept,
        "pages": summary.pages,
        "corrections": summary.corrections,
        "doubts": summary.doubts,
        "failures": len(summary.failures),
    }
