"""Aligned word pairs → a confusion profile: which strings each printed character is read as.

Hard expectation-maximisation: each pair is segmented by the profile so far (each printed character
emits nought to three read ones), the emissions of the best segmentation are counted, and the counts
make the next profile. It starts from the bare letters and settles in a few rounds.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from pipeline.correction.channel import MAX_EMISSION, Profile, bare
from pipeline.correction.syllable import split_tone
from pipeline.training.rendering import Pair

ROUNDS: Final = 5
MIN_COUNT: Final = 2
# How much the other tones of a letter teach about it.
FAMILY: Final = 0.03
# Mass kept for emissions that were not seen.
ESCAPE: Final = 0.5


def learn(name: str, pairs: Iterable[Pair]) -> Profile:
    """Return the profile that explains *pairs* (printed, read) of single words."""
    counted = Counter(pairs)
    channel = Profile(name, {})
    for _ in range(ROUNDS):
        emitted: dict[str, Counter[str]] = defaultdict(Counter)
        for (printed, read), times in counted.items():
            for character, piece in segment(printed, read, channel):
                emitted[character][piece] += times
        family = _families(emitted)
        channel = Profile(
            name,
            {c: _distribution(c, pieces, family[_family(c)]) for c, pieces in emitted.items()},
        )
    return channel


def _family(character: str) -> str:
    """Return the small letter without its tone: what ứ is read as, ừ and Ừ may be read as too."""
    return split_tone(character.lower())[0]


def _families(emitted: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Return what each family was read as, in small letters."""
    families: dict[str, Counter[str]] = defaultdict(Counter)
    for character, pieces in emitted.items():
        for piece, n in pieces.items():
            families[_family(character)][piece.lower()] += n
    return families


def _distribution(printed: str, pieces: Counter[str], family: Counter[str]) -> dict[str, float]:
    """Return ln P of what *printed* was read as, smoothed with its *family* (itself included)."""
    share = FAMILY * pieces.total() / family.total()
    kept: dict[str, float] = {}
    for small, n in family.items():
        piece = small.upper() if printed.isupper() else small
        # What another tone is read rightly as says nothing about this one.
        if n >= MIN_COUNT and (len(piece) > 1 or not _is_other_tone(piece, printed)):
            kept[piece] = pieces[piece] + share * n
    kept |= {piece: n for piece, n in pieces.items() if n >= MIN_COUNT and piece not in kept}
    kept.setdefault(printed, 0)
    kept.setdefault(bare(printed), 0)
    total = sum(kept.values()) + ESCAPE * (len(kept) + 1)
    return {piece: round(math.log((n + ESCAPE) / total), 3) for piece, n in kept.items()}


def _is_other_tone(piece: str, printed: str) -> bool:
    return piece != printed and bool(split_tone(piece)[1]) and _family(piece) == _family(printed)


def segment(printed: str, read: str, channel: Profile) -> list[Pair]:
    """Return the best way to cut *read* into what each character of *printed* emitted.

    Empty when *read* is too long to have been emitted at all.
    """
    size = len(read)
    best: list[list[tuple[float, int]]] = [
        [(0.0 if at == 0 else -math.inf, 0) for at in range(size + 1)]
    ]
    for character in printed:
        row = []
        for at in range(size + 1):
            row.append(
                max(
                    (
                        best[-1][at - length][0]
                        + _emission(channel, character, read[at - length : at]),
                        length,
                    )
                    for length in range(min(MAX_EMISSION, at) + 1)
                )
            )
        best.append(row)
    if best[-1][size][0] == -math.inf:
        return []
    pieces: list[Pair] = []
    at = size
    for number in range(len(printed), 0, -1):
        length = best[number][at][1]
        pieces.append((printed[number - 1], read[at - length : at]))
        at -= length
    return pieces[::-1]


def _emission(channel: Profile, printed: str, read: str) -> float:
    """Return the emission score; before anything is learned, likeness of the bare letters."""
    if printed in channel.logp:
        return channel.emission(printed, read)
    if read == printed:
        return -0.1
    alike = [bare(character).lower() == bare(printed).lower() for character in read]
    # Marked vowels fall into pieces; consonants hardly do.
    stretch = 3.0 if printed == bare(printed) and printed.lower() not in "aeiouy" else 1.5
    return -1.0 - 2.0 * (not any(alike)) - stretch * abs(len(read) - 1)


def as_text(channel: Profile, *, comment: str) -> str:
    """Return the profile as :func:`pipeline.correction.channel.load_profile` reads it."""
    lines = [f"# {line}" for line in comment.splitlines()]
    for printed in sorted(channel.logp):
        pieces = channel.logp[printed]
        lines += [
            f"{printed}\t{piece}\t{pieces[piece]}"
            for piece in sorted(pieces, key=lambda piece: (-pieces[piece], piece))
        ]
    return "\n".join(lines) + "\n"


def stripped(alphabet: Iterable[str]) -> Profile:
    """Return the profile of text whose marks were taken off; it needs no training."""
    return Profile(
        "stripped",
        {c: ({c: -0.01} if bare(c) == c else {bare(c): -0.05, c: -3.0}) for c in sorted(alphabet)},
    )
