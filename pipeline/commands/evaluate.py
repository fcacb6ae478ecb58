"""``vanban evaluate``: error rates of an output against the truth."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from pipeline.commands.files import read_bytes
from pipeline.errors import EmptyInputError
from pipeline.evaluation import rates
from pipeline.evaluation.repairs import repairs
from pipeline.messages import Language, say
from pipeline.sources.record import read_record
from pipeline.sources.text import decode


def evaluate(
    truth: Path, output: Path, language: Language, *, fold: bool = False, as_json: bool = False
) -> None:
    """Print CER and WER of *output*, a text or a vanban ``.json``, against the text *truth*.

    A ``.json`` knows what was read, so it is also told what correction fixed and broke.

    Raises:
        VanbanError: one of the files cannot be read.
    """
    true = decode(read_bytes(truth), truth)
    document = read_record(output) if output.suffix.lower() == ".json" else None
    text = document.text if document else decode(read_bytes(output), output)
    figures = rates(true, text, fold=fold)
    if not figures.words:
        raise EmptyInputError(truth)
    found: dict[str, float] = asdict(figures)
    lines = [say(language, "evaluate.rates", **found)]
    if document:
        counted = repairs(true, document)
        shares = {"fixed_share": counted.fixed_share, "broken_share": counted.broken_share}
        found |= asdict(counted) | shares
        lines.append(say(language, "evaluate.repairs", **found))
    typer.echo(json.dumps(found) if as_json else "\n".join(lines))
