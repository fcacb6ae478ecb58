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
from pipeline.training.rendering import Pair

ROUNDS: Final = 5
MIN_COUNT: Final = 2
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
        channel = Profile(name, {c: _distribution(c, pieces) for c, pieces in emitted.items()})
    return channel


def _distribution(printed: str, pieces: Counter[str]) -> dict[str, float]:
    kept = {piece: n for piece, n in pieces.items() if n >= MIN_COUNT or piece == printed}
    kept.setdefault(printed, 0)
    kept.setdefault(bare(printed), 0)
    total = sum(kept.values()) + ESCAPE * (len(kept) + 1)
    return {piece: round(math.log((n + ESCAPE) / total), 3) for piece, n in kept.items()}


def segment(printed: str, read: str, channel: Profile) -> list[Pair]:
    """Return the best way to cut *read* into what each character of *printed* emitted.

    Empty when *read* is too long to have been emitted at all.
    """
    size = len(read)
    best: list[list[tuple[float, int]]] = [[(0.0 if at == 0 else -math.inf, 0) for at in range(size + 1)]]
    for character in printed:
        row = []
        for at in range(size + 1):
            row.append(
                max(
                    (
                        best[-1][at - length][0] + _emission(channel, character, read[at - length : at]),
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
    return -1.0 - 2.0 * len(read) * (not any(alike)) - 1.5 * abs(len(read) - 1)


def as_text(channel: Profile, *, comment: str) -> str:
    """Return the profile as the file that :func:`pipeline.correction.channel.load_profile` reads."""
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
