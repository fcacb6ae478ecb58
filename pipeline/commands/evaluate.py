"""``vanban evaluate``: error rates of an output against the truth."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from pipeline.commands.files import read_bytes
from pipeline.errors import EmptyInputError
from pipeline.evaluation import rates
from pipeline.messages import Language, say
from pipeline.sources.record import read_record
from pipeline.sources.text import decode


def evaluate(
    truth: Path, output: Path, language: Language, *, fold: bool = False, as_json: bool = False
) -> None:
    """Print CER and WER of *output*, a text or a vanban ``.json``, against the text *truth*.

    Raises:
        VanbanError: one of the files cannot be read.
    """
    figures = rates(text_of(truth), text_of(output), fold=fold)
    if not figures.words:
        raise EmptyInputError(truth)
    if as_json:
        typer.echo(json.dumps(asdict(figures)))
    else:
        typer.echo(say(language, "evaluate.rates", **asdict(figures)))


def text_of(path: Path) -> str:
    """Return the text of a text file, or the final text of a vanban ``.json``.

    Raises:
        MissingInputError, UnreadableInputError, DamagedInputError, UnsupportedInputError: as named.
    """
    if path.suffix.lower() == ".json":
        return read_record(path).text
    return decode(read_bytes(path), path)
