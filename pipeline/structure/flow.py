"""Pieces: the stretches of line that the rooms sort into blocks, and the measures of the page.

A piece is a whole line, or one column of a line that two columns share. Pieces keep the order of
the pages; nothing here drops or repeats a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf
from statistics import median, quantiles

from pipeline.model import Box, Document, Line, Page, Span, Word
from pipeline.structure.form import table

PAPER_WIDTH_MM = 210.0  # A4, the paper of all official forms
_OVERLONG = 1.15  # of the width: a line that was never broken stands among broken ones
_SHARE = 0.06  # of lines that go on below, from which a text is broken into lines
_LONG = 70  # letters: few titles are longer
_CAPS = 0.7
_NEAR, _MANY = 0.85, 0.35  # of the longest line, and of the lines, of a text that is broken
_ENOUGH = 4  # such lines of a page tell its own width
_LEAST = 40  # letters of a line that was broken at the width of the text
_MEASURABLE = 5.0  # ems: the size of shorter lines cannot be told from their words' widths
INDENT_SHARE = 0.06  # of the text width: 10 mm in 165 mm (document form, section 2)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words ``span`` of one line with their written text."""

    span: Span
    words: tuple[Word, ...]
    text: str
    line: Line

    @property
    def position(self) -> tuple[int, int, int]:
        """Place in the document: page, line and first word."""
        return self.span.page, self.span.line, self.span.start

    @property
    def gap_above(self) -> bool:
        """Whether blank space stands above; only the start of a line can say so."""
        return self.line.gap_above and self.span.start == 0

    @property
    def box(self) -> Box | None:
        """The box around its words, else that of its line, else None."""
        boxes = [word.box for word in self.words if word.box is not None]
        return Box.around(boxes) if boxes else self.line.box

    def part(self, start: int, stop: int) -> Piece:
        """Return the piece of its words ``start:stop``, counted within the piece."""
        words = self.words[start:stop]
        first = self.span.start + start
        span = Span(self.span.page, self.span.line, first, first + len(words))
        return Piece(span, words, written(words), self.line)


def written(words: tuple[Word, ...]) -> str:
    """Return the written text of *words*, single blanks between them."""
    return " ".join(word.text for word in words if word.text)


def pieces(document: Document) -> Iterator[Piece]:
    """Yield every line that has words as one piece, in page and line order."""
    for page_index, page in enumerate(document.pages):
        for line_index, line in enumerate(page.lines):
            if line.words:
                span = Span(page_index, line_index, 0, len(line.words))
                yield Piece(span, line.words, line.text, line)


def capitals(text: str) -> float:
    """Return the share of capitals among the letters of *text*; 0 without letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / len(letters) if letters else 0.0


def first_letter(text: str) -> str:
    """Return the first letter or digit of *text*, or ""."""
    return next((letter for letter in text if letter.isalnum()), "")


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the body text of one page stands, in pixels, or in ems when there are no boxes.

    Without boxes the right edge is infinite where lines were never broken, and it is measured
    in letters where these tell better where they were.
    """

    left: float
    right: float
    millimetre: float  # pixels in one; 0 without boxes
    letters: bool = False

    @property
    def width(self) -> float:
        """Width of the text block."""
        return max(self.right - self.left, 1.0)

    def share(self, text: str) -> float:
        """Return the width of *text*, which has no box, as a share of that of the block."""
        return (len(text) if self.letters else ems(text)) / self.width


@dataclass(frozen=True, slots=True)
class Layout:
    """The edges of every page's text block."""

    edges: tuple[Edges, ...]

    @property
    def unwrapped(self) -> bool:
        """Whether this is text that was never broken into visual lines: a paragraph is a line."""
        return all(edges.width == inf for edges in self.edges)

    def free(self, piece: Piece) -> float:
        """Return the share of the line that stands empty after *piece*, 0..1."""
        edges = self.edges[piece.span.page]
        if edges.millimetre and piece.box is not None:
            return max(0.0, (edges.right - piece.box.right) / edges.width)
        taken = edges.share(piece.text)
        return 1.0 if edges.width == inf or taken > _OVERLONG else max(0.0, 1 - taken)

    def overlong(self, piece: Piece) -> bool:
        """Whether *piece*, which has no box, is longer than any broken line."""
        edges = self.edges[piece.span.page]
        if edges.width == inf:
            return len(piece.text) > _LONG
        return not edges.millimetre and edges.share(piece.text) > _OVERLONG

    def need(self, piece: Piece) -> float:
        """Return the share of a line that the first word of *piece* would have needed above it."""
        edges = self.edges[piece.span.page]
        word = next((word for word in piece.words if word.text), None)
        if word is None:
            return 0.0
        if edges.millimetre and word.box is not None:
            return word.box.width / edges.width
        return edges.share(f" {word.text}")

    def indent(self, piece: Piece) -> float | None:
        """Return how far right of the left edge *piece* begins in mm; None without boxes."""
        edges = self.edges[piece.span.page]
        if not edges.millimetre or piece.box is None:
            return None
        return (piece.box.left - edges.left) / edges.millimetre


def layout(document: Document) -> Layout:
    """Measure the text block of every page; text without boxes by where its lines are broken.

    Lines were broken where the next goes on in lower case. A text is broken where many do, or where
    one does and many lines are as long as the longest; else each paragraph is a line. A page that
    has too few such lines is as wide as the others.
    """
    pages = [
        [text for line in page.lines if line.box is None and (text := line.text)]
        for page in document.pages
    ]
    broken = [_broken(texts) for texts in pages]
    every = [pair for pairs in broken for pair in pairs]
    lines = [text for texts in pages for text in texts]
    unbroken = Edges(0.0, inf, 0.0)
    if not every or (len(every) < _SHARE * len(lines) and not _even(lines)):
        return Layout(tuple(_edges(page, unbroken) for page in document.pages))
    letters = _misfit(every, len) < _misfit(every, ems)
    width: Callable[[str], float] = len if letters else ems
    full = _full(every, width)
    if len(every) < _ENOUGH:
        full = max(full, _high([width(line) for line in lines if len(line) > _LEAST]))
    wide = [_full(own, width) if len(own) >= _ENOUGH else full for own in broken]
    return Layout(
        tuple(
            _edges(page, Edges(0.0, right, 0.0, letters))
            for page, right in zip(document.pages, wide, strict=True)
        )
    )


def _even(lines: Sequence[str]) -> bool:
    """Whether many of *lines* are about as long as the longest of them, as broken lines are."""
    long = [ems(line) for line in lines if len(line) > _LEAST]
    return bool(long) and sum(width > _NEAR * max(long) for width in long) > _MANY * len(long)


def _broken(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return those of *lines* that go on below, each with its next word; the header left out."""
    text = next((i for i, line in enumerate(lines) if len(line) > _LEAST and _stops(line)), 0)
    text = text if 2 * text < len(lines) else 0  # a few lines have no header
    return [
        (above, line.split()[0])
        for above, line in pairwise(lines[text:])
        if len(above) > _LEAST and not _stops(above) and _goes_on(above, line)
    ]


def _goes_on(above: str, line: str) -> bool:
    """Whether *line* goes on in lower case, or below a long line that is no title or marked."""
    if line.lstrip("-–— ")[:1].islower():
        return True
    first = line.split(maxsplit=1)[0]
    plain = first[:1].isalpha() and not first.endswith((".", ")", "-", ":"))
    return plain and len(above) > _LONG and capitals(above) < _CAPS and not above.endswith(",")


def _full(broken: Sequence[tuple[str, str]], width: Callable[[str], float]) -> float:
    """Return the width at which lines were *broken*."""
    return _high([width(above) for above, _ in broken])


def _misfit(broken: Sequence[tuple[str, str]], width: Callable[[str], float]) -> int:
    """Return how many lines *width* would not have broken where they were."""
    full = _full(broken, width)
    return sum(width(f"{above} {word}") < full for above, word in broken)


def _stops(line: str) -> bool:
    return line.endswith((".", ";", ":", "!", "?"))


def ems(text: str) -> float:
    """Return the width of *text* set solid in the face of the official form, in ems."""
    return sum(_advance(letter) for letter in text) / 1000


def type_size(page: Page, piece: Piece) -> float | None:
    """Return the size of the type of *piece* as a share of the width of its *page*, if it is known.

    Widths tell it better than heights, which depend on the letters and marks of a line.
    """
    words = [(word.box.width, ems(word.text)) for word in piece.words if word.box is not None]
    set_wide = sum(wide for _, wide in words)
    if piece.line.cell is not None or not page.width or set_wide < _MEASURABLE:
        return None
    return sum(pixels for pixels, _ in words) / set_wide / page.width


@lru_cache(maxsize=1024)
def _advance(letter: str) -> int:
    widths = table("widths")
    base = unicodedata.normalize("NFD", letter)[0]
    known: int | None = widths["letters"].get(base)
    if known is None:
        kind = "capital" if base.isupper() else "digit" if base.isdigit() else "default"
        known = int(widths[kind])
    return known


def _edges(page: Page, unboxed: Edges) -> Edges:
    boxes = [line.box for line in page.lines if line.box is not None and line.cell is None]
    if not boxes or not page.width:
        return unboxed
    # Lines as wide as the text are mostly wrapped ones, which begin at the left edge.
    wide = [box for box in boxes if box.width > 0.6 * page.width]
    left = median([box.left for box in wide]) if len(wide) > 2 else min(box.left for box in boxes)
    right = _high([box.right for box in wide or boxes])
    return Edges(left, right, page.width / PAPER_WIDTH_MM)


def _high(values: Sequence[float]) -> float:
    """Return the 90th percentile: a few overlong lines do not set the measure."""
    return quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else float(values[0])
