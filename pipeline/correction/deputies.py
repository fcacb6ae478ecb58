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
from pipeline.correction.rewriting import rewritten
from pipeline.model import Decision, Line, Reason, Word, replace

CERTAINTY: Final = 0.97
DEPUTY: Final = "PHÓ"
_FOR: Final = regex.compile(r"K[/.]?T[./,:]*")
_REACH: Final = 3  # lines below
_SCRAPS: Final = 3  # words that may be left of one under a seal
_LEAST: Final = 2  # words of an office: of one alone, the word before it may be another office's


def with_deputies(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield *lines*, the word before a deputy's office set right, or proposed where none is left.

    Only lines in capitals change, and only under the very office for which they sign.
    """
    every = list(lines)
    for at, line in enumerate(every):
        if len(line.words) <= _LEAST or not _FOR.fullmatch(line.words[0].text):
            continue
        office = line.words[1:]
        # What is left of the word may have been read as a line of its own, before or after.
        for below in range(at + 1, min(at + 1 + _REACH, len(every))):
            scraps = [i for i in range(at + 1, below) if _beside(every[i], every[below])]
            named = _with_deputy(every[below], office, scraps=bool(scraps))
            if named is not every[below]:
                for scrap in scraps:
                    every[scrap] = _left_out(every[scrap])
                every[below] = named
                break
    yield from every


def _beside(part: Line, line: Line) -> bool:
    """Tell whether *part* is what was read of the first word of *line*: on its rows, before it."""
    if part.box is None or line.box is None or len(part.words) > _SCRAPS:
        return False
    rows = min(part.box.bottom, line.box.bottom) - max(part.box.top, line.box.top)
    return 2 * rows > part.box.height and part.box.left < line.box.left


def _left_out(line: Line) -> Line:
    return replace(line, words=tuple(_written(word, "") for word in line.words))


def _is_end_of(words: tuple[Word, ...], office: tuple[Word, ...]) -> bool:
    """Tell whether *words* are the end of *office*, the first of them without its first letters."""
    if not 1 < len(words) <= len(office) or not all(word.text.isupper() for word in words):
        return False
    own, whole = (skeleton([word.text for word in some]) for some in (words, office))
    return own != whole and whole.endswith(own) and not whole.endswith(f" {own}")


def _written(word: Word, text: str, decision: Decision = Decision.MADE) -> Word:
    return rewritten(word, text, Reason.LETTERS, CERTAINTY, decision)


def _with_deputy(line: Line, office: tuple[Word, ...], *, scraps: bool) -> Line:
    """Return *line* with the deputy's word; *scraps*: before it stands what was read of that."""
    words = line.words
    if _is_end_of(words, office):
        hidden = [DEPUTY, *(word.text for word in office[: 1 - len(words)])]
        return replace(line, words=(_written(words[0], " ".join(hidden)), *words[1:]))
    before, own = words[: -len(office)], words[-len(office) :]
    alike = skeleton([word.text for word in own]) == skeleton([word.text for word in office])
    if not alike or len(before) > 1 or not all(word.text.isupper() for word in own):
        return line
    first = words[0]
    after = DEPUTY if before else f"{DEPUTY} {first.text}"
    if first.text == after:
        return line
    decision = Decision.MADE if before or scraps else Decision.PROPOSED
    return replace(line, words=(_written(first, after, decision), *words[1:]))
