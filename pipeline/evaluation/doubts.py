"""Do the doubtful words show a reviewer the errors? What is marked, and what is wrong.

Counted over the written words, since only these can carry a mark: a word that was not read at all
has none. A word is wrong when the truth does not have it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from pipeline.evaluation.alignment import Alignment, Spelled
from pipeline.model import Word


@dataclass(frozen=True, slots=True)
class Doubts:
    """Counts over the written words.

    Attributes:
        marked: words a reviewer is shown: doubted, with a proposal, or changed without certainty.
        unexplained: of these, words for which nothing better was known.
        wrong: words left wrong.
        wrong_marked: of these, marked.
        right: words that are right.
        right_marked: of these, marked.
    """

    marked: int
    unexplained: int
    wrong: int
    wrong_marked: int
    right: int
    right_marked: int

    @property
    def recall(self) -> float:
        """Share of the wrong words that are marked; 0 when there is none."""
        return self.wrong_marked / max(1, self.wrong)

    @property
    def alarm_share(self) -> float:
        """Share of the right words that are marked."""
        return self.right_marked / max(1, self.right)


def doubts(words: Sequence[Word], written: Spelled, alignment: Alignment) -> Doubts:
    """Count the doubtful among *words*, whose text is *written* and lies as *alignment* says."""
    marked = unexplained = 0
    found = {True: [0, 0], False: [0, 0]}  # right or not: all, marked
    partner = alignment.partner.tolist()
    for word, span in zip(words, written.spans, strict=True):
        if not span:
            continue
        right = all(partner[token] >= 0 for token in span)
        found[right][0] += 1
        found[right][1] += word.doubtful
        marked += word.doubtful
        unexplained += word.doubtful and word.changes[-1].before == word.changes[-1].after
    return Doubts(marked, unexplained, *found[False], *found[True])


def together(parts: Sequence[Doubts]) -> Doubts:
    """Return the counts of several texts together."""
    return Doubts(*map(sum, zip(*map(astuple, parts), strict=True)))
