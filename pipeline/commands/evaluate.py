"""``vanban evaluate``: how good outputs are, measured against the truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.commands.files import write_data
from pipeline.errors import ExitCode, NotComparableError, UnsupportedInputError, VanbanError
from pipeline.evaluation.ablation import ablations
from pipeline.evaluation.comparison import Comparison, compare
from pipeline.evaluation.pairs import NoTruthError, Pair, paired
from pipeline.evaluation.summary import figures, summary
from pipeline.evaluation.tables import tables
from pipeline.files import read_bytes
from pipeline.messages import Language, explain, say
from pipeline.model import Document
from pipeline.sources.record import read_record
from pipeline.sources.text import decode


def evaluate(
    truth: Path,
    output: Path,
    language: Language,
    *,
    fold: bool = False,
    as_json: bool = False,
    again: bool = False,
) -> ExitCode:
    """Print how good *output*, texts or vanban's ``.json``, is against the text or texts *truth*.

    A ``.json`` knows what was read, so it also tells what correction fixed and broke, and whether
    its certainty is honest. In folders a pair that cannot be compared is named on standard error
    and does not stop the others.

    Args:
        truth: a file, or a folder of them.
        output: likewise.
        language: of the messages.
        fold: leave case and punctuation out.
        as_json: print JSON instead of tables.
        again: correct the records once more, without each part of correction.

    Returns:
        PARTIAL when some pairs could not be compared. When none could: the code of the failures if
        they are all of one kind, else FAILED.

    Raises:
        VanbanError: there is no pair.
    """
    pairs = paired(truth, output)
    failures = list(pairs.failures)
    compared: list[Comparison] = []
    records: list[tuple[str, Document]] = []
    for pair in pairs.found:
        try:
            true, made = _read(pair)
        except VanbanError as error:
            failures.append(error)
            continue
        if not _written(made).strip():
            sys.stderr.write(f"{say(language, 'evaluate.empty', output=pair.output)}\n")
        compared.append(compare(pair.name, true, made, fold=fold))
        if again and isinstance(made, Document):
            records.append((true, made))
    for failure in failures:
        sys.stderr.write(f"{explain(language, failure)}\n")
    if not compared:
        codes = {failure.code for failure in failures}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILED
    if again and not records:
        sys.stderr.write(f"{say(language, 'evaluate.no_records')}\n")
    evaluated = summary(tuple(compared), ablations(records, fold=fold) if records else None)
    printed = json.dumps(figures(evaluated)) if as_json else tables(evaluated, language)
    write_data(f"{printed}\n".encode())
    return ExitCode.PARTIAL if failures else ExitCode.OK


def _read(pair: Pair) -> tuple[str, str | Document]:
    true = _text(pair.truth)
    if not true.strip():
        raise NoTruthError(pair.truth)
    if pair.output.suffix.lower() == ".json":
        return true, read_record(pair.output)
    return true, _text(pair.output)


def _written(made: str | Document) -> str:
    return made if isinstance(made, str) else " ".join(word.text for word in made.words())


def _text(path: Path) -> str:
    try:
        return decode(read_bytes(path), path)
    except UnsupportedInputError as error:
        raise NotComparableError(path, error.detail) from error
