"""Reference marks: the signs by which the text points to its footnotes.

A mark is a number or stars, bare, raised or in brackets (``1``, ``¹``, ``(1)``, ``[1]``, ``*``). It
opens the footnote, and the text prints it once more behind the word that the footnote is about.
Nothing is altered here; where it is not plain that a sign is a reference, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.model import FURNITURE, Block, Document, Kind, Span, Word
from pipeline.structure.form import components

_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_OPENING: Final = re.compile(
    r"(?P<open>[(\[]?)(?P<core>\d{1,2}|[⁰¹²³⁴-⁹]{1,2}|\*{1,3})(?P<close>[)\].]?)(?P<rest>.*)"
)
_BRACKETS: Final = frozenset({("", ""), ("", "."), ("(", ")"), ("[", "]")})
_TAIL: Final = r"[.,;:!?)»”’\"']*"
_STEM: Final = re.compile(rf"([^\W\d_]{{2,}}){_TAIL}$")
_STOPS: Final = ".,;:!?"
_ENDS_WORD: Final = re.compile(r"[\w%”’\"')\]»]$")
_SMALL: Final = 0.8  # of the height of its line: a raised figure has two thirds of it
_UP: Final = 0.15  # of the height of its line: how far its foot stands above theirs

Place = tuple[int, int, int]  # page, line, word


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that opens a footnote.

    Attributes:
        text: as printed, without what is glued to it.
        brackets: the signs around it: none, a stop after it, or a pair.
        value: the number, or how many stars.
        stars: whether it is made of stars.
    """

    text: str
    brackets: tuple[str, str]
    value: int
    stars: bool

    @property
    def length(self) -> int:
        """How many letters of its text show in Word as the number: brackets do, a stop does not."""
        return len(self.text) - (self.brackets[1] == ".")

    @property
    def core(self) -> str:
        """The number or the stars alone."""
        return "*" * self.value if self.stars else str(self.value)

    @property
    def sign(self) -> str:
        """What the text prints to refer to it: brackets belong to it, a stop does not."""
        return self.core if self.brackets[1] == "." else self.core.join(self.brackets)

    def follows(self, other: Mark) -> bool:
        """Whether it is the next of *other*'s series."""
        return (self.brackets, self.stars, self.value) == (
            other.brackets,
            other.stars,
            other.value + 1,
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a footnote: letters ``start:stop`` of the text of the word at ``place``."""

    place: Place
    start: int
    stop: int


def opening_mark(words: Sequence[Word]) -> Mark | None:
    """Return the footnote's mark that *words* begin with, if text follows it, else None."""
    match = _OPENING.fullmatch(words[0].text) if words else None
    if match is None or (match["open"], match["close"]) not in _BRACKETS:
        return None
    glued = match["rest"]
    if glued and not (glued[0].isalpha() or glued[0] in "“\"'"):
        return None
    if not glued and not any(word.text for word in words[1:]):
        return None
    stars = match["core"].startswith("*")
    value = len(match["core"]) if stars else int(match["core"].translate(_RAISED))
    text = match["open"] + match["core"] + match["close"]
    return Mark(text, (match["open"], match["close"]), value, stars) if value else None


def raised(word: Word, others: Iterable[Word]) -> bool:
    """Whether *word* is smaller than the *others* of its line and stands above their foot."""
    boxes = [other.box for other in others if other.box is not None and other is not word]
    if word.box is None or not boxes:
        return False
    height = median(box.height for box in boxes)
    foot = median(box.bottom for box in boxes)
    return word.box.height <= _SMALL * height and word.box.bottom <= foot - _UP * height


def find(
    document: Document, mark: Mark, spans: Iterable[Span], after: Place = (-1, -1, -1)
) -> Reference | None:
    """Return the first reference to *mark* among the words of *spans* behind *after*, or None."""
    before: Word | None = None
    for span in spans:
        words = document.pages[span.page].lines[span.line].words
        for index in range(span.start, span.stop):
            word, place = words[index], (span.page, span.line, index)
            if place > after:
                found = _letters(word, mark, before, words)
                if found is not None:
                    return Reference(place, *found)
            before = word
    return None


def references(document: Document) -> dict[Block, Reference]:
    """Return for each footnote of *document* where the text refers to it, as far as that is plain.

    A reference stands before its footnote, on its page or on the one before, and those of one
    page in the order of their footnotes.
    """
    text = [
        block
        for block in document.blocks
        if block.kind not in FURNITURE and block.kind is not Kind.FOOTNOTE
    ]
    by_page: dict[int, list[Span]] = {}
    for block in text:
        label = len(block.label.split())  # a marker refers to nothing
        for span in block.all_spans():
            skipped = min(label, span.stop - span.start)
            label -= skipped
            rest = Span(span.page, span.line, span.start + skipped, span.stop)
            by_page.setdefault(span.page, []).append(rest)
    found: dict[Block, Reference] = {}
    last: Place = (-1, -1, -1)
    for block in document.blocks:
        if block.kind is not Kind.FOOTNOTE or not block.label or not block.spans:
            continue
        mark, page = opening_mark(document.words_of(block.spans)), block.spans[0].page
        if mark is None or mark.text != block.label:
            continue
        for where in (page, page - 1):
            reference = find(document, mark, by_page.get(where, ()), last)
            if reference is not None:
                found[block], last = reference, reference.place
                break
    return found


def _letters(
    word: Word, mark: Mark, before: Word | None, line: Sequence[Word]
) -> tuple[int, int] | None:
    """Return which letters of *word* print *mark* as a reference, or None."""
    match = re.search(rf"{re.escape(mark.sign)}(?={_TAIL}$)", word.text.translate(_RAISED))
    if match is None:
        return None
    start, stop = match.span()
    head = word.text[:start]
    plain = mark.sign.isdigit()
    if not head.strip("“\"'"):
        # A sign of its own: raised, or in brackets behind a word that does not end a clause.
        follows = before is not None and bool(_ENDS_WORD.search(before.text))
        up = word.text[start:stop] != mark.sign or raised(word, line)
        return (start, stop) if follows and (up or not plain) else None
    if not plain or word.text[start:stop] != mark.sign:
        return (start, stop) if _ENDS_WORD.search(head.rstrip(_STOPS)) else None
    # A figure may be glued to its word by a slip of the reader, or belong to a code or a unit.
    stem = _STEM.search(head)
    if stem is None or stem[1].isupper() or stem[1].lower() in components("footnote", "counted"):
        return None
    return start, stop
