"""Annexes: where one begins, and what of its first line is its label.

``PHỤ LỤC``, ``Phụ lục 1``, ``PHỤ LỤC SỐ 02``, ``Phụ lục I:`` stand alone, or their name follows on
the same line. A mention in the text that begins a line (``Phụ lục 1 kèm theo Kế hoạch này``) goes
on in lower case, or the line above is not finished.
"""

from __future__ import annotations

import re

from pipeline.structure.flow import Piece, capitals
from pipeline.structure.form import fold

_HEAD = re.compile(
    r"phu luc(?: so)?(?: (?:\d{1,3}[a-z]?|[ivxlc]{1,6}|[a-z])(?:[./-]\d{1,2})?)?\s*[.:–—-]*"
)
_CAPS = 0.85
_SIGNS = ".:–—-"


def annex_label(line: Piece, above: Piece | None) -> int:
    """Return how many words of *line* are the label of an annex that begins there; 0 for none."""
    texts = [word.text for word in line.words]
    if line.line.cell is not None or fold(" ".join(texts[:2])) != "phu luc":
        return 0
    if not texts[0][:1].isupper():
        return 0
    count = next((n for n in range(min(len(texts), 6), 1, -1) if _is_label(texts[:n])), 0)
    rest = texts[count:]
    if not count:
        return 0
    if not rest:
        return count if _opens(line, above) else 0
    if capitals(" ".join(texts)) > _CAPS:
        return count
    signed = texts[count - 1][-1:] in _SIGNS
    return count if signed and rest[0][:1].isupper() and _opens(line, above) else 0


def _is_label(texts: list[str]) -> bool:
    return bool(_HEAD.fullmatch(fold(" ".join(texts))))


def _opens(line: Piece, above: Piece | None) -> bool:
    """Whether *line* does not go on with the one above it."""
    if above is None or line.gap_above or above.span.page != line.span.page:
        return True
    return above.text.endswith((".", ";", ":", "!", "?")) or above.text.isupper()
