"""Who signs: what a line of the signature column says, read whole or in part.

Seals and signatures lie across these lines, so that of an office or a name often only a part is
read (``PHÓ CHỦ 1c``). Such a line is kept as it was read: :func:`is_read` tells whether it can be
trusted, and what cannot is shown in doubt. Set aside is only what has no word in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.correction.syllable import is_syllable
from pipeline.model import Kind, Word
from pipeline.structure.flow import Piece, capitals, written
from pipeline.structure.form import alike, bare, components, fold, offices, surnames

SIGNATURE = frozenset({Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER})
_DEPUTY = re.compile(r".*\bk/?t[. ]\s*(\w.*)")
_HEAD = "TRƯỞNG"  # of a body; the surname is Trương
_VOWELS = re.compile(r"[aeiouy]")
_CAPS = 0.75
_LONGEST_NAME = 5  # words
_LEAST_LETTERS = 2  # of a surname, beside the one that was misread, and of any part of a line
_WORD = 3  # letters of a word that is one
_PRINTED = 0.75  # confidence in a word that is print, whatever it says
_TRUSTED = 0.8  # and in every word of a line that is as it was read
SPECKS = " .,:;|'\"“”_-—–<>=~^*/\\"  # what a seal, a signature or a frame leaves around words


def authority_at(line: Piece) -> int | None:
    """Return the word where an authority line (``T/M BAN THƯỜNG VỤ``) begins that ends the line."""
    for index, word in enumerate(line.words):
        if heads_authority(word.text) and index + 1 < len(line.words):
            text = " ".join(word.text for word in line.words[index:])
            return index if capitals(text) > _CAPS else None
    return None


def heads_authority(word: str) -> bool:
    """Whether an authority begins with *word*, as often as not without a blank: ``KT.CHỦ``."""
    heads = components("authority", "starts")
    head, _, rest = word.upper().partition(".")
    return word.upper() in heads or (rest[-1:].isalpha() and f"{head}." in heads)


def is_authority(line: Piece) -> bool:
    """Whether *line* is one authority line, not two."""
    return authority_at(line) == 0 and not any(
        heads_authority(word.text) for word in line.words[1:]
    )


def is_signed(text: str) -> bool:
    """Whether *text* says that the original is signed: (Đã ký)."""
    return fold(text).strip("() .") in components("signed", "words")


def is_office(line: Piece) -> bool:
    """Whether *line* is the name of an office, in capitals."""
    return capitals(line.text) > _CAPS and alike(line.text, offices()) is not None


def is_read(words: Sequence[Word]) -> bool:
    """Whether *words*, a line of a signature, is as printed: a known office, or plainly read."""
    text = written(tuple(words))
    if bare(text) in offices():
        return True
    return all(_is_clear(word) for word in words if word.text.strip(SPECKS))


def _is_clear(word: Word) -> bool:
    sure = word.confidence is None or word.confidence >= _TRUSTED
    return sure and all(map(_is_spelt, word.text.strip(SPECKS).split()))


def _is_spelt(word: str) -> bool:
    """Whether *word* is one that is written so: a syllable, or an abbreviation without a vowel."""
    abbreviated = word.isalpha() and not _VOWELS.search(fold(word))
    return len(word) > 1 and (abbreviated or is_syllable(word))


def deputised(authority: str) -> str:
    """Return the folded office in whose place, by its *authority*, another signs; "" for none.

    ``KT. BỘ TRƯỞNG``: a deputy of the minister signs, never the minister.
    """
    found = _DEPUTY.search(fold(authority))
    return found[1] if found else ""


def is_name(line: Piece) -> bool:
    """Whether the words are a person's name: two to five, capitalised, the first a surname."""
    words = [word.text.strip(SPECKS) for word in line.words if word.text.strip(SPECKS)]
    return (
        2 <= len(words) <= _LONGEST_NAME
        and all(word.isalpha() and word[0].isupper() for word in words)
        and words[0] != _HEAD
        and fold(words[0]) in surnames()
    )


def parted(line: Piece) -> list[tuple[Kind, Piece]]:
    """Return what a line of the signature column says, parted from specks before and after it.

    A line in which no word was read is of the seal or the signature, and a note.
    """
    start, stop = _solid(line)
    if start == stop:
        return [(Kind.ORNAMENT, line)]
    kind = clean(line)
    if kind is None:
        start, stop, kind = _damaged(line, start, stop)
    parts = ((Kind.NOTE, 0, start), (kind, start, stop), (Kind.NOTE, stop, len(line.words)))
    return [(each, line.part(a, b)) for each, a, b in parts if a < b]


def clean(line: Piece) -> Kind | None:
    """Return which line of a signature *line* is, but for specks, if it was read whole."""
    solid = line.part(*_solid(line))
    if authority_at(solid) == 0:
        return Kind.AUTHORITY
    if is_office(solid) or is_signed(solid.text):
        return Kind.OFFICE
    return Kind.SIGNER if is_name(solid) else None


def _solid(line: Piece) -> tuple[int, int]:
    """Return where the words of *line* that are more than specks begin and end."""
    solid = [index for index, word in enumerate(line.words) if word.text.strip(SPECKS)]
    return (solid[0], solid[-1] + 1) if solid else (0, 0)


def _damaged(line: Piece, start: int, stop: int) -> tuple[int, int, Kind]:
    """Return what can be told of words ``start:stop``, which are no clean line of a signature.

    Of a line only specks are left out: what was read before an office may be of its own name
    (``PHỎÓ CHỦ TỊCH``).
    """
    office = _office_within(line, start, stop)
    if office is not None:
        beside = (*line.words[start : office[0]], *line.words[office[1] : stop])
        return (start, stop, Kind.OFFICE) if any(map(_is_part, beside)) else (*office, Kind.OFFICE)
    name = _damaged_name(line, stop)
    if name < stop:
        whole = any(map(_is_part, line.words[start:name]))
        return (min(start, name) if whole else name), stop, Kind.SIGNER
    return start, stop, Kind.OFFICE if is_readable(line.part(start, stop)) else Kind.NOTE


def _is_part(word: Word) -> bool:
    """Whether *word* may be what was read of one that is printed."""
    return sum(map(str.isalpha, word.text)) >= _LEAST_LETTERS


def is_readable(line: Piece) -> bool:
    """Whether *line* has a word in it, which offices print in capitals."""
    words = [word for word in line.words if sum(map(str.isalpha, word.text)) >= _WORD]
    printed = (word.confidence is None or word.confidence >= _PRINTED for word in words)
    return bool(words) and (capitals(line.text) > _CAPS or any(printed))


def _office_within(line: Piece, start: int, stop: int) -> tuple[int, int] | None:
    """Return where the longest office stands between what a seal was read as, if one does."""
    for length in range(stop - start - 1, 1, -1):
        for at in range(start, stop - length + 1):
            if is_office(line.part(at, at + length)):
                return at, at + length
    return None


def _damaged_name(line: Piece, stop: int) -> int:
    """Return where a name begins that a seal or signature covers in part, or *stop* if none does.

    A misread name in the signature's place is better shown than set aside: two to five words up to
    *stop*, of letters only, at least two of them capitalised. The surname at the beginning of the
    line, where seals lie, may have a letter misread as something else (``1ông``).
    """
    words = [word.text.strip(SPECKS) for word in line.words[:stop]]
    start = stop
    while start and stop - start < _LONGEST_NAME and len(words[start - 1]) > 1:
        if not words[start - 1].isalpha() or words[start - 1].isupper():
            break
        start -= 1
    if sum(word.istitle() for word in words[start:]) <= 1:
        return stop
    return 0 if start == 1 and _is_misread(words[0]) else start


def _is_misread(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters == len(word) - 1 and letters >= _LEAST_LETTERS and word[1:].islower()
