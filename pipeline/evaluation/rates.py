"""Character and word error rate (CER, WER): edits needed to turn the output into the truth."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.evaluation.canonical import canonical, folded


@dataclass(frozen=True, slots=True)
class Rates:
    """Error rates of a text.

    Attributes:
        cer: edits between characters per character of the truth; above 1 when much was invented.
        wer: the same between words.
        characters: length of the canonical truth.
        words: number of words of the canonical truth.
    """

    cer: float
    wer: float
    characters: int
    words: int


def rates(truth: str, output: str, *, fold: bool = False) -> Rates:
    """Compare *output* with *truth*, both in canonical form.

    Args:
        truth: what stands on the page.
        output: what was read or corrected.
        fold: whether case and punctuation are left out of the comparison.

    Returns:
        The rates. An empty truth counts as one character and one word, so that they stay finite.
    """
    form = folded if fold else canonical
    true, read = form(truth), form(output)
    true_words, read_words = true.split(), read.split()
    return Rates(
        cer=Levenshtein.distance(true, read) / max(1, len(true)),
        wer=Levenshtein.distance(true_words, read_words) / max(1, len(true_words)),
        characters=len(true),
        words=len(true_words),
    )
