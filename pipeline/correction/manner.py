"""The manner in which words stand in print: do their capitals and marks suit their neighbours?

Of two words that fit, the one is rarely capitalised after this neighbour, the other never ends a
sentence (``do`` before a full stop is ``đó``), a third never takes a comma behind it. The marks are
those of the reading, which readers lose far more rarely than they lose letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.language_model import Manners
from pipeline.correction.tokens import Mark, analyse

UPPER_LOGP: Final = -4.0  # ln P of a word in capitals among others that are not
SHOUT_END: Final = -6.0  # the same of what follows one: words in capitals stand together
TITLE_FLOOR: Final = 0.003  # no capital and no small letter is ever impossible
TITLE_FIRST: Final = 0.85  # P of a capital where words begin to be decoded, mostly a sentence
MARK_FLOOR: Final = 0.003  # no mark is ever impossible, and none can always be missed
MARK_WEIGHT: Final = 0.5  # trust in marks against words, of which they repeat a part

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Looks:
    """How some candidates look, as arrays over them."""

    is_title: Flags
    is_lower: Flags
    is_upper: Flags
    is_comma: Flags
    is_stop: Flags

    @staticmethod
    def of(candidates: Sequence[Candidate]) -> Looks:
        """Look at each of *candidates*."""
        forms = [candidate.form for candidate in candidates]
        marks = [_mark_behind(candidate.text) for candidate in candidates]
        return Looks(
            np.array([form is Form.TITLE for form in forms], bool),
            np.array([form is Form.LOWER for form in forms], bool),
            np.array([form is Form.UPPER for form in forms], bool),
            np.array([mark is Mark.COMMA for mark in marks], bool),
            np.array([mark is Mark.STOP for mark in marks], bool),
        )


def suits(looks: Looks, left: Ids, right: Ids, opens: Flags, manners: Manners) -> Reals:
    """Return ln P of the looks of the right candidate of each pair after the left one.

    Args:
        looks: of all candidates.
        left: by pair, one of them.
        right: by pair, the other.
        opens: by pair, whether the right one begins a sentence; the left one does not count then.
        manners: how the words of the pair stand in print.
    """
    upper, upper_before = looks.is_upper[right], looks.is_upper[left]
    shouted = upper & ~upper_before
    share = np.where(opens, TITLE_FIRST, np.clip(manners.title, TITLE_FLOOR, 1 - TITLE_FLOOR))
    comma = _mark(looks.is_comma[left], manners.comma)
    return (
        np.where(looks.is_title[right], np.log(share), 0.0)
        + np.where(looks.is_lower[right], np.log1p(-share), 0.0)
        + np.where(shouted, np.where(opens, UPPER_LOGP / 3, UPPER_LOGP), 0.0)
        + np.where(~upper & upper_before, SHOUT_END, 0.0)
        + np.where(opens | looks.is_stop[left], 0.0, comma)
        + _mark(looks.is_stop[right], manners.stop)
    )


def _mark_behind(text: str) -> Mark:
    return Mark.NONE if text[-1:].isalpha() else analyse(text).mark


def _mark(there: Flags, share: Reals) -> Reals:
    share = np.clip(share, MARK_FLOOR, 1 - MARK_FLOOR)
    return MARK_WEIGHT * np.log(np.where(there, share, 1 - share))
