"""``vanban correct``: a filter from OCR text to corrected text."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from pipeline import correction, plaintext
from pipeline.commands.files import read_bytes, write_data
from pipeline.model import Source
from pipeline.settings import CorrectionSettings
from pipeline.sources.text import decode

STANDARD_INPUT: Final = Path("-")


def correct(file: Path, settings: CorrectionSettings, *, explain: bool) -> None:
    """Print the corrected text of *file*, or with *explain* one line for each change.

    A change is ``page:line, before, after, reason, certainty, decision``, separated by tabs.

    Raises:
        VanbanError: the file or standard input (``-``) cannot be read, or is no text.
    """
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else read_bytes(file)
    text = decode(data, file)
    source = Source(file.name, hashlib.sha256(data).hexdigest())
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
