"""``vanban convert``: files and folders → documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pipeline import writers
from pipeline.batch.discovery import discover
from pipeline.batch.output import check_folder
from pipeline.batch.processes import ProcessExecutor
from pipeline.batch.progress import progress_on
from pipeline.batch.report import Result, Summary
from pipeline.batch.run import run
from pipeline.doctor import ocr_failure
from pipeline.errors import BadSettingError, ExitCode, VanbanError
from pipeline.messages import Language, say
from pipeline.settings import Settings
from pipeline.sources import SourceKind


def convert(inputs: list[Path], out: Path, settings: Settings, language: Language) -> ExitCode:
    """Convert *inputs* into *out*, tell on standard error how it goes, return the exit code.

    Raises:
        BadSettingError: a format is unknown.
        OutputUnwritableError: nothing can be written in *out*.
    """
    formats = settings.writers.formats
    for format_ in formats:
        if format_ not in writers.FORMATS:
            known = ", ".join(writers.FORMATS)
            raise BadSettingError("formats", f"{format_}: {known}")
    discovery = discover(inputs, out, formats)
    check_folder(out)
    documents = len(discovery.items) + len(discovery.failures)
    with (
        progress_on(sys.stderr, language, documents) as progress,
        ProcessExecutor(settings.batch.jobs) as executor,
    ):
        try:
            summary = run(discovery.items, settings, executor, progress, _readiness(settings))
        except KeyboardInterrupt:
            sys.stderr.write(f"{say(language, 'summary.interrupted', out=out)}\n")
            return ExitCode.INTERRUPTED
        for failure in discovery.failures:
            result = Result(Path(failure.subject), None, (failure,))
            summary.add(result)
            progress.finished(result)
    sys.stderr.write(f"{closing(summary, language)}\n")
    return summary.exit_code


def closing(summary: Summary, language: Language) -> str:
    """Return the line that closes a run."""
    return say(
        language,
        "summary.counts",
        documents=summary.documents,
        converted=summary.converted,
        pages=summary.pages,
        corrections=summary.corrections,
        doubts=summary.doubts,
        failures=len(summary.failures),
    )


def _readiness(settings: Settings) -> Callable[[SourceKind], VanbanError | None]:
    """Return the question whether a kind of file can be read here; Tesseract is asked only once."""
    tesseract = cache(ocr_failure)

    def ready_for(kind: SourceKind) -> VanbanError | None:
        # A PDF may have a text layer on every page; if not, its pages say what is missing.
        if kind.is_raster or (kind is SourceKind.PDF and settings.sources.text_layer == "never"):
            return tesseract(settings.recognition)
        return None

    return ready_for
