"""The header block: issuing body and number on the left, motto, place and date on the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind, Word
from pipeline.writers.word import measure, tables
from pipeline.writers.word.layout import RULE
from pipeline.writers.word.parts import BODIES, Part, columns
from pipeline.writers.word.properties import paragraph_properties, spacing
from pipeline.writers.word.runs import Sheet, paragraph


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph to be: style, words, the block they come from or go on with, where they break."""

    role: str
    words: list[Word]
    block: Block
    breaks: Sequence[int] = ()
    goes_on: bool = False

    @property
    def kind(self) -> Kind:
        return self.block.kind

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)


def header(sheet: Sheet, blocks: list[Block]) -> BaseOxmlElement:
    """Return the header table; number and date are brought to the same height."""
    frame = tables.frame_of(sheet, blocks, sheet.layout.frames.header)
    left, right = (
        [item for block in column for item in _items(sheet, block, width)]
        for column, width in zip(columns(Part.HEADER, blocks), frame.widths, strict=True)
    )
    heads = (
        _head(sheet, left, BODIES, frame.widths[0]),
        _head(sheet, right, (Kind.MOTTO,), frame.widths[1]),
    )
    level = max(height for _, height in heads)
    return tables.framed(
        frame,
        [
            head + _rest(sheet, items, kinds, level - height)
            for (head, height), items, kinds in zip(
                heads, (left, right), (BODIES, (Kind.MOTTO,)), strict=True
            )
        ],
    )


def _items(sheet: Sheet, block: Block, width: float) -> Iterable[_Item]:
    words = sheet.document.words_of(block.spans)
    if block.kind is Kind.MOTTO:
        # The country's name is in capitals, its motto under it is not: a paragraph for each.
        for index, (capitals, group) in enumerate(
            groupby(_capitals(words), key=lambda pair: pair[0])
        ):
            role = "motto" if capitals else "national_motto"
            yield _Item(role, [word for _, word in group], block, goes_on=index > 0)
        return
    role = "letter_subject" if block.kind is Kind.SUBJECT else block.kind.value
    yield _Item(role, words, block, measure.breaks(sheet, block.spans, role, width))


def _capitals(words: list[Word]) -> Iterable[tuple[bool, Word]]:
    """Yield each word with whether it is set in capitals; signs go with the word before them."""
    capitals = True
    for word in words:
        if any(character.isalpha() for character in word.text):
            capitals = word.text.isupper()
        yield capitals, word


def _head(
    sheet: Sheet, items: list[_Item], kinds: tuple[Kind, ...], width: float
) -> tuple[list[BaseOxmlElement], float]:
    """Return what stands above number or date, with the form's ornament under it, and its height.

    The height is estimated in points.
    """
    mine = [item for item in items if item.kind in kinds]
    if not mine:
        return [], 0.0
    styles, form = sheet.layout.styles, sheet.layout.form
    elements = [_paragraph(sheet, item) for item in mine]
    height = sum(
        styles[item.role].line
        * (len(item.breaks) + 1 if item.breaks else sheet.layout.lines(item.text, item.role, width))
        for item in mine
    )
    last, body = mine[-1], Kind.MOTTO not in kinds
    own = sheet.of(last.block)
    ornament = sheet.ornament(last.block, form.under_body if body else form.under_motto)
    if ornament == RULE:
        long = measure.length(own, last.text, last.role, width)
        elements.append(measure.rule(own, long * (form.body_rule if body else 1), width))
    elif ornament:
        elements.append(measure.ornament(own, ornament))
    drawn = styles["rule" if ornament == RULE else "ornament"]
    return elements, height + (drawn.before + drawn.line + drawn.after if ornament else 0)


def _rest(
    sheet: Sheet, items: list[_Item], kinds: tuple[Kind, ...], drop: float
) -> list[BaseOxmlElement]:
    """Return what stands under the ornament, its first paragraph moved down by *drop* points."""
    elements: list[BaseOxmlElement] = []
    for item in items:
        if item.kind in kinds:
            continue
        properties = None
        if drop and not elements:
            style = sheet.layout.styles[item.role]
            properties = paragraph_properties(
                style=sheet.style(item.role), spacing=spacing(before=style.before + drop)
            )
        elements.append(_paragraph(sheet, item, properties))
    return elements


def _paragraph(
    sheet: Sheet, item: _Item, properties: BaseOxmlElement | None = None
) -> BaseOxmlElement:
    own = sheet.of(item.block)
    if item.goes_on and own.look.before is not None:
        own = replace(own, look=replace(own.look, before=0))
    return paragraph(own, item.role, item.words, properties=properties, breaks=item.breaks)
