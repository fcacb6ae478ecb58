"""The numbering part: multilevel lists that show the labels of headings and items.

As in the form, a label stands in the first line's indent, a blank after it, and nothing hangs.
"""

from __future__ import annotations

from typing import Final

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block
from pipeline.writers.word.attach import attach
from pipeline.writers.word.numbering import Level
from pipeline.writers.word.properties import indent
from pipeline.writers.word.runs import Sheet
from pipeline.writers.word.xml import make

_NONE: Final = 0  # the list of a paragraph that its style must not number
_FIRST_NAME: Final = 0x56420000  # Word tells lists of several files apart by such a name


def install(file: WordFile, sheet: Sheet) -> None:
    """Add the lists of *sheet*'s numbering to *file*, and link the styles that number with them."""
    plan = sheet.numbering
    if not plan.lists:
        return
    tree = make("numbering")
    for scheme, levels in enumerate(plan.schemes):
        linked = {level: role for role, (own, level) in plan.linked.items() if own == scheme}
        tree.append(
            make(
                "abstractNum",
                make("nsid", val=f"{_FIRST_NAME + scheme:08X}"),
                make("multiLevelType", val="multilevel"),
                *(_level(sheet, depth, levels[depth], linked) for depth in range(len(levels))),
                abstractNumId=scheme,
            )
        )
    for number, scheme in enumerate(plan.lists, 1):
        again = scheme in plan.lists[: number - 1]
        restart = make("lvlOverride", make("startOverride", val=1), ilvl=0) if again else None
        tree.append(make("num", make("abstractNumId", val=scheme), restart, numId=number))
    attach(file, "numbering", tree, RT.NUMBERING, CT.WML_NUMBERING)
    for role, (scheme, depth) in plan.linked.items():
        style = file.styles.element.get_by_id(sheet.style(role))
        control = style.pPr.find(qn("w:widowControl"))
        control.addnext(_place(plan.lists.index(scheme) + 1, depth))


def number(sheet: Sheet, block: Block, role: str) -> BaseOxmlElement | None:
    """Return the ``w:numPr`` of *block*, a paragraph in the style *role*; None if it needs none."""
    label = sheet.numbering.labels.get(block)
    if label is not None:
        return _place(label.list, label.depth)
    return _place(_NONE, 0) if role in sheet.numbering.linked else None


def _place(number: int, depth: int) -> BaseOxmlElement:
    return make("numPr", make("ilvl", val=depth), make("numId", val=number))


def _level(sheet: Sheet, depth: int, level: Level, linked: dict[int, str]) -> BaseOxmlElement:
    first_line = sheet.layout.styles["item1"].first_line
    return make(
        "lvl",
        make("start", val=1),
        make("numFmt", val=level.format),
        make("pStyle", val=sheet.style(linked[depth])) if depth in linked else None,
        make("suff", val="space"),
        make("lvlText", val=level.text),
        make("lvlJc", val="left"),
        make("pPr", indent(first_line=first_line)),
        ilvl=depth,
    )
