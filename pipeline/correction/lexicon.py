"""The lexicon of Party language: phrases, abbreviations and codes, read from plain word lists.

One entry a line; a TAB starts fields that only some lists have; ``#`` starts a comment line. A
user's own list has the same form, and counts at once: its words become candidates, its phrases
bind their syllables together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from unidecode import unidecode

from pipeline.correction.syllable import canonical
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.errors import BadDictionaryError
from pipeline.model import nfc
from pipeline.resources import dictionary

# Lists whose entries are running text of the domain; the others are codes, names or statistics.
PHRASES: Final = (
    "admin_modifiers", "admin_verbs", "administrative_geography", "agriculture_environment",
    "congress_terms", "document_types", "economy", "events", "form_words", "formulaic_phrases",
    "ideology", "mass_mobilisation", "mass_organisations", "ministries", "party_building",
    "party_organs", "party_titles", "propaganda", "recipients", "security", "signature_blocks",
    "slogans", "society", "state_organs", "state_titles",
)  # fmt: skip
# Lists whose entries stand as whole lines: labels, types, bodies, signature blocks.
LINES: Final = (
    "document_types", "form_words", "mass_organisations", "party_organs", "signature_blocks",
    "state_organs",
)  # fmt: skip
CODES: Final = ("abbreviations", "doctype_codes", "org_codes")
FOREIGN: Final = "non_syllable_words"


def entries(path: Path) -> list[str]:
    """Return the first field of each entry of a word list, NFC, in file order.

    Raises:
        BadDictionaryError: the file is missing or no UTF-8 text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDictionaryError(path, str(error)) from error
    fields = (nfc(line).split("\t")[0].strip() for line in text.splitlines())
    return [field for field in fields if field and not field.startswith("#")]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the correction stage asks of the word lists.

    Attributes:
        pairs: neighbouring syllables of the phrases, canonical lower case.
        own_pairs: those of the user's own lists, which weigh more.
        codes: abbreviations and codes in capitals, never split, lower-cased or repaired.
        words: words that are right although they are no syllables, as printed.
        own_words: every word of the user's own lists, as printed there.
        own_syllables: the same in canonical form.
        lines: syllables of the entries that stand as whole lines, by :func:`skeleton`; only where
            the skeleton has one reading.
    """

    pairs: frozenset[tuple[str, str]]
    own_pairs: frozenset[tuple[str, str]]
    codes: frozenset[str]
    words: frozenset[str]
    own_words: frozenset[str]
    own_syllables: frozenset[str]
    lines: Mapping[str, tuple[str, ...]]


@cache
def load(own: tuple[str, ...] = ()) -> Lexicon:
    """Return the shipped lexicon together with the user's own lists at the paths *own*."""
    phrases = [entry for name in PHRASES for entry in _shipped(name)]
    own_entries = [entry for path in own for entry in entries(Path(path))]
    own_words = frozenset(word for entry in own_entries for word in _cores(entry))
    return Lexicon(
        pairs=_pairs(phrases),
        own_pairs=_pairs(own_entries),
        codes=frozenset(entry for name in CODES for entry in _shipped(name)),
        words=frozenset(_shipped(FOREIGN)),
        own_words=own_words,
        own_syllables=frozenset(map(canonical, own_words)),
        lines=_lines([entry for name in LINES for entry in _shipped(name)]),
    )


def _shipped(name: str) -> list[str]:
    return entries(dictionary("lexicon", f"{name}.txt"))


def _cores(phrase: str) -> list[str]:
    tokens = map(analyse, phrase.split())
    return [token.core for token in tokens if token.kind in (TokenKind.WORD, TokenKind.ACRONYM)]


def skeleton(words: Sequence[str]) -> str:
    """Return the cores of *words* without marks and capitals: what damage leaves of a line."""
    return unidecode(" ".join(analyse(word).core for word in words)).lower()


def _lines(phrases: list[str]) -> dict[str, tuple[str, ...]]:
    readings: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = phrase.split()
        spelled = tuple(canonical(analyse(word).core) for word in words)
        readings.setdefault(skeleton(words), set()).add(spelled)
    return {key: next(iter(found)) for key, found in readings.items() if key and len(found) == 1}


def _pairs(phrases: list[str]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for phrase in phrases:
        syllables = [canonical(core) for core in _cores(phrase)]
        found.update(pairwise(syllables))
    return frozenset(found)
