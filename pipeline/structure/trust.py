"""How surely a fact is known: never surer than the words that say it.

The form may leave no doubt which words are the number of a document; whether ``22`` was read right
is another question, and a hand-written figure is always one. What is found in a closed list of the
form (the system, the type, the codes) is right whatever else stands in the word, or not found.
What always holds: values stay.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

from pipeline.model import Document, Fact, Metadata, Reason, Word

IN_DOUBT: Final = 0.6  # certainty, at most, of what a doubtful word says

_LISTED: Final = frozenset(("system", "type", "type_code", "body_code"))
_BESIDE: Final = frozenset((Reason.MISSING, Reason.ASIDE))


def as_sure_as_words(document: Document, facts: Metadata) -> Metadata:
    """Return *facts* of *document*, each no surer than its words."""
    trusted: dict[str, Fact | tuple[Fact, ...]] = {}
    for field in fields(facts):
        if field.name in _LISTED:
            continue
        value = getattr(facts, field.name)
        if isinstance(value, Fact):
            trusted[field.name] = _trusted(document, value)
        elif isinstance(value, tuple) and all(isinstance(each, Fact) for each in value):
            trusted[field.name] = tuple(_trusted(document, each) for each in value)
    return replace(facts, **trusted)  # type: ignore[arg-type]


def _trusted(document: Document, fact: Fact) -> Fact:
    if any(map(_is_doubted, document.words_of(fact.spans))):
        return replace(fact, certainty=min(fact.certainty, IN_DOUBT))
    return fact


def _is_doubted(word: Word) -> bool:
    """Tell whether a word that says something is in doubt itself, not what stands beside it."""
    own = tuple(change for change in word.changes if change.reason not in _BESIDE)
    return any(map(str.isalnum, word.text)) and replace(word, changes=own).doubtful
