"""Mixtures: a figure or a point inside a word, where a letter was printed.

``1ó`` was có, ``ch1nh`` was chính, ``L.ưu`` was Lưu: no dictionary knows what was printed, and the
shape alone says that it was not this. What documents do print so is spared: a unit or a footnote's
number behind a word (``m2``, ``định1``), a figure that lost the blank before a word (``4giờ``),
codes and labels (``M03a``, ``5x5m``), ``v.v``, and a sentence that lost the blank before its
capital (``C.Mác``, ``này.Trường``).
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.correction.channel import bare
from pipeline.correction.syllable import is_syllable

_INSIDE: Final = regex.compile(r"(?<![\p{L}\d])\p{L}*(?:\p{Ll}\d\p{Ll}|\p{Lu}\d\p{Ll}{2})\p{L}*")
_BEFORE: Final = regex.compile(r"(?<![\p{L}\d.,])\d+(\p{Ll}+)(?![\p{L}\d])")
_POINT: Final = regex.compile(r"\p{L}\.\p{Ll}")
_AND_SO_ON: Final = regex.compile(r"v\.v")
_VOWELS: Final = frozenset("aeiouy")
_DONG: Final = "đ"  # 5.000đ


def is_mixture(core: str) -> bool:
    """Tell whether *core*, no address, holds a figure or a point where a letter must have stood."""
    if _INSIDE.search(core) or (_POINT.search(core) and not _AND_SO_ON.search(core)):
        return True
    return any(_lost_its_first(found[1]) for found in _BEFORE.finditer(core))


def _lost_its_first(rest: str) -> bool:
    """Tell whether *rest*, small letters behind a figure, begins with one read as that figure.

    Letters without marks may be a unit (5km) or a label (1a); a syllable that begins with a
    consonant is whole.
    """
    return not rest.isascii() and rest != _DONG and not (is_syllable(rest) and _is_whole(rest))


def _is_whole(syllable: str) -> bool:
    return bare(syllable[0]) not in _VOWELS
