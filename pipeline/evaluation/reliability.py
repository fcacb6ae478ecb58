"""Is a certainty of 0.9 right nine times in ten? Changes of correction by certainty and outcome.

What counts is whether ``after`` is the word of the truth there, made or only proposed. A mark of
doubt (``before`` equals ``after``) proposes nothing and is counted elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.evaluation.alignment import Alignment, Form, Spelled, align, spelled
from pipeline.model import Change, Decision, Stage, Word

EDGES: Final = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 1.0)  # the last bin holds certainty 1 too


@dataclass(frozen=True, slots=True)
class Judged:
    """One change: how certain it was, whether it was made, and whether it was right."""

    certainty: float
    made: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The changes whose certainty lies in ``low <= certainty < high``.

    Attributes:
        changes: made and proposed.
        made: of these, made.
        right: of these all, right.
        certainty: their mean certainty; 0 when there are none.
    """

    low: float
    high: float
    changes: int
    made: int
    right: int
    certainty: float

    @property
    def right_share(self) -> float:
        """Share of the changes that are right; equals the certainty where that is honest."""
        return self.right / max(1, self.changes)


def judged(truth: Sequence[str], words: Sequence[Word], form: Form) -> list[Judged]:
    """Return what became of each change that correction made or proposed on *words*.

    The truth is compared with the text that would stand there if all of them had been made.

    Args:
        truth: its words in comparable form.
        words: in the order of the text.
        form: the comparable form.
    """
    offers = [_offer(word) for word in words]
    text = spelled([c.after if c else w.text for c, w in zip(offers, words, strict=True)], form)
    alignment = align(truth, text.tokens)
    return [
        Judged(
            offer.certainty,
            offer.decision is Decision.MADE,
            _is_right(span, text, alignment, len(truth)),
        )
        for offer, span in zip(offers, text.spans, strict=True)
        if offer
    ]


def _offer(word: Word) -> Change | None:
    """Return the last change that correction made or proposed on *word*."""
    for change in reversed(word.changes):
        if change.stage is Stage.CORRECTION and change.before != change.after:
            return change
    return None


def _is_right(span: range, text: Spelled, alignment: Alignment, words: int) -> bool:
    """Tell whether the truth has these words, one behind the other, and no others between.

    Nothing (a word merged into its neighbour, or noise) is right where the words around it are
    neighbours in the truth too.
    """
    partner = alignment.partner
    if span:
        first = partner[span.start]
        return bool(first >= 0 and all(partner[i] == first + i - span.start for i in span))
    before = partner[span.start - 1] if span.start else -1
    after = partner[span.start] if span.start < len(text.tokens) else words
    known = (before >= 0 or not span.start) and after >= 0
    return bool(known and before + 1 == after)


def binned(changes: Sequence[Judged]) -> tuple[Bin, ...]:
    """Return *changes* by certainty, a bin between each two of :data:`EDGES`."""
    members: list[list[Judged]] = [[] for _ in EDGES[1:]]
    for change in changes:
        members[min(bisect_right(EDGES, change.certainty), len(members)) - 1].append(change)
    return tuple(_bins(members))


def _bins(members: list[list[Judged]]) -> Iterator[Bin]:
    for (low, high), inside in zip(pairwise(EDGES), members, strict=True):
        yield Bin(
            low,
            high,
            changes=len(inside),
            made=sum(change.made for change in inside),
            right=sum(change.right for change in inside),
            certainty=sum(change.certainty for change in inside) / max(1, len(inside)),
        )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (ECE): how far certainty is off, per change."""
    total = sum(bin_.changes for bin_ in bins)
    gaps = (bin_.changes * abs(bin_.right_share - bin_.certainty) for bin_ in bins)
    return sum(gaps) / max(1, total)
