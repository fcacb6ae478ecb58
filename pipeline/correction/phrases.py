"""The phrases of the lexicon as a trie, with what each gives to the words on it.

The longer a phrase is, the more it gives: pairs and triples the language model knows itself, what
lies further off it does not. A comma or bracket inside a phrase is part of it.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.correction.lexicon import Lexicon
from pipeline.correction.syllable import canonical
from pipeline.correction.tokens import analyse

# Nats for each pair of neighbours on a phrase of so many syllables; the last also for longer ones.
BY_LENGTH: Final = (0.0, 0.0, 0.3, 0.6, 1.0, 1.5)
PLACE: Final = 1.5  # the same for names of places: what is usual knows few of them
OWN: Final = 8.0  # the same for the user's own phrases: they win over what is usual
OWN_NAME: Final = 16.0  # the same where a name is in them: Pá Hú may be less usual than Pá Hu
OWN_PAIR: Final = 4.0  # the same where only two neighbours of such a phrase stand

_END: Final[dict[str, int]] = {}  # of every node that nothing follows; never written to
_PARTING: Final = frozenset(',()[]“”"')


class Phrases:
    """A set of phrases as a trie of syllables, its nodes numbered from the root, 0.

    Attributes:
        after: by node, what may follow: syllables with the punctuation behind them → nodes.
        bonus: by node, nats per pair of neighbours of the phrase that ends there, or nought.
        capitals: by node, whether each syllable of that phrase has one; empty if that varies.
    """

    def __init__(self) -> None:
        self.after: list[dict[str, int]] = [_END]
        self.bonus: list[float] = [0.0]
        self.capitals: list[tuple[bool, ...]] = [()]

    def add(self, phrase: str, bonus: float | None = None) -> None:
        """Add a phrase, unless it is a single word; without *bonus* its length tells what it gives.

        Of two that differ in capitals alone neither's capitals count.
        """
        cores, keys = _cut(phrase)
        if len(keys) < 2:
            return
        node = 0
        for key in keys:
            node = self.after[node].get(key) or self._grown(node, key)
        shouted = len(cores[0]) > 1 and cores[0].isupper()
        capitals = () if shouted else tuple([core[0].isupper() for core in cores])
        if self.bonus[node] and self.capitals[node] != capitals:
            capitals = ()
        usual = BY_LENGTH[min(len(keys), len(BY_LENGTH) - 1)]
        self.bonus[node] = max(self.bonus[node], bonus or usual)
        self.capitals[node] = capitals

    def _grown(self, node: int, key: str) -> int:
        new = len(self.after)
        if not self.after[node]:
            self.after[node] = {}
        self.after[node][key] = new
        self.after.append(_END)
        self.bonus.append(0.0)
        self.capitals.append(())
        return new


@cache
def of(lexicon: Lexicon) -> Phrases:
    """Return the phrases of a lexicon, the user's own above the shipped ones."""
    phrases = Phrases()
    for phrase in lexicon.phrases:
        phrases.add(phrase)
    for place in lexicon.places:
        phrases.add(place, PLACE)
    for phrase in lexicon.own_phrases:
        pairs = [f"{first} {second}" for first, second in pairwise(phrase.split())]
        phrases.add(phrase, OWN_NAME if any(map(str.istitle, pairs)) else OWN)
        for pair in pairs:
            phrases.add(pair, OWN_PAIR)
    return phrases


def _cut(phrase: str) -> tuple[list[str], list[str]]:
    """Return the words of *phrase*, and each in canonical form with the punctuation behind it."""
    words = phrase.split()
    if "".join(words).isalpha():
        return words, list(map(canonical, words))
    tokens = [token for token in map(analyse, words) if token.core]
    marks = [parting(a.suffix + b.prefix) for a, b in pairwise(tokens)] + [""]
    return (
        [token.core for token in tokens],
        [canonical(t.core) + mark for t, mark in zip(tokens, marks, strict=False)],
    )


def parting(marks: str) -> str:
    """Return what of the *marks* between two words tells phrases apart."""
    return "".join(mark for mark in marks if mark in _PARTING)
