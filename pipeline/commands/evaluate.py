"""``vanban evaluate``: how good outputs are, measured against the truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.errors import ExitCode, NotComparableError, UnsupportedInputError, VanbanError
from pipeline.evaluation import structure
from pipeline.evaluation.ablation import ablations
from pipeline.evaluation.comparison import Comparison, compare
from pipeline.evaluation.pairs import NoOutputError, NoTruthError, Pair, Pairs, paired
from pipeline.evaluation.structure import Score
from pipeline.evaluation.summary import figures, summary
from pipeline.evaluation.tables import structure_table, tables
from pipeline.files import read_bytes, write_data
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
    structures, failures = _structures(truth, output)
    pairs = _texts(truth, output, needed=not structures)
    failures += pairs.failures
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
    if not compared and not structures:
        codes = {failure.code for failure in failures}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILED
    if again and not records:
        sys.stderr.write(f"{say(language, 'evaluate.no_records')}\n")
    again_ = ablations(records, fold=fold) if records else None
    evaluated = summary(tuple(compared), again_) if compared else None
    if as_json:
        printed = json.dumps(figures(evaluated, structures))
    else:
        parts = [tables(evaluated, language)] if evaluated else []
        parts += [structure_table(structures, language)] if structures else []
        printed = "\n\n".join(parts)
    write_data(f"{printed}\n".encode())
    return ExitCode.PARTIAL if failures else ExitCode.OK


def _texts(truth: Path, output: Path, *, needed: bool) -> Pairs:
    """Return the texts to compare; none where the truth is of structure alone."""
    if not needed and truth.suffix in structure.SUFFIXES:
        return Pairs(())
    try:
        return paired(truth, output)
    except NoTruthError:
        if needed:
            raise
        return Pairs(())


def _structures(truth: Path, output: Path) -> tuple[list[Score], list[VanbanError]]:
    """Return how well the structure of each document is rebuilt of which the truth knows it."""
    scores: list[Score] = []
    failures: list[VanbanError] = []
    for name, paths in structure.truths(truth):
        made = structure.output_of(name, output)
        if made is None:
            failures.append(NoOutputError(paths[0], str(output)))
            continue
        if made.suffix not in structure.SUFFIXES:
            continue  # a text has no structure
        try:
            scores.append(
                structure.score(name, structure.read_form(*paths), structure.read_form(made))
            )
        except VanbanError as error:
            failures.append(error)
    return scores, failures


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
