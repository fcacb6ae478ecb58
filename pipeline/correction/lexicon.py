"""The lexicon of Party language: phrases, abbreviations and codes, read from plain word lists.

One entry a line; a TAB starts fields that only some lists have; ``#`` starts a comment line. A
user's own list has the same form, and counts at once: its words become candidates, its phrases
draw their words together wherever they can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from unidecode import unidecode

from pipeline.correction.syllable import begins_as_syllable, canonical, is_syllable
from pipeline.correction.tokens import CODED, TokenKind, analyse, pieces
from pipeline.errors import BadDictionaryError, BadListError, UnsupportedInputError
from pipeline.files import read_bytes
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
PLACES: Final = ("lam_dong_new", "lam_dong_old", "provinces_34", "provinces_63")
MINED: Final = "mined"  # set phrases found in Party text, see pipeline/training/phrases.py
# Lists whose entries stand as whole lines: labels, types, bodies, signature blocks.
LINES: Final = (
    "document_types", "form_words", "mass_organisations", "party_organs", "signature_blocks",
    "state_organs",
)  # fmt: skip
CODES: Final = ("abbreviations", "doctype_codes", "org_codes")
PEOPLE: Final = "minority_names"
FOREIGN: Final = "non_syllable_words"
PAIR: Final = 2
UNLIKE: Final = 5  # letters; shorter words without marks look like misread ones
_CODE_PART: Final = re.compile(r"(?<![\w'’])[^\W\d_]{2,}(?![\w'’])")
_UNIT: Final = re.compile("^(?:Phường|Xã|Đặc khu) ")
_NOTE: Final = re.compile(r"\s*\([^()]*\)$")  # behind an entry: its date, or how it is sent


def own_entries(path: Path) -> list[str]:
    """Return the entries of a user's list at *path*.

    Raises:
        MissingInputError, UnreadableInputError: as their names say.
        BadListError: it is no UTF-8 text.
    """
    try:
        return _entries(read_bytes(path))
    except UnsupportedInputError as error:
        raise BadListError(path, error.detail) from error
    except UnicodeDecodeError as error:
        raise BadListError(path, "unknown encoding") from error


def _entries(data: bytes) -> list[str]:
    """Return the first field of each entry of a word list, NFC, in file order."""
    text = data.decode("utf-8-sig")
    fields = (nfc(line).split("\t")[0].strip() for line in text.splitlines())
    return [field for field in fields if field and not field.startswith("#")]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the correction stage asks of the word lists.

    Attributes:
        phrases: running text of the domain, as listed.
        pairs: those of two words, in small letters.
        places: names of places, with what kind of unit they are and without.
        own_phrases: the entries of the user's own lists, which weigh more.
        codes: abbreviations and codes in capitals, never split, lower-cased or repaired.
        words: words that are right although they are no syllables, as printed.
        own_words: words that stand alone in the user's own lists, as printed there, and what of
            their phrases is no syllable.
        own_parts: every word of the user's own lists.
        own_syllables: the same in canonical form.
        own_entries: words that stand alone there, in canonical form; they may stand anywhere.
        lines: syllables of the entries that stand as whole lines, by :func:`skeleton`; only where
            the skeleton has one reading.
    """

    phrases: tuple[str, ...]
    pairs: frozenset[str]
    places: tuple[str, ...]
    own_phrases: tuple[str, ...]
    codes: frozenset[str]
    words: frozenset[str]
    own_words: frozenset[str]
    own_parts: frozenset[str]
    own_syllables: frozenset[str]
    own_entries: frozenset[str]
    lines: Mapping[str, tuple[str, ...]]


@cache
def load(lists: tuple[str, ...] = (), *, shipped: bool = True) -> Lexicon:
    """Return the user's own *lists*, at these paths, with the *shipped* ones or without."""
    names = (*PHRASES, MINED) if shipped else ()
    listed_by_user = [entry for path in lists for entry in own_entries(Path(path))]
    own = [_cores(entry) for entry in listed_by_user]
    parts = frozenset(word for cores in own for word in cores)
    alone = frozenset(cores[0] for cores in own if len(cores) == 1)
    own_codes = frozenset(code for entry in listed_by_user for code in _codes(entry))
    phrases = tuple(_NOTE.sub("", entry) for name in names for entry in listed(name))
    return Lexicon(
        phrases=phrases,
        pairs=frozenset(entry.lower() for entry in phrases if len(entry.split()) == PAIR),
        places=tuple(name for place in PLACES if shipped for name in _names(listed(place))),
        own_phrases=tuple(listed_by_user),
        codes=own_codes.union(entry for name in CODES for entry in listed(name) if shipped),
        words=_foreign_words() | _foreign_names() if shipped else frozenset(),
        own_words=alone.union(word for word in parts if not is_syllable(word)),
        own_parts=parts,
        own_syllables=frozenset(map(canonical, parts)),
        own_entries=frozenset(map(canonical, alone)),
        lines=_lines([entry for name in LINES for entry in listed(name)] if shipped else []),
    )


def listed(name: str) -> list[str]:
    """Return the entries of the shipped list *name*.

    Raises:
        BadDictionaryError: it is missing or no UTF-8 text.
    """
    path = dictionary("lexicon", f"{name}.txt")
    try:
        return _entries(path.read_bytes())
    except OSError as error:
        raise BadDictionaryError(path, error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise BadDictionaryError(path, "unknown encoding") from error


@cache
def attested() -> frozenset[str]:
    """Return every syllable that anybody is known to write, in canonical form."""
    return frozenset(map(canonical, listed("syllables_attested")))


def _names(places: list[str]) -> list[str]:
    return [*places, *(_UNIT.sub("", place) for place in places)]


def _foreign_words() -> frozenset[str]:
    """Return right words that are no syllables; a loan that is one (mét) may be a misreading."""
    return frozenset(word for word in listed(FOREIGN) if not (word.islower() and is_syllable(word)))


def _foreign_names() -> frozenset[str]:
    """Return what in names of places and people is no syllable (``Tẻh``), also in CAPITALS.

    Short ones without marks stay open if they begin as syllables do: a reader without Vietnamese
    writes such for other words, but never Ksor or Rmah.
    """
    parts = {core for name in (*PLACES, PEOPLE) for entry in listed(name) for core in _cores(entry)}
    marked = {
        core
        for core in parts
        if not core.isascii() or len(core) >= UNLIKE or not begins_as_syllable(core)
    }
    foreign = {core for core in marked if not is_syllable(core)}
    return frozenset(foreign | {core.upper() for core in foreign})


def _cores(phrase: str) -> list[str]:
    tokens = map(analyse, phrase.split())
    return [token.core for token in tokens if token.kind in (TokenKind.WORD, TokenKind.ACRONYM)]


def _codes(phrase: str) -> Iterator[str]:
    """Yield the codes of an entry: 112/TTr-SKHĐT and its parts in letters, K'Brểu as a whole."""
    for token in map(analyse, phrase.split()):
        if token.kind in CODED and len(pieces(token.core)) == 1:
            yield token.core
            yield from _CODE_PART.findall(token.core)


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
