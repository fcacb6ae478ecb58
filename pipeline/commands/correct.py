"""``vanban correct``: a filter from OCR text to corrected text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline import correction, plaintext
from pipeline.commands.files import STANDARD_INPUT, read_input
from pipeline.errors import NotTextError, UnsupportedInputError
from pipeline.files import write_data
from pipeline.messages import Language, say
from pipeline.model import Source
from pipeline.settings import CorrectionSettings
from pipeline.sources.text import decode

MANY: Final = 20_000  # words from which people are told how far it is


def correct(file: Path, settings: CorrectionSettings, language: Language, *, explain: bool) -> None:
    """Print the corrected text of *file*, or with *explain* one line for each change.

    A change is ``page:line, before, after, reason, certainty, decision``, separated by tabs.

    Raises:
        NotTextError: the file or standard input (``-``) is no text.
        VanbanError: it cannot be read; the settings or the user's lists are off.
    """
    named = Path("stdin") if file == STANDARD_INPUT else file
    try:
        data = read_input(file)
        text = decode(data, named)
    except UnsupportedInputError as error:
        raise NotTextError(named, error.detail) from error
    source = Source(named.name, hashlib.sha256(data).hexdigest())
    read = plaintext.to_document(text, source)
    with _bar(sum(1 for _ in read.words()), language) as report:
        document = correction.correct(read, settings, report)
    if explain:
        output = "".join(map(_row, plaintext.changes(document, text)))
    else:
        output = plaintext.to_text(document, text)
    write_data(output.encode("utf-8"))


@contextmanager
def _bar(words: int, language: Language) -> Iterator[correction.Report | None]:
    """Show a bar that counts the words that are done, if somebody looks and there are many."""
    console = Console(stderr=True)
    if words < MANY or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(say(language, "progress.words"), total=words)
        yield lambda more: bar.advance(task, more)


def _row(located: plaintext.Located) -> str:
    change = located.change
    cells = (
        f"{located.page}:{located.line}",
        change.before,
        change.after,
        change.reason.value,
        f"{change.certainty:.2f}",
        change.decision.value,
    )
    return "\t".join(cells) + "\n"
