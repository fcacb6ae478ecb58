"""Words of the official form that stand alone on their line, whatever dirt left of them.

``Nơi nhận:`` is small, bold and italic, and the first letter of it that a reader misses; no other
line is like it.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.model import Change, Decision, Line, Reason, Stage, replace

CERTAINTY: Final = 0.97
_FIRST: Final = "Nơi"
_REMAINS: Final = regex.compile(r"[^\s]{0,3}ơi")
_SECOND: Final = frozenset({"nhận:", "nhận;", "nhận.", "nhận"})


def with_formulas(line: Line) -> Line:
    """Return *line*, made ``Nơi nhận:`` where it can be nothing else."""
    texts = [word.text for word in line.words]
    if len(texts) != 2 or texts[1] not in _SECOND or texts[0] == _FIRST:
        return line
    if not _REMAINS.fullmatch(texts[0]):
        return line
    word = line.words[0]
    change = Change(word.text, _FIRST, Reason.LETTERS, CERTAINTY, Stage.CORRECTION, Decision.MADE)
    return replace(line, words=(word.changed(change), line.words[1]))
