"""The outline as a TSV file, one unit a line, see :mod:`pipeline.outline`."""

from pipeline.model import Document
from pipeline.outline import outline, to_tsv
from pipeline.settings import WriterSettings


def write(document: Document, settings: WriterSettings) -> bytes:  # noqa: ARG001
    """Return the outline of *document*; no setting touches it."""
    return to_tsv(outline(document)).encode("utf-8")
