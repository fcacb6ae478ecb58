"""Mottoes: Quốc hiệu, Tiêu ngữ and the line of the Party, at the end of a line of the header.

A motto is no body's name, however it was read: set over two lines it is put together again, and one
that is too damaged to be sure of is still nearer to itself than any body's name is to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.structure.form import alike, components, fold

_MOST_WORDS = 24  # of a motto: three times what the longest has
_LEAST_BROKEN = 3  # words of its first line, where it takes two
_LEAST_LETTERS = 24  # of one that may be damaged: HỘI NÔNG DÂN VIỆT NAM is near the Party's
_DAMAGED = 75  # of a hundred: names of bodies reach 66, and what only lost two words 85


def ends(words: Sequence[str]) -> range:
    """Return where the right column of a line may begin: a text may be one line of a million."""
    return range(max(0, len(words) - _MOST_WORDS), len(words))


def motto_at(words: Sequence[str]) -> int | None:
    """Return the word where a motto begins that runs to the end of the line."""
    return _ending(words, _mottoes())


def rest_at(words: Sequence[str], rest: str) -> int | None:
    """Return the word where the *rest* of a motto begins that was begun on the line above."""
    return _ending(words, (rest,)) if rest else None


def broken_at(words: Sequence[str]) -> tuple[int, str] | None:
    """Return where the first line of a motto begins that takes two, and its rest, folded."""
    for motto in _mottoes():
        parts = motto.split()
        for count in range(_LEAST_BROKEN, min(len(parts), len(words) + 1)):
            if alike(" ".join(words[-count:]), (" ".join(parts[:count]),)):
                return len(words) - count, " ".join(parts[count:])
    return None


def damaged_at(words: Sequence[str]) -> int | None:
    """Return the word where what is left of a damaged motto of the State begins."""
    long = [motto for motto in _mottoes() if len(motto) >= _LEAST_LETTERS]
    near = [
        (max(fuzz.ratio(fold(" ".join(words[start:])), motto) for motto in long), -start)
        for start in ends(words)
    ]
    best, start = max(near, default=(0.0, 0))
    return -start if best >= _DAMAGED else None


def _ending(words: Sequence[str], mottoes: tuple[str, ...]) -> int | None:
    return next((at for at in ends(words) if alike(" ".join(words[at:]), mottoes)), None)


def _mottoes() -> tuple[str, ...]:
    return components("motto", "party") + components("motto", "state")
