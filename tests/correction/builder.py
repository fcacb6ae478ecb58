"""Documents made from plain text, as the text source makes them."""

from pipeline.model import Document, Page, Source, nfc, replace
from pipeline.plaintext import lines_of


def document(text: str, *, confidence: float | None = None) -> Document:
    """Return a one-page document with the lines of *text*; a blank line leaves a gap."""
    lines = tuple(
        replace(line, words=tuple(replace(word, confidence=confidence) for word in line.words))
        for line in lines_of(nfc(text).splitlines())
    )
    return Document(Source("van-ban.txt", "0" * 64), (Page(1, lines=lines),))
