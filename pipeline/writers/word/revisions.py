"""What was read against what is written, unit by unit, as text that is kept, deleted or inserted.

What always holds: the text kept or inserted, joined, is that of the paragraph as written; the text
kept or deleted is its words as read with single blanks between them (a line broken by hand stands
for a blank). So a reader who accepts every revision gets the clean file, and one who rejects every
revision gets back what was read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.model import Decision, Reason, Word
from pipeline.writers.word import marks

BLANK: Final = " "
BREAK: Final = "\v"  # a line broken by hand, in the place of a blank


class Mark(StrEnum):
    """What becomes of a text; the value of a revision is the name of its element."""

    KEPT = "kept"
    DELETED = "del"
    INSERTED = "ins"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text and the gap before it, with one mark; either may be empty."""

    mark: Mark
    gap: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, together with the words that were merged into it.

    Attributes:
        first: index of the word in its paragraph.
        words: the word and those behind it that it swallowed.
        gap: what stays between it and the text before: nothing, :data:`BLANK` or :data:`BREAK`.
        stretches: its text in order; empty when nothing of it is shown.
    """

    first: int
    words: Sequence[Word]
    gap: str
    stretches: tuple[Stretch, ...]


def units(words: Sequence[Word], breaks: Collection[int] = (), *, tracked: bool) -> Iterator[Unit]:
    """Yield the units of a paragraph in order.

    Args:
        words: of the paragraph, with those that write nothing.
        breaks: indices of the words that begin a new line.
        tracked: whether what was read is shown where something else is written.
    """
    line = 0
    any_read = any_written = False
    first = 0
    while first < len(words):
        group = words[first : _end(words, first)]
        written = marks.written(group[0])
        own_line = sum(start <= first for start in breaks)
        gap = (BREAK if own_line != line else BLANK if any_written else "") if written else ""
        read = " ".join(word.ocr for word in group if word.ocr) if tracked else written
        read_gap = (BLANK if read and any_read else "") if tracked else gap
        kept = gap if read_gap else ""
        if kept:
            gap = read_gap = ""
        yield Unit(first, group, kept, _compared((read_gap, read), (gap, written)))
        line = own_line if written else line
        any_written, any_read = any_written or bool(written), any_read or bool(read)
        first += len(group)


def _compared(read: tuple[str, str], written: tuple[str, str]) -> tuple[Stretch, ...]:
    """Return the stretches that turn a gap and text as read into those written."""
    same = read[1] == written[1]
    stretches = (
        Stretch(Mark.DELETED, read[0], "" if same else read[1]),
        Stretch(Mark.INSERTED, written[0], "" if same else written[1]),
        Stretch(Mark.KEPT, "", written[1] if same else ""),
    )
    return tuple(stretch for stretch in stretches if stretch.gap or stretch.text)


def _end(words: Sequence[Word], first: int) -> int:
    """Return the index behind the words that were merged into the word *first*."""
    end = first + 1
    if words[first].text and words[first].text != words[first].ocr:
        while end < len(words) and _is_swallowed(words[end]):
            end += 1
    return end


def _is_swallowed(word: Word) -> bool:
    made = [change for change in word.changes if change.decision is Decision.MADE]
    return bool(made) and not made[-1].after and made[-1].reason is Reason.SPACING
