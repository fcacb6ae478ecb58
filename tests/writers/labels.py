"""The labels that Word shows, computed from the file alone (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from .reading import paragraphs

TENS = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}


def roman(number: int) -> str:
    written = ""
    for numeral, value in TENS.items():
        while number >= value:
            written, number = written + numeral, number - value
    return written


def letter(number: int) -> str:
    """The letters of Word go through the English alphabet and are doubled after z."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


SHOWN = {
    "decimal": str,
    "upperRoman": roman,
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
}


def value(element: BaseOxmlElement | None, path: str) -> str | None:
    found = None if element is None else element.find(path)
    return None if found is None else found.get(qn("w:val"))


class Labels:
    """The numbering part of a file, and the counters on the way through its text.

    Word keeps one set of counters for all lists of an abstract definition; LibreOffice one for each
    list. *shared* says which.
    """

    def __init__(self, file: WordFile, *, shared: bool) -> None:
        parts = [rel.target_part for rel in file.part.rels.values() if rel.reltype == RT.NUMBERING]
        self.tree = parse_xml(parts[0].blob) if parts else None
        self.styles = file.styles.element
        self.shared = shared
        self.counters: dict[str, list[int]] = {}
        self.used: set[str] = set()

    def place(self, paragraph: BaseOxmlElement) -> tuple[str, int] | None:
        """Return list and level of *paragraph*: its own, else its style's."""
        properties = paragraph.pPr
        own = None if properties is None else properties.find(qn("w:numPr"))
        if own is None and properties is not None:
            style = self.styles.get_by_id(value(properties, qn("w:pStyle")))
            own = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number = value(own, qn("w:numId"))
        if number is None or number == "0":
            return None
        return number, int(value(own, qn("w:ilvl")) or 0)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Return the label of the next *paragraph* with what follows it, or "" without one."""
        place = self.place(paragraph)
        if place is None:
            return ""
        number, depth = place
        num = next(n for n in self.tree.iter(qn("w:num")) if n.get(qn("w:numId")) == number)
        abstract = value(num, qn("w:abstractNumId"))
        levels = {
            int(level.get(qn("w:ilvl"))): level
            for each in self.tree.iter(qn("w:abstractNum"))
            if each.get(qn("w:abstractNumId")) == abstract
            for level in each.iter(qn("w:lvl"))
        }
        counters = self.counters.setdefault(abstract if self.shared else number, [0] * 9)
        if number not in self.used:
            self.used.add(number)
            for override in num.iter(qn("w:lvlOverride")):
                start = int(value(override, qn("w:startOverride")))
                counters[int(override.get(qn("w:ilvl")))] = start - 1
        counters[depth] += 1
        counters[depth + 1 :] = [0] * (8 - depth)
        formats = {at: value(level, qn("w:numFmt")) for at, level in levels.items()}
        text = value(levels[depth], qn("w:lvlText"))
        if formats[depth] != "bullet":
            text = re.sub(
                r"%(\d)",
                lambda match: SHOWN[formats[int(match[1]) - 1]](counters[int(match[1]) - 1]),
                text,
            )
        return text + {"space": " ", "nothing": ""}[value(levels[depth], qn("w:suff"))]


def labelled(file: WordFile, *, shared: bool) -> Iterator[str]:
    """Yield the text of each paragraph with the label that is computed for it."""
    labels = Labels(file, shared=shared)
    for paragraph in paragraphs(file):
        text = f"{labels.label(paragraph._p)}{paragraph.text}"
        if text.strip():
            yield " ".join(text.split())


def computed(file: WordFile) -> list[str]:
    """Return the labels alone, in order."""
    labels = Labels(file, shared=True)
    found = (labels.label(paragraph._p) for paragraph in paragraphs(file))
    return [label.strip() for label in found if label]
