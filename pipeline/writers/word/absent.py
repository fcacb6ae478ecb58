"""Pages that gave no text, told in their place: those that could not be read, and empty ones.

A page that could not be read is missed by whoever reads on, so a line of the text says so. An empty
one is mostly the back of a sheet: a comment tells it, which is no part of the text, and only where
doubts are shown at all.
"""

from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.messages import Language, say
from pipeline.model import Page
from pipeline.writers.word.comments import reference
from pipeline.writers.word.runs import Sheet, paragraph
from pipeline.writers.word.xml import make


class Content:
    """The elements of a file in their order, as they are added, and what is said between them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._elements: list[BaseOxmlElement] = []
        self._empty: dict[int, list[Page]] = {}  # by the number of elements before them

    def add(self, elements: Iterable[BaseOxmlElement]) -> None:
        """Add what a part of the document is laid out as."""
        self._elements.extend(elements)

    def pass_by(self, pages: Iterable[Page]) -> None:
        """Tell of those of *pages* that gave no text; the others come in their parts."""
        for page in pages:
            if page.failure is not None:
                self._elements.append(paragraph(self._sheet, "content", text=f"[{page.failure}]"))
            elif not page.lines:
                self._empty.setdefault(len(self._elements), []).append(page)

    def elements(self) -> list[BaseOxmlElement]:
        """Return all, each comment at the end of what stands before its pages, if anything does."""
        if self._sheet.settings.doubts == "none":
            return self._elements
        if self._empty and not self._elements:
            self._elements.append(paragraph(self._sheet, "content"))
        for behind, pages in self._empty.items():
            paragraphs = list(self._elements[max(behind - 1, 0)].iter(qn("w:p")))
            number = self._sheet.annotations.comment(_said(pages))
            paragraphs[-1 if behind else 0].extend(
                (
                    make("commentRangeStart", id=number),
                    make("commentRangeEnd", id=number),
                    reference(number, self._sheet.language),
                )
            )
        return self._elements


def _said(pages: Sequence[Page]) -> Iterator[str]:
    """Yield a line for the blank ones of *pages*, and one for those where no text was found."""
    for key, blank in (("blank_pages", True), ("empty_pages", False)):
        numbers = dict.fromkeys(str(page.number) for page in pages if page.blank is blank)
        if numbers:
            yield say(Language.VIETNAMESE, f"comment.{key}", pages=", ".join(numbers))
