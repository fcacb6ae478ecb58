"""From a document to the bytes of a file, one module per format.

Writers decide nothing: they lay out ``Document.blocks`` as they are. What always holds:

* Nothing is lost and nothing is invented: a file carries the words of ``Document.text``, and beyond
  them only what the official form itself writes (the ``*``, ``-----`` and rules, the page numbers),
  and in the Word file a line in the place of each page that could not be read. Comments are not
  of the text.
* The same document and settings give the same bytes; no clock is read.
"""

from collections.abc import Callable
from typing import Final

from pipeline.model import Document
from pipeline.settings import WriterSettings
from pipeline.writers import docx, metadata, outline, record, text

Writer = Callable[[Document, WriterSettings], bytes]

_WRITERS: Final[dict[str, Writer]] = {
    "docx": docx.write,
    "txt": text.write,
    "json": record.write,
    "outline": outline.write,
    "metadata": metadata.write,
}


def write(document: Document, format: str, settings: WriterSettings) -> bytes:  # noqa: A002
    """Return *document* as the bytes of a file of *format*, one of ``settings.FORMATS``."""
    return _WRITERS[format](document, settings)
