"""Slips of an author, which are reported and not changed, told from errors of a reader.

OCR repair restores what is printed. In a text that came without a reader's confidence, and in which
next to nothing had to be repaired, a legal word that does not fit was most likely written so.
"""

from __future__ import annotations

from typing import Final

from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import analyse
from pipeline.model import Decision, Document, Line, Word, replace

# Share of words changed below which a text was not damaged, only written: good OCR errs more.
READERS_SHARE: Final = 0.002


def spared(document: Document) -> Document:
    """Return *document*, just corrected, with what seem its author's slips only proposed."""
    words = [word for word in document.words() if word.confidence is None]
    changed = sum(_is_made(word) for word in words)
    if not changed or changed >= READERS_SHARE * len(words):
        return document
    pages = (replace(page, lines=tuple(map(_spared_line, page.lines))) for page in document.pages)
    return replace(document, pages=tuple(pages))


def _spared_line(line: Line) -> Line:
    if not any(map(_is_made, line.words)):
        return line
    return replace(line, words=tuple(map(_spared_word, line.words)))


def _spared_word(word: Word) -> Word:
    if word.confidence is not None or not _is_made(word) or not is_syllable(analyse(word.ocr).core):
        return word
    proposed = tuple(replace(change, decision=Decision.PROPOSED) for change in word.changes)
    return replace(word, changes=proposed)


def _is_made(word: Word) -> bool:
    return word.text != word.ocr
