"""The manner in which words stand in print: do their capitals and marks suit their neighbours?

Of two words that fit, the one is rarely capitalised after this neighbour, the other never ends a
sentence (``do`` before a full stop is ``đó``), a third never takes a comma behind it. The marks are
those of the reading, which readers lose far more rarely than they lose letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.language_model import BOUNDARY, LanguageModel
from pipeline.correction.tokens import Mark, analyse

UPPER_LOGP: Final = -4.0  # ln P of a word in capitals among others that are not
TITLE_FLOOR: Final = 0.01  # no capital and no small letter is ever impossible
TITLE_FIRST: Final = 0.85  # P of a capital where words begin to be decoded, mostly a sentence
MARK_FLOOR: Final = 0.003  # no mark is ever impossible, and none can always be missed
MARK_WEIGHT: Final = 0.5  # trust in marks against words, of which they repeat a part

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Looks:
    """How the candidates of one word look, as arrays over them."""

    is_title: NDArray[np.bool_]
    is_lower: NDArray[np.bool_]
    is_upper: NDArray[np.bool_]
    is_comma: NDArray[np.bool_]
    is_stop: NDArray[np.bool_]

    @staticmethod
    def of(candidates: tuple[Candidate, ...]) -> Looks:
        """Look at each of *candidates*."""
        forms = [candidate.form for candidate in candidates]
        marks = [analyse(candidate.text).mark for candidate in candidates]
        return Looks(
            np.array([form is Form.TITLE for form in forms]),
            np.array([form is Form.LOWER for form in forms]),
            np.array([form is Form.UPPER for form in forms]),
            np.array([mark is Mark.COMMA for mark in marks]),
            np.array([mark is Mark.STOP for mark in marks]),
        )


def first_suits(looks: Looks, words: Ids, model: LanguageModel) -> Reals:
    """Return ln P of the looks of the first word of a sentence, shape (K,)."""
    share = np.full(len(words), TITLE_FIRST)
    manners = model.manners(np.array(BOUNDARY), words)
    return (
        _capital(looks, share)
        + np.where(looks.is_upper, UPPER_LOGP / 3, 0.0)
        + _mark(looks.is_stop, manners.stop)
    )


def suits(before: Looks, left: Ids, looks: Looks, right: Ids, model: LanguageModel) -> Reals:
    """Return ln P of the looks of each candidate after each of the word before, shape (J, K).

    Args:
        before: the looks of the word before, and *left* its ids, shape (J,).
        left: see *before*.
        looks: the looks of this word, and *right* its ids, shape (K,).
        right: see *looks*.
        model: knows how pairs of words stand in print.
    """
    manners = model.manners(left[:, None], right[None, :])
    shouted = looks.is_upper[None, :] & ~before.is_upper[:, None]
    whispered = ~looks.is_upper[None, :] & before.is_upper[:, None]
    capitals = _capital(looks, np.clip(manners.title, TITLE_FLOOR, 1 - TITLE_FLOOR))
    comma = _mark(before.is_comma[:, None], manners.comma)
    return (
        np.where(shouted, UPPER_LOGP, capitals)
        + np.where(whispered, UPPER_LOGP / 4, 0.0)
        + np.where(before.is_stop[:, None], 0.0, comma)
        + _mark(looks.is_stop[None, :], manners.stop)
    )


def _capital(looks: Looks, share: Reals) -> Reals:
    return np.where(looks.is_title, np.log(share), 0.0) + np.where(
        looks.is_lower, np.log1p(-share), 0.0
    )


def _mark(there: NDArray[np.bool_], share: Reals) -> Reals:
    share = np.clip(share, MARK_FLOOR, 1 - MARK_FLOOR)
    return MARK_WEIGHT * np.where(there, np.log(share), np.log1p(-share))
