"""Comments of the Word file: what was read in the place of a word, what it became, and why.

They are in Vietnamese like the document, and carry no date: no clock is read.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.messages import Language, say
from pipeline.model import DOUBT_BELOW, Change, Decision, Reason, Word
from pipeline.settings import WriterSettings
from pipeline.writers.word.properties import paragraph_properties, run_properties
from pipeline.writers.word.styles import COMMENT_REFERENCE, COMMENT_TEXT
from pipeline.writers.word.xml import make, text_element

AUTHOR: Final = "vanban"
_INITIALS: Final = "vb"
_BESIDE: Final = frozenset({Reason.MISSING, Reason.ASIDE})  # of what is no part of the word


def is_wanted(word: Word, settings: WriterSettings) -> bool:
    """Tell whether *word* gets a comment.

    Doubtful words do when doubts are shown as comments. A file with revisions shows all its doubts
    so, and further the words changed on the way with little certainty, unless no doubt is shown.
    What is missing beside a word, or left out, only a comment can say, however doubts are shown.
    """
    if settings.doubts == "none":
        return False
    if any(change.reason in _BESIDE for change in word.changes):
        return True
    if settings.tracked:
        return word.doubtful or any(
            change.decision is Decision.MADE and change.certainty < DOUBT_BELOW
            for change in word.changes
        )
    return settings.doubts == "comment" and word.doubtful


def explanation(word: Word) -> Iterator[str]:
    """Yield what was read for *word*, then each of its changes in words, a line for each."""
    yield _say("read", word=_quoted(word.ocr))
    for change in word.changes:
        yield _sentence(change, word)


def comment(number: int, lines: Iterable[str], language: str) -> BaseOxmlElement:
    """Return the ``w:comment`` *number*, a paragraph for each of *lines*."""
    paragraphs = []
    for index, line in enumerate(lines):
        sign = make("r", run_properties(language, style=COMMENT_REFERENCE), make("annotationRef"))
        paragraphs.append(
            make(
                "p",
                paragraph_properties(style=COMMENT_TEXT),
                None if index else sign,
                make("r", run_properties(language), text_element("t", line)),
            )
        )
    return make("comment", *paragraphs, id=number, author=AUTHOR, initials=_INITIALS)


def reference(number: int, language: str) -> BaseOxmlElement:
    """Return the run that ties the comment *number* to its place in the text."""
    properties = run_properties(language, style=COMMENT_REFERENCE)
    return make("r", properties, make("commentReference", id=number))


def _sentence(change: Change, word: Word) -> str:
    reason = say(Language.VIETNAMESE, f"reason.{change.reason.value}")
    if change.reason in _BESIDE:
        return _say(change.reason.value, word=_quoted(change.before), reason=reason)
    if change.before == change.after:
        # Of words in plain text no reader has said how surely it read them.
        unknown = word.confidence is None and not change.certainty
        certainty = _say("unknown") if unknown else _percent(change.certainty)
        return _say("doubted", word=_quoted(change.before), reason=reason, certainty=certainty)
    return _say(
        change.decision.value,
        before=_quoted(change.before),
        after=_quoted(change.after),
        reason=reason,
        certainty=_percent(change.certainty),
    )


def _quoted(text: str) -> str:
    return f"“{text}”" if text else _say("nothing")


def _percent(certainty: float) -> str:
    return f"{certainty:.0%}"


def _say(key: str, **values: str) -> str:
    return say(Language.VIETNAMESE, f"comment.{key}", **values)
