"""How a known word is written in place of the one that was read, and why."""

from __future__ import annotations

from functools import lru_cache

from pipeline.correction.channel import unmarked
from pipeline.correction.syllable import canonical
from pipeline.model import Reason


class Spelling:
    """What is known of one word as read, to compare many others with it."""

    def __init__(self, read: str) -> None:
        """Look at *read*, a core."""
        self._read, self._lower = read, read.lower()
        self._letters, self._canonical = _letters(read), canonical(read)

    def styled(self, word: str, spelled: str) -> str:
        """Return *word*, in the reader's spelling where that is the same syllable (``hoà``).

        *spelled* is the canonical form of *word*.
        """
        same = spelled == self._canonical and word.lower() != self._lower
        return self._read if same and _capitals(word) == _capitals(self._read) else word

    def reason(self, word: str) -> Reason | None:
        """Return why *word* is written, None if it is what was read."""
        if word == self._read:
            return None
        if word.lower() == self._lower:
            return Reason.CASE
        return Reason.DIACRITICS if _letters(word) == self._letters else Reason.LETTERS


def _capitals(word: str) -> list[bool]:
    return [*map(str.isupper, word)]


@lru_cache(maxsize=1 << 16)
def _letters(word: str) -> str:
    return unmarked(word).lower()
