"""The plain text: UTF-8, one block per line, cells of a table separated by tabs, notes left out."""

from pipeline.model import Document
from pipeline.settings import WriterSettings


def write(document: Document, settings: WriterSettings) -> bytes:  # noqa: ARG001
    """Return the final text of *document*; no setting touches it."""
    return document.text.encode("utf-8")
