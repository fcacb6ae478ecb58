"""The file of record: the whole document as JSON, from which all other outputs can be made."""

from pipeline.model import Document
from pipeline.settings import WriterSettings


def write(document: Document, settings: WriterSettings) -> bytes:  # noqa: ARG001
    """Return the JSON form of *document*; no setting touches it."""
    return document.to_json()
