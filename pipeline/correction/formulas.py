"""Words of the official form that dirt or a lost blank leave no doubt about.

``Nơi nhận:`` is small, bold and italic, and its first letter is what a reader misses; no other line
is like it. A subject begins with ``Về việc``, a name that begins so does not exist.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.correction.rewriting import rewritten
from pipeline.model import Line, Reason, replace

CERTAINTY: Final = 0.97
_FIRST: Final = "Nơi"
_SUBJECT: Final = regex.compile(r"[,.'‘’`´]?(Về)(việc)", regex.IGNORECASE)
_REMAINS: Final = regex.compile(r"[^\s]{0,3}ơi")
_SECOND: Final = frozenset({"nhận:", "nhận;", "nhận.", "nhận"})


def with_formulas(line: Line) -> Line:
    """Return *line* with its formula whole, where it can be nothing else."""
    if line.words and (found := _SUBJECT.fullmatch(line.words[0].text)):
        return _begun(line, f"{found[1]} {found[2]}", Reason.SPACING)
    texts = [word.text for word in line.words]
    if len(texts) != 2 or texts[1] not in _SECOND or texts[0] == _FIRST:
        return line
    if not _REMAINS.fullmatch(texts[0]):
        return line
    return _begun(line, _FIRST, Reason.LETTERS)


def _begun(line: Line, text: str, reason: Reason) -> Line:
    first, *others = line.words
    return replace(line, words=(rewritten(first, text, reason, CERTAINTY), *others))
