"""What is counted at each word of a truth, and the rates and shares that come of it.

Counted over the words of the truth: each was read rightly or not, and is written rightly or not. A
word counts as right when the best alignment of truth and text pairs it with its equal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

import numpy as np

from pipeline.evaluation.alignment import Alignment, Form, Integers, align
from pipeline.evaluation.canonical import canonical, folded

# Words whose alteration is worst: figures, and symbols such as KH/TU or CV-TU.
_FACT: Final = re.compile(r"\d|[A-ZĐƯ]{2,}[/-][A-ZĐƯ]{2,}")


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over some words of a truth; what concerns the reading is 0 where it is not known.

    Attributes:
        words: of the canonical truth.
        word_errors: edits between words that turn the output into the truth.
        characters: of the canonical truth, blanks included.
        character_errors: the same edits between characters.
        wrong: words read wrongly.
        fixed: of these, written rightly.
        right: words read rightly.
        broken: of these, written wrongly.
        figures: words with a digit and document symbols that were read rightly.
        figures_broken: of these, written wrongly.
    """

    words: int
    word_errors: int
    characters: int
    character_errors: int
    wrong: int
    fixed: int
    right: int
    broken: int
    figures: int
    figures_broken: int

    @property
    def cer(self) -> float:
        """Character error rate; above 1 when much was invented."""
        return self.character_errors / max(1, self.characters)

    @property
    def wer(self) -> float:
        """Word error rate."""
        return self.word_errors / max(1, self.words)

    @property
    def fixed_share(self) -> float:
        """Share of the wrong words that were fixed; 0 when there was none."""
        return self.fixed / max(1, self.wrong)

    @property
    def broken_share(self) -> float:
        """Share of the right words that were broken."""
        return self.broken / max(1, self.right)

    @property
    def figures_broken_share(self) -> float:
        """Share of the figures and symbols read rightly that were broken."""
        return self.figures_broken / max(1, self.figures)


FIELDS: Final = tuple(field.name for field in fields(Counts))
# Each rate by name: the counts it is the quotient of.
RATES: Final = {
    "cer": ("character_errors", "characters"),
    "wer": ("word_errors", "words"),
    "fixed_share": ("fixed", "wrong"),
    "broken_share": ("broken", "right"),
    "figures_broken_share": ("figures_broken", "figures"),
}


def form_of(*, fold: bool) -> Form:
    """Return the form in which texts are compared."""
    return folded if fold else canonical


def tallied(truth: str, text: str, written: Alignment, read: Alignment | None) -> Integers:
    """Return one row of :data:`FIELDS` for each word of *truth*; their sum is that of the text.

    Args:
        truth: in comparable form.
        text: the output, in the same form.
        written: alignment of the words of both.
        read: alignment of the truth with what was read; None when that is not known.
    """
    words = truth.split()
    rows = np.zeros((len(written.errors), len(FIELDS)), dtype=np.int64)
    column = dict(zip(FIELDS, rows.T, strict=True))
    column["words"][: len(words)] = 1
    column["word_errors"][:] = written.errors
    # Each word owns the blank behind it; the last one has none.
    lengths = [len(word) + 1 for word in words]
    owners = np.repeat(np.arange(len(words)), lengths)[:-1] if words else [0]
    np.add.at(column["character_errors"], owners, align(truth, text).errors)
    if words:
        np.add.at(column["characters"], owners, 1)
    if words and read is not None:
        was, now = read.right, written.right
        facts = np.array([_FACT.search(word) is not None for word in words])
        column["wrong"][:], column["right"][:] = ~was, was
        column["fixed"][:], column["broken"][:] = ~was & now, was & ~now
        column["figures"][:], column["figures_broken"][:] = facts & was, facts & was & ~now
    return rows


def summed(rows: Integers) -> Counts:
    """Return the counts of the words whose *rows* are given."""
    return Counts(*map(int, rows.sum(axis=0)))


def added(counts: Sequence[Counts]) -> Counts:
    """Return the counts of several texts together."""
    return Counts(*map(sum, zip(*map(astuple, counts), strict=True)))


def rates(truth: str, output: str, *, fold: bool = False) -> Counts:
    """Compare *output* with *truth*, both in canonical form.

    Args:
        truth: what stands on the page.
        output: what was read or corrected.
        fold: whether case and punctuation are left out of the comparison.

    Returns:
        The counts. An empty truth counts as one character and one word in the rates, so that they
        stay finite.
    """
    form = form_of(fold=fold)
    true, text = form(truth), form(output)
    return summed(tallied(true, text, align(true.split(), text.split()), None))
