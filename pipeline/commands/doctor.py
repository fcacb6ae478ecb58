"""``vanban doctor``: what is installed, what is missing, how to get it."""

from __future__ import annotations

from pathlib import Path

from pipeline import doctor
from pipeline.configuration import load, settings_file
from pipeline.errors import ExitCode, VanbanError
from pipeline.files import write_data
from pipeline.messages import Language, explain, say
from pipeline.settings import Settings


def examine(file: Path | None, language: Language) -> ExitCode:
    """Print one line for each thing that vanban needs or can use, return the exit code.

    Args:
        file: the settings file that was named; the settings tell the Tesseract model, for instance.
        language: of the lines.
    """
    failure = None
    settings = Settings()
    try:
        settings = load(file)
    except VanbanError as error:
        failure = error
    checks = doctor.examine(settings)
    found = settings_file(file)
    if failure or found:
        checks = (*checks, doctor.Check("settings", str(found or ""), failure))
    write_data("".join(f"{line_of(check, language)}\n" for check in checks).encode())
    return doctor.exit_code(checks)


def line_of(check: doctor.Check, language: Language) -> str:
    """Return the line for one thing: there, missing with the way to get it, or optional."""
    if check.failure is not None:
        return say(language, "doctor.missing", what=explain(language, check.failure))
    what = say(language, f"doctor.{check.key}", found=check.found).strip()
    if check.advice:
        advice = say(language, f"doctor.{check.advice}")
        return say(language, "doctor.optional", what=f"{what}: {advice}")
    return say(language, "doctor.ok", what=what)
