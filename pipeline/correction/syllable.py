"""The grammar of the Vietnamese syllable: ``[onset] [glide] nucleus [coda] + tone``.

A syllable that this grammar refuses is almost surely damaged (or a name, a loan, an acronym); see
``dictionaries/grammar/syllable.toml`` for the spelling and its test. Old and new tone placement
(``hoà``, ``hòa``) parse to one :class:`Syllable`; :func:`canonical` gives the one look-up form.
Input may be in any case and must be NFC.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from pipeline.correction.channel import unmarked
from pipeline.resources import dictionary


class Tone(IntEnum):
    """The six tones, by the combining mark that writes them."""

    LEVEL = 0
    HUYEN = 0x300
    SAC = 0x301
    NGA = 0x303
    HOI = 0x309
    NANG = 0x323


_TONE_MARKS: Final = {chr(tone): tone for tone in Tone if tone}
_CODAS: Final = ("ch", "ng", "nh", "c", "m", "n", "p", "t", "i", "y", "o", "u")
_STOPS: Final = ("ch", "c", "p", "t")
_FRONT: Final = frozenset("eêiy")
_QUALITY: Final = frozenset("ăâêôơư")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A legal syllable in its parts, lower case, without tone marks on the letters."""

    onset: str
    glide: str
    nucleus: str
    coda: str
    tone: Tone

    @property
    def toneless(self) -> str:
        """The spelling without its tone: ``ủy`` → ``uy``."""
        onset = "q" if self.onset == "qu" else self.onset
        if onset == "gi" and self.nucleus == "i":
            onset = "g"  # gì, gìn: the i is written once
        return onset + self.glide + self.nucleus + self.coda


def split_tone(text: str) -> tuple[str, Tone | None]:
    """Return *text* without tone marks, and its tone; None when it has more than one."""
    found: list[Tone] = []
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        tone = _TONE_MARKS.get(character)
        if tone is None:
            letters.append(character)
        else:
            found.append(tone)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if len(found) > 1:
        return plain, None
    return plain, found[0] if found else Tone.LEVEL


@lru_cache(maxsize=65536)
def parse(text: str) -> Syllable | None:
    """Decompose one word, or return None when it is no legal syllable."""
    plain, tone = split_tone(text.lower())
    if tone is None or not plain:
        return None
    for onset in _onsets_of(plain):
        rime = plain[len(onset) :]
        if onset == "gi" and rime[:1] not in _VOWELS:
            rime = "i" + rime
        parts = _rime(onset, rime)
        if parts and (tone in (Tone.SAC, Tone.NANG) or parts[2] not in _STOPS):
            return Syllable(onset, *parts, tone)
    return None


_VOWELS: Final = frozenset("aăâeêioôơuưy")
_OPENERS: Final = frozenset("aeiouy")


def _onsets_of(plain: str) -> list[str]:
    """Return the onsets that *plain* may begin with, longest first, the empty one last."""
    return [onset for size in (3, 2, 1, 0) if (onset := plain[:size]) in _grammar().onsets]


def _rime(onset: str, rime: str) -> tuple[str, str, str] | None:
    """Split a toneless rime into glide, nucleus and coda, or return None if *onset* forbids it."""
    grammar = _grammar()
    if onset == "qu":
        return ("u", *_coda(rime)) if rime in grammar.qu_rimes else None
    if onset in grammar.front_onsets and rime[:1] not in _FRONT:
        return None
    if onset in grammar.back_onsets and rime[:1] in _FRONT:
        return None
    if rime in grammar.glide_rimes and onset not in grammar.labial_onsets:
        return (rime[0], *_coda(rime[1:]))
    if rime in grammar.y_rimes and not onset:
        return ("", *_coda(rime))
    if rime == "y":
        return ("", "y", "") if onset in grammar.y_onsets else None
    if not onset and rime.startswith("iê"):
        return None  # written yê- without onset
    return ("", *_coda(rime)) if rime in grammar.rimes else None


def _coda(rime: str) -> tuple[str, str]:
    """Split nucleus and coda."""
    for coda in _CODAS:
        nucleus = rime[: -len(coda)]
        if rime.endswith(coda) and nucleus:
            return nucleus, coda
    return rime, ""


def is_syllable(text: str) -> bool:
    """Tell whether *text* is one legal syllable, in any case and either tone placement."""
    return parse(text) is not None


def is_bare_syllable(text: str) -> bool:
    """Tell whether *text*, which has no marks, is a syllable that lost them (``muc``, ``NGHI``)."""
    return text.lower() in _bare_syllables()


def begins_as_syllable(text: str) -> bool:
    """Tell whether the consonants that *text* begins with, without marks, may begin a syllable."""
    plain = unmarked(text.lower())
    onset = plain[: next((at for at, letter in enumerate(plain) if letter in _OPENERS), len(plain))]
    return onset == "q" or onset in _grammar().onsets


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """Return the look-up form: lower case, tone in the new style; other words only lower-cased."""
    syllable = parse(text)
    return spell(syllable) if syllable else text.lower()


def spell(syllable: Syllable, *, old_style: bool = False) -> str:
    """Write a syllable with its tone mark on the right letter (``hòa``; old style ``hoà``)."""
    plain = syllable.toneless
    if not syllable.tone:
        return plain
    at = _tone_position(syllable, plain, old_style=old_style)
    marked = plain[: at + 1] + chr(syllable.tone) + plain[at + 1 :]
    return unicodedata.normalize("NFC", marked)


def _tone_position(syllable: Syllable, plain: str, *, old_style: bool) -> int:
    """Return the index of the letter that carries the tone (QĐ 240/QĐ of 1984 and usage)."""
    start = len(plain) - len(syllable.coda) - len(syllable.nucleus)
    marked = [i for i in range(start, start + len(syllable.nucleus)) if plain[i] in _QUALITY]
    if marked:
        return marked[-1]  # of ươ the ơ, of iê the ê
    if syllable.glide and syllable.onset != "qu" and len(plain) - start == 1 and not old_style:
        return start - 1  # oa, oe, uy: the glide carries the tone in the new style
    return start + (syllable.nucleus == "oo")  # moóc


@dataclass(frozen=True, slots=True)
class _Grammar:
    onsets: frozenset[str]
    front_onsets: frozenset[str]
    back_onsets: frozenset[str]
    labial_onsets: frozenset[str]
    y_onsets: frozenset[str]
    rimes: frozenset[str]
    y_rimes: frozenset[str]
    glide_rimes: frozenset[str]
    qu_rimes: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data = tomllib.loads(dictionary("grammar", "syllable.toml").read_text(encoding="utf-8"))
    words = {
        key: frozenset(value.split() if isinstance(value, str) else value)
        for key, value in data.items()
    }
    words["onsets"] |= {""}
    return _Grammar(**words)


@cache
def _bare_syllables() -> frozenset[str]:
    """Return every legal syllable without its marks."""
    grammar = _grammar()
    rimes = grammar.rimes | grammar.y_rimes | grammar.glide_rimes | {"y"}
    spelled = {onset + rime for onset in grammar.onsets for rime in rimes}
    spelled |= {"qu" + rime for rime in grammar.qu_rimes}
    return frozenset(map(unmarked, spelled))
