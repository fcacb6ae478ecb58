"""Marks of footnotes within words: where Word's own footnotes take the place of printed figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, Final

from pipeline.model import Block, Document, Line, Word, replace
from pipeline.structure.references import Mark, Place, opening_mark, references

_BREAK: Final = "\n"  # no word holds one, so that nothing read can be taken for a mark
MARKED: Final = re.compile(rf"{_BREAK}(\d+){_BREAK}([^{_BREAK}]*){_BREAK}")
"""A mark in what :func:`written` returns: the footnote, and what is printed."""


@dataclass(frozen=True, slots=True)
class Marked(Word):
    """A word whose letters ``start:stop`` print the mark of a footnote.

    Attributes:
        note: the footnote, counted from 1.
        value: the number that the mark prints, 0 for stars.
    """

    note: int = 0
    value: int = 0
    start: int = 0
    stop: int = 0


def mark_up(document: Document) -> Document:
    """Return *document* with marked words where a footnote opens and where the text refers to it.

    Footnotes that nothing plainly refers to get none; the text of every word stays as it is.
    """
    found: dict[Place, tuple[int, Mark, int, int]] = {}
    for note, (block, reference) in enumerate(references(document).items(), 1):
        mark = opening_mark(document.words_of(block.spans))
        if mark is not None:
            first = block.spans[0]
            found[first.page, first.line, first.start] = note, mark, 0, mark.length
            found[reference.place] = note, mark, reference.start, reference.stop
    pages = list(document.pages)
    for place, (note, mark, start, stop) in found.items():
        page, line, at = place
        lines = list(pages[page].lines)
        word = lines[line].words[at]
        read: dict[str, Any] = {field.name: getattr(word, field.name) for field in fields(Word)}
        value = 0 if mark.stars else mark.value
        marked = Marked(**read, note=note, value=value, start=start, stop=stop)
        lines[line] = _with(lines[line], at, marked)
        pages[page] = replace(pages[page], lines=tuple(lines))
    return replace(document, pages=tuple(pages))


def _with(line: Line, at: int, word: Word) -> Line:
    return replace(line, words=(*line.words[:at], word, *line.words[at + 1 :]))


def opening(document: Document, block: Block) -> Marked | None:
    """Return the marked word that opens the footnote *block* of *document*, if it has one."""
    words = document.words_of(block.spans)
    return words[0] if words and isinstance(words[0], Marked) else None


def unmarked(word: Word) -> Word:
    """Return *word* without the mark that :func:`mark_up` found in it."""
    return Word(**{field.name: getattr(word, field.name) for field in fields(Word)})


def written(word: Word) -> str:
    """Return the text of *word*, its mark, if any, in the form that :data:`MARKED` finds."""
    text = word.text.replace(_BREAK, " ")
    if not isinstance(word, Marked):
        return text
    mark = _BREAK.join(("", str(word.note), text[word.start : word.stop], ""))
    return text[: word.start] + mark + text[word.stop :]
