"""The channel: how likely a printed word is read as a given string, ``ln P(read | printed)``.

A printed character emits nought to three read characters; the table of emissions is a *confusion
profile*, learned from aligned pairs (:mod:`pipeline.training.confusions`) and kept as a text file.
The score of a whole word is that of its best segmentation (Viterbi); :mod:`.trie` finds it for
every word of a vocabulary at once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pipeline.errors import BadDictionaryError
from pipeline.resources import dictionary

MAX_EMISSION: Final = 3
# What an emission that training never saw is worth: by length of what was read. Any character may
# turn into any other, vanish, or bring dirt with it, but each of these is rare.
UNSEEN: Final = (-8.5, -9.0, -11.5, -14.5)
# Marks are small, and any may be taken for any other: such slips are commoner than training shows.
OTHER_MARK: Final = -6.5
# Letters whose capital is a larger copy of the small one: C for c.
SAME_SHAPE: Final = frozenset("cosuvxz")
OTHER_SIZE: Final = -5.5
FLOOR: Final = -1e9  # ln P of what cannot be


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A confusion profile: ``logp[printed character][read string]``."""

    name: str
    logp: dict[str, dict[str, float]]

    def emission(self, printed: str, read: str) -> float:
        """Return ``ln P(read | printed)`` for one printed character; *read* may be empty."""
        known = self.logp.get(printed)
        if known is None:
            return _untrained(printed, read)
        if read not in known:
            return _unseen(printed, read)
        # Among few slips in training a mark that was taken for it once is no rarer than the others.
        return max(known[read], OTHER_MARK) if _is_mark(printed, read) else known[read]


@lru_cache(maxsize=1 << 16)
def bare(character: str) -> str:
    """Return the letter without any mark: ``ế`` → ``e``, ``Đ`` → ``D``."""
    if character in "đĐ":
        return "d" if character == "đ" else "D"
    return unicodedata.normalize("NFD", character)[0]


def unmarked(text: str) -> str:
    """Return *text* without the marks of its letters; capitals stay."""
    return "".join(map(bare, text))


def _is_mark(printed: str, read: str) -> bool:
    """Tell whether two characters differ in their marks at most."""
    return len(read) == 1 and bare(read) == bare(printed)


def _unseen(printed: str, read: str) -> float:
    if len(read) != 1:
        return UNSEEN[len(read)]
    if _is_mark(printed, read):
        return OTHER_MARK
    same_shape = read.lower() == printed.lower() and bare(read).lower() in SAME_SHAPE
    return OTHER_SIZE if same_shape else UNSEEN[1]


def _untrained(printed: str, read: str) -> float:
    """Score a character that training never saw: probably itself, perhaps without its mark."""
    if read == printed:
        return -0.2
    return -2.0 if read == bare(printed) else _unseen(printed, read)


@cache
def profile(name: str) -> Profile:
    """Load the profile *name* from ``dictionaries/confusions``.

    Raises:
        BadDictionaryError: there is none of that name, or a line of it is off.
    """
    return load_profile(dictionary("confusions", f"{name}.tsv"))


def load_profile(path: Path) -> Profile:
    """Read a profile: lines ``printed TAB read TAB ln P``, comments behind ``#`` and a blank.

    Raises:
        BadDictionaryError: the file is missing, no UTF-8 text, or a line of it is off.
    """
    logp: dict[str, dict[str, float]] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDictionaryError(path, str(error)) from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            continue
        try:
            printed, read, value = line.split("\t")
            logp.setdefault(printed, {})[read] = float(value)
        except ValueError as error:
            raise BadDictionaryError(path, f"line {number}") from error
    return Profile(path.stem, logp)


def word_score(printed: str, read: str, channel: Profile) -> float:
    """Return ``ln P(read | printed)`` for one word, by its best segmentation."""
    before = [0.0] + [FLOOR] * len(read)
    for character in printed:
        before = [
            max(
                before[stop - length] + channel.emission(character, read[stop - length : stop])
                for length in range(min(MAX_EMISSION, stop) + 1)
            )
            for stop in range(len(read) + 1)
        ]
    return before[-1]
