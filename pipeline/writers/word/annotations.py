"""What is noted beside the text: revisions and comments, numbered as they are laid out."""

from collections.abc import Iterable

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Word
from pipeline.writers.word import comments
from pipeline.writers.word.revisions import Mark
from pipeline.writers.word.xml import make


class Annotations:
    """The revisions and comments of one file; no two of them have the same number."""

    def __init__(self) -> None:
        self._count = 0
        self._said: dict[int, tuple[str, ...]] = {}

    def revision(self, mark: Mark, runs: Iterable[BaseOxmlElement]) -> BaseOxmlElement:
        """Return *runs* as deleted or inserted."""
        return make(mark.value, *runs, id=self._next(), author=comments.AUTHOR)

    def comment_on(self, word: Word) -> int:
        """Return the number of a new comment that explains *word*."""
        return self.comment(comments.explanation(word))

    def comment(self, lines: Iterable[str]) -> int:
        """Return the number of a new comment that says *lines*."""
        number = self._next()
        self._said[number] = tuple(lines)
        return number

    def comments(self, body: BaseOxmlElement, language: str) -> list[BaseOxmlElement]:
        """Return the comments that *body* refers to, in the order of its text.

        Columns are not laid out in the order in which they stand in the file.
        """
        numbers = (int(each.get(qn("w:id"))) for each in body.iter(qn("w:commentReference")))
        return [comments.comment(number, self._said[number], language) for number in numbers]

    def _next(self) -> int:
        self._count += 1
        return self._count
