"""Headings: which units carry a title, which are full paragraphs, where a title runs in.

A title line is short, has no closing sentence punctuation, and its siblings look alike (document
form, sections 5.2 and 5.5). Bullets are never headings; divisions (Phần, Chương, Mục, Điều) always.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum

from pipeline.correction.syllable import is_syllable
from pipeline.model import Word
from pipeline.structure.flow import capitals, first_letter
from pipeline.structure.form import components, fold, table
from pipeline.structure.hierarchy import Unit
from pipeline.structure.markers import DIVISIONS, NUMBERED
from pipeline.structure.paragraphs import Paragraph

_CAPS = 0.85
_LEGIBLE = 0.8  # of the words of a title
_STOPS = '.,:;()"“”-–'
_MOST_WORDS_UNNUMBERED = 20


class Shape(Enum):
    """How a unit looks by itself, before its siblings are asked."""

    TITLE = "title"
    RUNNING = "running"  # a title that runs into its text
    TEXT = "text"


def titles(sequence: list[Paragraph], units: list[Unit | None]) -> list[int | None]:
    """Return for each paragraph how many of its words are title: None for none, 0 for all of them.

    Words are counted with the marker. Siblings decide together: a title-like line among full
    paragraphs is an item; a running-in title needs a sibling with a title, or a turn of face.
    """
    shapes: list[Shape] = []
    cuts: list[int] = []
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for index, (paragraph, unit) in enumerate(zip(sequence, units, strict=True)):
        looks, cut = _shape(paragraph, unit)
        shapes.append(looks)
        cuts.append(cut)
        if unit is not None:
            runs[unit.run].append(index)
    result: list[int | None] = []
    for index, (paragraph, unit) in enumerate(zip(sequence, units, strict=True)):
        if unit is None:
            result.append(0 if _unnumbered_title(paragraph) else None)
        else:
            others = [shapes[other] for other in runs[unit.run] if other != index]
            result.append(_decide(paragraph, unit, shapes[index], cuts[index], others))
    return result


def _decide(
    paragraph: Paragraph, unit: Unit, looks: Shape, cut: int, others: list[Shape]
) -> int | None:
    system = unit.reading.system
    if system not in NUMBERED:
        return None
    if system in DIVISIONS:
        if looks is Shape.TITLE:
            return 0
        return cut if looks is Shape.RUNNING else len(unit.reading.words)
    bold = _faces(paragraph, len(unit.reading.words))
    titled = sum(other is not Shape.TEXT for other in others)
    plain = len(others) - titled
    if looks is Shape.TITLE:
        # Alone, it is what it looks like; among full paragraphs it is one of them.
        alone = not others and unit.step == 0
        return 0 if bold or alone or (others and titled + 1 > plain) else None
    if looks is Shape.RUNNING:
        return cut if _turns(paragraph, cut) or (titled and titled >= plain) else None
    return None


def shape(paragraph: Paragraph, unit: Unit | None) -> Shape:
    """Return how *unit* looks by itself."""
    return _shape(paragraph, unit)[0]


def _shape(paragraph: Paragraph, unit: Unit | None) -> tuple[Shape, int]:
    if unit is None or unit.reading.system not in NUMBERED:
        return Shape.TEXT, 0
    limits: dict[str, int] = table("components")["title"]
    marker = len(unit.reading.words)
    words = [word.text for word in _words(paragraph)]
    count = sum(bool(word) for word in words) - marker
    ending = paragraph.text.rstrip()
    fits = count <= limits["most_words"] and len(paragraph.pieces) <= limits["most_lines"]
    if fits and not ending.endswith((".", ";", ":", ",", "!", "?")) and not _mid_colon(words):
        return Shape.TITLE, 0
    if (
        ending.endswith(":")
        and count <= limits["most_words_colon"]
        and not any("," in word for word in words[marker:])
        and not _introduces_list(words, len(words))
    ):
        return Shape.TITLE, 0
    cut = _running_title(words, marker)
    return (Shape.RUNNING, cut) if cut else (Shape.TEXT, 0)


def _mid_colon(words: list[str]) -> bool:
    return any(word.endswith(":") for word in words[:-1])


def _running_title(words: list[str], marker: int) -> int:
    """Return where a running-in title may end: after a colon, or after a short first sentence."""
    limits: dict[str, int] = table("components")["running_title"]
    for index in range(marker, min(len(words), marker + limits["most_words"])):
        word = words[index]
        rest = words[index + 1 :]
        if len(rest) < limits["least_after"]:
            return 0
        if word.endswith(":"):
            return 0 if _introduces_list(words, index + 1) else index + 1
        stop = word.endswith(".") and len(word) > 2 and word[:-1].islower()
        if stop and index - marker < limits["most_words_stop"]:
            return index + 1 if first_letter(rest[0]).isupper() else 0
    return 0


def _introduces_list(words: list[str], stop: int) -> bool:
    before = fold(" ".join(words[max(0, stop - 4) : stop])).rstrip(" :.")
    return any(
        before == end or before.endswith(f" {end}")
        for end in components("list_introduction", "ends")
    )


def _unnumbered_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph without a marker is a title: capitals throughout, short, no end mark.

    Its words are Vietnamese: a seal, a code or a file's name was read as something else.
    """
    text = paragraph.text
    words = text.split()
    legible = sum(is_syllable(word.strip(_STOPS).lower()) for word in words)
    return (
        2 <= len(words) <= _MOST_WORDS_UNNUMBERED
        and legible >= _LEGIBLE * len(words)
        and capitals(text) > _CAPS
        and not text.endswith((".", ";", ":", ",", "!", "?"))
    )


def _words(paragraph: Paragraph) -> list[Word]:
    return [word for piece in paragraph.pieces for word in piece.words]


def _faces(paragraph: Paragraph, marker: int) -> bool:
    """Whether everything after the marker is seen to be bold."""
    faces = [word.bold for word in _words(paragraph)[marker:]]
    return bool(faces) and all(face is True for face in faces)


def _turns(paragraph: Paragraph, cut: int) -> bool:
    """Whether the type face changes from bold or italic to normal at *cut*."""
    words = _words(paragraph)
    before, after = words[cut - 1], words[cut]
    return bool((before.bold and after.bold is False) or (before.italic and after.italic is False))
