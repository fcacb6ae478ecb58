"""Documents made from plain text, as the text source makes them."""

from pipeline.model import Document, Line, Page, Source, Word, nfc


def document(text: str, *, confidence: float | None = None) -> Document:
    """Return a one-page document with the lines of *text*; a blank line leaves a gap."""
    lines: list[Line] = []
    gap = False
    for row in nfc(text).splitlines():
        if not row.strip():
            gap = True
            continue
        words = tuple(Word(word, confidence) for word in row.split())
        lines.append(Line(words, gap_above=gap))
        gap = False
    return Document(Source("van-ban.txt", "0" * 64), (Page(1, lines=tuple(lines)),))
