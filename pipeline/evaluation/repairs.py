"""What correction was worth: wrong words fixed, and right words broken, counted as carefully.

Counted over the words of the truth: each was read rightly or not, and is written rightly or not. A
word counts as right when the best alignment of truth and text pairs it with its equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.evaluation.canonical import canonical
from pipeline.model import Document


@dataclass(frozen=True, slots=True)
class Repairs:
    """Counts over the words of a truth.

    Attributes:
        wrong: read wrongly.
        fixed: of these, written rightly.
        right: read rightly.
        broken: of these, written wrongly.
        figures_broken: of these, words that hold a digit.
    """

    wrong: int
    fixed: int
    right: int
    broken: int
    figures_broken: int

    @property
    def fixed_share(self) -> float:
        """Share of the wrong words that were fixed; 0 when there was none."""
        return self.fixed / max(1, self.wrong)

    @property
    def broken_share(self) -> float:
        """Share of the right words that were broken."""
        return self.broken / max(1, self.right)


def repairs(truth: str, document: Document) -> Repairs:
    """Compare what was read and what is written in *document*, in page order, with *truth*."""
    words = canonical(truth).split()
    read = _matched(words, " ".join(word.ocr for word in document.words()))
    written = _matched(words, " ".join(word.text for word in document.words()))
    broken = read - written
    return Repairs(
        wrong=len(words) - len(read),
        fixed=len(written - read),
        right=len(read),
        broken=len(broken),
        figures_broken=sum(any(map(str.isdigit, words[index])) for index in broken),
    )


def _matched(words: list[str], text: str) -> set[int]:
    """Return the indices of *words* that the best alignment finds in *text*."""
    return {
        index
        for step in Levenshtein.opcodes(words, canonical(text).split())
        if step.tag == "equal"
        for index in range(step.src_start, step.src_end)
    }
