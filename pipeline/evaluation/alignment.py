"""The one alignment that every figure comes from: words of the truth against words of a text.

What always holds: the edits add up to the Levenshtein distance, and each of them stands at one
word of the truth, so that any run of the truth can be counted on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

Form = Callable[[str], str]
Integers = NDArray[np.int64]
Tokens = Sequence[Any]  # words, or the characters of a string


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How the tokens of a text lie against those of its truth.

    Attributes:
        errors: for each token of the truth the edits that stand at it; one invented stands at the
            token it comes before, or at the last.
        partner: for each token of the text the index of its equal in the truth, or -1.
    """

    errors: Integers
    partner: Integers

    @property
    def right(self) -> NDArray[np.bool_]:
        """For each token of the truth whether the text has it."""
        found = np.zeros(len(self.errors), dtype=bool)
        found[self.partner[self.partner >= 0]] = True
        return found


def align(truth: Tokens, text: Tokens) -> Alignment:
    """Return the alignment with the fewest edits. An empty truth has one place for all of them."""
    errors = np.zeros(max(1, len(truth)), dtype=np.int64)
    partner = np.full(len(text), -1, dtype=np.int64)
    for step in Levenshtein.opcodes(truth, text):
        if step.tag == "equal":
            partner[step.dest_start : step.dest_end] = np.arange(step.src_start, step.src_end)
        elif step.tag == "insert":
            errors[min(step.src_start, len(errors) - 1)] += step.dest_end - step.dest_start
        else:
            errors[step.src_start : step.src_end] += 1
    return Alignment(errors, partner)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text in comparable form, which may part and join the words it was printed in.

    Attributes:
        tokens: its words in that form.
        spans: for each printed word the tokens that hold a part of it; an empty range, at its
            place, when nothing is left of it.
    """

    tokens: tuple[str, ...]
    spans: tuple[range, ...]


def spelled(words: Sequence[str], form: Form) -> Spelled:
    """Return the text of *words* in *form*, which joins them (01 - CT/TU) or parts them.

    Args:
        words: as printed; an empty one left no trace.
        form: alters words one by one, and beyond that only drops blanks and alters dots.
    """
    tokens = tuple(form(" ".join(filter(None, words))).split())
    pieces = [_letters(form, word) for word in words]
    letters = "".join(pieces)
    owners = np.repeat(np.arange(len(words)), [*map(len, pieces)]).tolist() if words else []
    starts, stops = [-1] * len(words), [0] * len(words)
    at = 0
    for place, token in enumerate(tokens):
        while token[0] != "." and letters[at : at + 1] == ".":
            at += 1  # the rest of a leader
        end = _end(letters, at, token)
        # An empty run is a dot more than was printed: it belongs to the word before.
        for owner in dict.fromkeys(owners[at:end] or owners[at - 1 : at]):
            starts[owner] = place if starts[owner] < 0 else starts[owner]
            stops[owner] = place + 1
        at = end
    return Spelled(tokens, tuple(_spans(starts, stops)))


@lru_cache(maxsize=1 << 16)
def _letters(form: Form, word: str) -> str:
    """Return *word* in *form*, without the blanks that part it."""
    return form(word).replace(" ", "")


def _end(letters: str, at: int, token: str) -> int:
    """Return where *token* ends in *letters*, of which all before *at* is used up.

    Leaders have more or fewer dots in the form of the whole text; other signs stand one by one.
    """
    if letters.startswith(token, at):
        return at + len(token)
    for sign in token:
        while sign != "." and letters[at : at + 1] == ".":
            at += 1
        at += sign != "." or letters[at : at + 1] == "."
    return min(at, len(letters))


def _spans(starts: list[int], stops: list[int]) -> Iterator[range]:
    """Yield the span of each word; one without a token is empty behind the word before it."""
    end = 0
    for start, stop in zip(starts, stops, strict=True):
        span = range(end, end) if start < 0 else range(start, stop)
        end = span.stop
        yield span
