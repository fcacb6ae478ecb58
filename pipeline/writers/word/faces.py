"""Bold and italic of headings and titles as the paper has them: each word has a vote.

A word or two may have been seen wrongly, so a title is set in one face, and so are all headings of
one depth. The form says what those of the first depths look like.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.model import Block, Document, Kind, Word
from pipeline.writers.word.numbering import role

Seen = tuple[bool | None, bool | None]  # bold and italic; None when nobody looked

_OPEN: Final = 3  # depth from which the form leaves the face of headings to the author


def of_headings(document: Document, settled: Callable[[Block], bool]) -> dict[str, Seen]:
    """Return the faces of the headings of *document* by role, those left out that are *settled*."""
    votes: dict[str, list[Word]] = {}
    for block in document.blocks:
        if block.kind is not Kind.HEADING or block.level < _OPEN or settled(block):
            continue
        words = document.words_of(block.spans)
        own = role(block, len(words))
        if own.startswith("heading"):
            votes.setdefault(own, []).extend(words)
    return {own: _face(words) for own, words in votes.items()}


def evened(words: Sequence[Word], block: Block) -> list[Word]:
    """Return the *words* of *block*, those of its running-in title in one face.

    A title of the first depths is never less than bold.
    """
    bold, italic = _face(words[: block.title])
    if bold is False and block.level < _OPEN:
        bold = None
    title = [replace(word, bold=bold, italic=italic) for word in words[: block.title]]
    return [*title, *words[block.title :]]


def _face(words: Sequence[Word]) -> Seen:
    return _most(word.bold for word in words), _most(word.italic for word in words)


def _most(votes: Iterable[bool | None]) -> bool | None:
    known = [vote for vote in votes if vote is not None]
    return 2 * sum(known) > len(known) if known else None
