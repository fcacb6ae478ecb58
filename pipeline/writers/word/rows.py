"""The lines of a block as the paper shows them: where they begin, end and stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.model import FURNITURE, Box, Document, Page, Reason, Span, Word
from pipeline.structure import flow
from pipeline.structure.flow import PAPER_WIDTH_MM, Edges
from pipeline.writers.word.layout import POINTS_PER_MM, Height, PageLayout
from pipeline.writers.word.letters import baseline

_WIDE: Final = 0.6  # of the page: text that is narrower does not show where its edges are
_STRAIGHT: Final = 1.5  # millimetres: lines that begin so near to each other begin together
_SHARE: Final = 0.15  # of the lines of a page


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block.

    Attributes:
        page: index of its page.
        start: how many words of the block stand before it.
        words: its words.
        left, right: in millimetres from the left edge of the text.
        baseline: in points from the top of the page.
    """

    page: int
    start: int
    words: tuple[Word, ...]
    left: float
    right: float
    baseline: float

    @property
    def middle(self) -> float:
        """Its centre, in millimetres from the left edge of the text."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """In millimetres."""
        return self.right - self.left


def text_edges(document: Document, form: PageLayout) -> tuple[Edges, ...]:
    """Return where the text of each page begins and ends.

    A page of short lines alone has the edges of the others, or else those of *form*. Pages without
    boxes have no millimetre, nor have those that lie on their side: the width of A4 is not theirs.
    """
    measured = flow.layout(document).edges
    own = [
        _own_edges(page, edges, boxes)
        for page, edges, boxes in zip(document.pages, measured, _boxes(document), strict=True)
    ]
    sure = [each for each in own if each] or [(form.left, PAPER_WIDTH_MM - form.right)]
    usual = median(left for left, _ in sure), median(right for _, right in sure)
    found = []
    for page, edges, sides in zip(document.pages, measured, own, strict=True):
        unit = edges.millimetre if page.width <= page.height else 0.0
        left, right = sides or usual
        found.append(Edges(left * unit, right * unit, unit))
    return tuple(found)


def _own_edges(page: Page, edges: Edges, boxes: list[Box]) -> tuple[float, float] | None:
    """Return the edges that a page shows in millimetres; None when it has no wide line of text."""
    wide = any(box.width > _WIDE * page.width for box in boxes)
    if not wide or not edges.millimetre or page.width > page.height:
        return None
    return _left(boxes, edges.millimetre) / edges.millimetre, edges.right / edges.millimetre


def _boxes(document: Document) -> list[list[Box]]:
    """Return the boxes of the lines of text of each page, tables and furniture left out."""
    boxes: list[list[Box]] = [[] for _ in document.pages]
    for block in document.blocks:
        for span in block.spans if block.kind not in FURNITURE else ():
            own = [word.box for word in document.words_of((span,)) if word.box is not None]
            if own:
                boxes[span.page].append(Box.around(own))
    return boxes


def _left(boxes: list[Box], millimetre: float) -> float:
    """Return the leftmost place at which several lines begin; one alone may hang out."""
    lefts = sorted(box.left for box in boxes)
    least = max(2, _SHARE * len(lefts))
    reach = _STRAIGHT * millimetre
    together = ([other for other in lefts if left <= other <= left + reach] for left in lefts)
    return median(next((group for group in together if len(group) >= least), lefts[:1]))


def _printed(word: Word) -> bool:
    """Whether *word* stands on the paper: it is no speck, though another may have swallowed it."""
    return bool(word.text) or any(change.reason is Reason.SPACING for change in word.changes)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns pixels of a document's pages into millimetres of text and points of paper.

    Attributes:
        edges: where the text of each page begins and ends.
        text_width: that the text of the Word file has, in millimetres; what stands at the right
            edge of the text on the paper stands at that of the file.
        height: of letters, in em.
    """

    document: Document
    edges: tuple[Edges, ...]
    text_width: float
    height: Height

    def points(self, page: int, pixels: float) -> float:
        """Return the length of *pixels* on a page, in points."""
        return pixels / self.edges[page].millimetre * POINTS_PER_MM

    def rows(self, spans: Iterable[Span]) -> list[Row]:
        """Return the lines that *spans* are printed on; none when a line has no boxes."""
        lines: list[tuple[Span, list[Word]]] = []
        for span in spans:
            words = self.document.words_of((span,))
            if lines and (lines[-1][0].page, lines[-1][0].line) == (span.page, span.line):
                lines[-1][1].extend(words)
            elif words:
                lines.append((span, words))
        found: list[Row] = []
        start = 0
        for span, words in lines:
            row = self._row(span.page, start, words)
            if row is None:
                return []
            found.append(row)
            start += len(words)
        return found

    def _row(self, page: int, start: int, words: list[Word]) -> Row | None:
        edges = self.edges[page]
        boxes = [word.box for word in words if word.box is not None and _printed(word)]
        if not boxes or not edges.millimetre:
            return None
        box = Box.around(boxes)
        foot = baseline(words, self.height)
        share = self.text_width / edges.width
        return Row(
            page,
            start,
            tuple(words),
            (box.left - edges.left) * share,
            (box.right - edges.left) * share,
            self.points(page, box.bottom if foot is None else foot),
        )
