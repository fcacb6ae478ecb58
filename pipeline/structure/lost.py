"""Lost dashes: items of a dashed list whose dash was not read.

A list says by its stops where it ends: what introduces it ends with a colon, its items with
semicolons, the last with a full stop. A paragraph of its own inside that frame, between dashed
items or below one, is an item too. Nothing else is taken for one: without such stops a paragraph
below an item may be text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.structure.hierarchy import Unit
from pipeline.structure.markers import NUMBERED, Reading
from pipeline.structure.paragraphs import Paragraph

COST = 3.0  # of believing that there was one


def with_lost_dashes(
    sequence: Sequence[Paragraph], units: Sequence[Unit | None], apart: frozenset[int]
) -> list[Unit | None]:
    """Return *units* with the items whose dash was lost.

    Args:
        sequence: the paragraphs of running text.
        units: what each of them is.
        apart: indices before which something else than text stands.
    """
    found = list(units)
    for index in range(1, len(sequence)):
        paragraph, above = sequence[index], sequence[index - 1].text
        if found[index] is not None or index in apart or not paragraph.certain:
            continue
        if not paragraph.text[:1].isupper() or not paragraph.text.endswith((";", ".")):
            continue
        before, following = found[index - 1], _item(found, index + 1, apart)
        if before is not None and _dashed(before) and above.endswith(";"):
            found[index] = _lost(before, paragraph)
        elif following is not None and above.endswith(":") and paragraph.text.endswith(";"):
            # The first of the list; what introduces it, if it is a unit, stands above the list.
            found[index] = _lost(following, paragraph) if _above(before, following) else None
    return found


def _item(units: Sequence[Unit | None], index: int, apart: frozenset[int]) -> Unit | None:
    """Return the dashed item at *index*, if there is one."""
    unit = units[index] if index < len(units) and index not in apart else None
    return unit if unit is not None and _dashed(unit) else None


def _above(unit: Unit | None, following: Unit) -> bool:
    return unit is None or unit.level < following.level


def _dashed(unit: Unit) -> bool:
    return unit.reading.system not in NUMBERED


def _lost(sibling: Unit, paragraph: Paragraph) -> Unit:
    """Return the unit that *paragraph* is, an item like its *sibling*."""
    label = sibling.reading.label
    words = paragraph.pieces[0].words
    first = next(index for index, word in enumerate(words) if word.text)
    written = (*("" for _ in range(first)), f"{label} {words[first].text}")
    reading = Reading(sibling.reading.system, (), label, COST, written, "", label)
    return replace(sibling, reading=reading, step=0.0)
