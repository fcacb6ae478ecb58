"""Pages as read: words with what was done to them, in lines."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

DOUBT_BELOW: Final = 0.75  # a change or a fact of less certainty than this is shown as doubtful


def nfc(text: str) -> str:
    """Return *text* in Unicode normalisation form C, the only form used inside."""
    return unicodedata.normalize("NFC", text)


class Stage(StrEnum):
    """The stage that made a change."""

    RECOGNITION = "recognition"
    CORRECTION = "correction"
    STRUCTURE = "structure"
    REVIEW = "review"


class Decision(StrEnum):
    """What became of a difference: made in the text, or only proposed to a reviewer."""

    MADE = "made"
    PROPOSED = "proposed"


class Reason(StrEnum):
    """Why a word was changed, or why a change is proposed. One word for each kind of evidence."""

    DIACRITICS = "diacritics"  # same letters, marks restored
    LETTERS = "letters"  # letters confused by the reader
    CASE = "case"  # only capitals differ
    SPACING = "spacing"  # words split or merged
    NUMERAL = "numeral"  # a Roman numeral proved by its grammar
    FIGURE = "figure"  # a stroke that can only be a figure, or a part of a date
    SYMBOL = "symbol"  # a document symbol proved by its grammar
    PUNCTUATION = "punctuation"
    MARKER = "marker"  # a heading marker proved by its sequence
    DOUBT = "doubt"  # nothing better known, but the reading is not trusted
    MISSING = "missing"  # beside the word something that the form has there was not read
    ASIDE = "aside"  # near the word something was read that was left out of the text


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between what was read and what is written: ``before`` → ``after``.

    Attributes:
        certainty: probability that ``after`` is right, as the gate estimates it.
        decision: whether the text carries the change or it is only proposed.
    """

    before: str
    after: str
    reason: Reason
    certainty: float
    stage: Stage
    decision: Decision = Decision.MADE

    @property
    def doubtful(self) -> bool:
        """Whether a reviewer should look: it is only proposed, or not certain."""
        return self.decision is Decision.PROPOSED or self.certainty < DOUBT_BELOW


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page image: left, top, width and height in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First pixel column right of the box."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """First pixel row below the box."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Horizontal centre."""
        return self.left + self.width / 2

    @staticmethod
    def around(boxes: list[Box]) -> Box:
        """Return the smallest box that holds all *boxes* (at least one)."""
        left = min(box.left for box in boxes)
        top = min(box.top for box in boxes)
        return Box(
            left,
            top,
            max(box.right for box in boxes) - left,
            max(box.bottom for box in boxes) - top,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading of a word or of one of its characters, with the reader's confidence in it."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read, and what was done to it.

    Attributes:
        ocr: what was read, NFC, no blanks. Never altered.
        confidence: the reader's confidence, or None when the source is plain text.
        box: where it stands on its page, or None when the source is plain text.
        choices: for each character of ``ocr`` in turn, its readings, best first; empty when the
            reader gave none or when they cannot be put to single characters.
        changes: in the order they were decided; made ones chain ``before`` → ``after``.
        bold, italic: the type face as seen, or None when nobody looked.
    """

    ocr: str
    confidence: float | None = None
    box: Box | None = None
    choices: tuple[tuple[Choice, ...], ...] = ()
    changes: tuple[Change, ...] = ()
    bold: bool | None = None
    italic: bool | None = None

    @property
    def text(self) -> str:
        """What is written: the outcome of the last change made, else what was read.

        May be empty (the word was merged into its neighbour or is noise) or hold a blank (it was
        split); both are changes with a reason like any other.
        """
        for change in reversed(self.changes):
            if change.decision is Decision.MADE:
                return change.after
        return self.ocr

    @property
    def doubtful(self) -> bool:
        """Whether a reviewer should look: the last change is doubtful."""
        return bool(self.changes) and self.changes[-1].doubtful

    def changed(self, change: Change) -> Word:
        """Return this word with one more change."""
        return replace(self, changes=(*self.changes, change))


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a line in a table: table on the page, row and column, counted from 0.

    A merged cell is known by its top left field; ``rows`` and ``columns`` say how many it covers.
    """

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line of words, in reading order.

    Attributes:
        box: around all its words; None when the source is plain text.
        gap_above: whether blank lines (text) or clearly more than line spacing stand above it.
        cell: where it stands in a table, or None outside tables.
    """

    words: tuple[Word, ...]
    box: Box | None = None
    gap_above: bool = False
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The written words with single blanks between them."""
        return " ".join(word.text for word in self.words if word.text)

    @property
    def ocr(self) -> str:
        """The words as read with single blanks between them."""
        return " ".join(word.ocr for word in self.words)


@dataclass(frozen=True, slots=True)
class Step:
    """What imaging did to the page: the step's name and what it measured or applied.

    ``value`` has the unit of the step: degrees for orientation and deskew, a factor for scale.
    """

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines in reading order and how they came about.

    Attributes:
        number: counted from 1 in the source file; two pages on one picture have the same.
        width, height: of the recognised image in pixels; 0 when the source is plain text.
        failure: the one-line reason why the page could not be read; such a page has no lines.
    """

    number: int
    width: int = 0
    height: int = 0
    dpi: int = 0
    lines: tuple[Line, ...] = ()
    steps: tuple[Step, ...] = ()
    blank: bool = False
    failure: str | None = None
