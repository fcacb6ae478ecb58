"""``vanban correct``: a filter from OCR text to corrected text."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import correction, plaintext
from pipeline.commands.files import STANDARD_INPUT, read_input, write_data
from pipeline.errors import NotTextError, UnsupportedInputError
from pipeline.model import Source
from pipeline.settings import CorrectionSettings
from pipeline.sources.text import decode


def correct(file: Path, settings: CorrectionSettings, *, explain: bool) -> None:
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
    document = correction.correct(plaintext.to_document(text, source), settings)
    if explain:
        output = "".join(map(_row, plaintext.changes(document, text)))
    else:
        output = plaintext.to_text(document, text)
    write_data(output.encode("utf-8"))


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
