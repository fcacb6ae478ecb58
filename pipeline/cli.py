"""The command line: parses, calls, prints.

What always holds: messages go to standard error and data to standard output; a failure that a user
can meet is one line with the next step and its own exit code, never a traceback. Each command
imports what it needs when it runs, so that ``vanban --help`` is quick.

The words of the help stand in the message catalogue, one entry for each command and each of its
parameters (``help.convert``, ``help.convert_jobs``); the docstrings here are for developers.
"""

import io
import itertools
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from pipeline import __version__
from pipeline.errors import ExitCode, VanbanError
from pipeline.messages import Language, catalogue, explain, system_language
from pipeline.threads import keep_to_one
from pipeline.usage import Command, Commands, usage

# The commands' own imports are heavy and wait until the command runs: PLC0415.
# ``lang`` stands in each signature so that it is checked and shown, but is read earlier: ARG001.
# ruff: noqa: ARG001, PLC0415

app = typer.Typer(
    name="vanban", cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vanban {__version__}")
        raise typer.Exit


Lang = Annotated[Language | None, typer.Option("--lang")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", metavar="FILE")]
Lexicon = Annotated[list[str] | None, typer.Option("--lexicon", metavar="FILE")]


def _named(folder: str) -> str:
    if not folder:  # which would be the current folder, that nobody meant
        raise typer.BadParameter("")
    return folder


def _all_named(inputs: list[str]) -> list[str]:
    return [_named(each) for each in inputs]


@app.callback()
def vanban(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_print_version)] = False,
    lang: Lang = None,
) -> None:
    """Go on to the command."""


@app.command(cls=Command)
def convert(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", callback=_all_named)],
    *,
    out: Annotated[str, typer.Option("--out", metavar="DIR", callback=_named)],
    formats: Annotated[str | None, typer.Option("--formats", metavar="LIST")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N")] = None,
    doubts: Annotated[str | None, typer.Option("--doubts", metavar="HOW")] = None,
    tracked: Annotated[bool, typer.Option("--tracked")] = False,
    numbering: Annotated[str | None, typer.Option("--numbering", metavar="HOW")] = None,
    layout: Annotated[str | None, typer.Option("--layout", metavar="HOW")] = None,
    include: Annotated[list[str] | None, typer.Option("--include", metavar="PATTERN")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", metavar="PATTERN")] = None,
    on_existing: Annotated[str | None, typer.Option("--on-existing", metavar="HOW")] = None,
    on_error: Annotated[str | None, typer.Option("--on-error", metavar="HOW")] = None,
    max_failures: Annotated[str | None, typer.Option("--max-failures", metavar="N")] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed")] = False,
    watch: Annotated[bool, typer.Option("--watch")] = False,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="ADDRESS")] = None,
    log_json: Annotated[bool, typer.Option("--log-json")] = False,
    debug_images: Annotated[str | None, typer.Option("--debug-images", metavar="DIR")] = None,
    lexicon: Lexicon = None,
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Files and folders → documents."""
    from pipeline.batch.places import place
    from pipeline.commands import convert as command
    from pipeline.configuration import as_list, load

    flags: dict[str, dict[str, object]] = {
        "writers": {
            "formats": as_list(formats),
            "doubts": doubts,
            "numbering": numbering,
            "tracked": tracked or None,
            "layout": layout,
        },
        "batch": {
            "jobs": jobs,
            "include": include or None,
            "exclude": exclude or None,
            "on_existing": on_existing,
            "on_error": on_error,
            "max_failures": max_failures,
            "retry_failed": retry_failed or None,
            "cluster": cluster,
        },
        "correction": {"lexicon": lexicon or None},
        "imaging": {"debug_images": debug_images},
    }
    wanted = command.Wanted([place(each) for each in inputs], place(out), watch, log_json)
    raise typer.Exit(command.convert(wanted, load(settings, flags), context.obj))


@app.command(cls=Command)
def status(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR")],
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    report: Annotated[bool, typer.Option("--report")] = False,
    lang: Lang = None,
) -> None:
    """What the ledger of an output folder says."""
    from pipeline.batch.places import place
    from pipeline.commands import status as command

    command.status(place(folder), context.obj, as_json=as_json, report=report)


@app.command(cls=Command)
def correct(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)] = Path("-"),
    *,
    explain_: Annotated[bool, typer.Option("--explain")] = False,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME")] = None,
    lexicon: Lexicon = None,
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Text in, corrected text out; the file ``-`` is standard input."""
    from pipeline.commands import correct as command
    from pipeline.configuration import load

    flags = {"correction": {"profile": profile, "lexicon": lexicon or None}}
    command.correct(file, load(settings, flags).correction, context.obj, explain=explain_)


@app.command(cls=Command)
def evaluate(
    context: typer.Context,
    truth: Annotated[Path, typer.Argument(metavar="TRUTH")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT")],
    *,
    fold: Annotated[bool, typer.Option("--fold")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    ablations: Annotated[bool, typer.Option("--ablations")] = False,
    lang: Lang = None,
) -> None:
    """How good outputs are."""
    from pipeline.commands import evaluate as command

    code = command.evaluate(truth, output, context.obj, fold=fold, as_json=as_json, again=ablations)
    raise typer.Exit(code)


@app.command(cls=Command)
def doctor(context: typer.Context, settings: SettingsFile = None, lang: Lang = None) -> None:
    """What is installed, what is missing."""
    from pipeline.commands import doctor as command

    raise typer.Exit(command.examine(settings, context.obj))


@app.command(cls=Command)
def train(
    context: typer.Context,
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR")],
    *,
    rescorer: Annotated[bool, typer.Option("--rescorer")] = False,
    lang: Lang = None,
) -> None:
    """Language model from text."""
    from pipeline.commands import train as command

    command.train(corpus, out, context.obj, rescorer=rescorer)


def wanted_language(arguments: Sequence[str]) -> Language:
    """Return the language that ``--lang`` asks for, wherever it stands, else the system's.

    Raises:
        BadSettingError: ``VANBAN_LANG`` names none.
    """
    words = [word for argument in arguments for word in argument.split("=", 1)]
    for flag, value in itertools.pairwise(words):
        if flag == "--lang" and value in list(Language):
            return Language(value)
    return system_language()


def command_line(language: Language) -> TyperGroup:
    """Return the commands with their help in *language*."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # it has several commands
    words = catalogue(language)
    for command in (group, *group.commands.values()):
        command.help = words[f"help.{command.name}"]
        for parameter in command.params:
            if isinstance(parameter, TyperArgument | TyperOption) and parameter.name:
                own = f"help.{command.name}_{parameter.name}".rstrip("_")
                parameter.help = words[own if own in words else f"help.{parameter.name}"]
    return group


def _open_streams() -> None:
    """Put an empty stream in the place of a standard one that the caller has closed."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  # lives as long as we do
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # likewise
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # likewise


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``vanban`` and return its exit code, see :class:`pipeline.errors.ExitCode`."""
    given = sys.argv[1:] if arguments is None else arguments
    keep_to_one()
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows pipe would be in a code page
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    language = Language.ENGLISH
    try:
        language = wanted_language(given)
        code = command_line(language).main(
            list(given), prog_name="vanban", obj=language, standalone_mode=False
        )
    except VanbanError as error:
        sys.stderr.write(f"{explain(language, error)}\n")
        return error.code
    except typer.TyperException as error:
        sys.stderr.write(f"{usage(language, error)}\n")
        return ExitCode.USAGE
    except (typer.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    return code if isinstance(code, int) else ExitCode.OK


def run() -> NoReturn:
    """Run ``vanban`` as a process of its own, and end it.

    Who has asked to leave at once shall not wait for a thread that waits for another machine.
    """
    code = main()
    if code == ExitCode.INTERRUPTED:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
