"""Titles that text was joined to, because their last line was as full as a wrapped one.

Siblings tell: where those of a unit are titles, it is one too, up to the line at which a sentence
begins. A capital there is no name's if the second word is small and the first opens no body's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.structure.flow import Piece
from pipeline.structure.form import components, starts, type_names
from pipeline.structure.headings import Shape, shape
from pipeline.structure.hierarchy import Unit
from pipeline.structure.markers import DIVISIONS, NUMBERED
from pipeline.structure.paragraphs import Paragraph, ends_with, unfinished

_LONGEST = 3  # lines of a title


def title_lines(sequence: Sequence[Paragraph], units: Sequence[Unit | None]) -> dict[int, int]:
    """Return for each paragraph that runs on below its title how many of its lines are title."""
    shapes = [shape(paragraph, unit) for paragraph, unit in zip(sequence, units, strict=True)]
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if unit is not None and unit.reading.system in NUMBERED - DIVISIONS:
            runs[unit.run].append(index)
    found: dict[int, int] = {}
    for members in runs.values():
        titled = sum(shapes[index] is Shape.TITLE for index in members)
        for index in members:
            if shapes[index] is Shape.TEXT and 2 * titled > len(members):
                lines = _title_lines(sequence[index], units[index])
                found |= {index: lines} if lines else {}
    return found


def _title_lines(paragraph: Paragraph, unit: Unit | None) -> int:
    pieces = paragraph.pieces
    for count in range(1, min(_LONGEST, len(pieces) - 1) + 1):
        title = Paragraph(pieces[:count], paragraph.evidence)
        if _opens(pieces[count - 1].text, pieces[count]) and shape(title, unit) is Shape.TITLE:
            return count
    return 0


def _opens(above: str, line: Piece) -> bool:
    """Whether a sentence begins with *line*."""
    words = line.text.split()
    if len(words) < 2 or not words[0].istitle() or not words[1].islower():
        return False
    goes_on = unfinished(above) or ends_with(above, "before_name") or above.endswith((",", "-"))
    named = starts(line.text, (*components("body", "heads"), *type_names()))
    return not goes_on and not named and not above.rsplit(maxsplit=1)[-1][:1].isupper()
