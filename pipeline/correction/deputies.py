"""The office of one who signs for another: under ``KT. CHỦ TỊCH`` it is ``PHÓ CHỦ TỊCH``.

Seals are put over the beginning of the signatory's office, so its first word is what is read worst
of all on a page. The form of documents knows it: who signs *ký thay* is the deputy of the office
named above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from pipeline.correction.lexicon import skeleton
from pipeline.model import Change, Decision, Line, Reason, Stage, Word, replace

CERTAINTY: Final = 0.97
DEPUTY: Final = "PHÓ"
_FOR: Final = regex.compile(r"K[/.]?T[./,:]*")
_LEAST: Final = 2  # words of an office: of one alone, the word before it may be another office's


def with_deputies(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield *lines*, the word before a deputy's office set right, or proposed where none is left.

    Only lines in capitals change, and only under the very office for which they sign.
    """
    office: tuple[Word, ...] = ()
    for line in lines:
        yield _with_deputy(line, office) if office else line
        signs_for = len(line.words) > _LEAST and _FOR.fullmatch(line.words[0].text)
        office = line.words[1:] if signs_for else ()


def _with_deputy(line: Line, office: tuple[Word, ...]) -> Line:
    words = line.words
    before, own = words[: -len(office)], words[-len(office) :]
    alike = skeleton([word.text for word in own]) == skeleton([word.text for word in office])
    if not alike or len(before) > 1 or not all(word.text.isupper() for word in own):
        return line
    first = words[0]
    after = DEPUTY if before else f"{DEPUTY} {first.text}"
    if first.text == after:
        return line
    decision = Decision.MADE if before else Decision.PROPOSED
    change = Change(first.text, after, Reason.LETTERS, CERTAINTY, Stage.CORRECTION, decision)
    return replace(line, words=(first.changed(change), *words[1:]))
