"""One spelling of text for comparison, so that a score counts reading errors and not house styles.

Two texts that differ only in the place of a tone mark (``hoà``, ``hòa``), in the shape of quotes,
dashes, bullets and leaders, or in blanks and line breaks have the same canonical form.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TONE: Final = "[\u0300\u0301\u0303\u0309\u0323]"

# In an open syllable the tone of oa, oe, uy stands on either vowel, by school; qu is a consonant.
# Applied to decomposed text, where a tone follows the vowel that carries it.
_TONE_ON_SECOND_VOWEL: Final = re.compile(
    rf"(?<![qQ])([oOuU])([aAeEyY])({_TONE})(?![\w\u0300-\u036f])"
)

# In this order; each is (what stands for it in print, its one spelling).
_SHAPES: Final = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        ("[“”„\"«»]|''", '"'),
        ("[‘’`´]", "'"),
        ("[–—−‐‑]", "-"),
        ("[•●▪■]", "-"),
        (r"…|\.(?:\s?\.)+", "..."),
        (r"(?<=\d)\s*-\s*(?=\d|[A-ZĐ])", "-"),  # 01 - CT/TW = 01-CT/TW
    )
)


def canonical(text: str) -> str:
    """Return *text* in its one spelling: NFC, single blanks, no line breaks."""
    decomposed = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", _TONE_ON_SECOND_VOWEL.sub(r"\1\3\2", decomposed))
    for shape, spelling in _SHAPES:
        text = shape.sub(spelling, text)
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return the canonical form in lower case, letters and digits only, single blanks."""
    return " ".join(re.findall(r"[^\W_]+", canonical(text).lower()))
