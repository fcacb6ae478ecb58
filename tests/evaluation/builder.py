"""Small made-up documents: words as read, and what was made of them."""

from pipeline.model import Change, Decision, Document, Line, Page, Reason, Source, Stage, Word


def word(read: str, written: str, certainty: float = 0.9, *, made: bool = True) -> Word:
    """Return the word *read* with a change of correction, none when both are the same."""
    if read == written:
        return Word(read)
    decision = Decision.MADE if made else Decision.PROPOSED
    change = Change(read, written, Reason.LETTERS, certainty, Stage.CORRECTION, decision)
    return Word(read).changed(change)


def doubted(read: str) -> Word:
    """Return the word *read*, marked as doubtful."""
    change = Change(read, read, Reason.DOUBT, 0.0, Stage.CORRECTION, Decision.PROPOSED)
    return Word(read).changed(change)


def document(*words: Word) -> Document:
    """Return a document with one line of *words*."""
    return Document(Source("van-ban.txt", "0"), (Page(1, lines=(Line(words),)),))
