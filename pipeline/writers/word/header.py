"""The header block: issuing body and number on the left, motto, place and date on the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind, Word
from pipeline.writers.word import measure, tables
from pipeline.writers.word.layout import RULE
from pipeline.writers.word.properties import paragraph_properties, spacing
from pipeline.writers.word.runs import Sheet, paragraph

_BODIES = (Kind.SUPERIOR_BODY, Kind.ISSUING_BODY)
_LEFT = (*_BODIES, Kind.NUMBER, Kind.SUBJECT)
_RIGHT = (Kind.MOTTO, Kind.PLACE_DATE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph to be: style, words, the kind of block they come from, where they break."""

    role: str
    words: list[Word]
    kind: Kind
    breaks: Sequence[int] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)


def header(sheet: Sheet, blocks: list[Block]) -> BaseOxmlElement:
    """Return the header table; number and date are brought to the same height.

    A mark (secrecy, urgency, draft) stays in the column of the block before it.
    """
    widths = sheet.layout.frames.header
    left: list[_Item] = []
    right: list[_Item] = []
    column = left
    for block in blocks:
        column = left if block.kind in _LEFT else right if block.kind in _RIGHT else column
        column.extend(_items(sheet, block, widths[column is right]))
    heads = (_head(sheet, left, _BODIES, widths[0]), _head(sheet, right, (Kind.MOTTO,), widths[1]))
    level = max(height for _, height in heads)
    columns = [
        head + _rest(sheet, items, kinds, level - height)
        for (head, height), items, kinds in zip(
            heads, (left, right), (_BODIES, (Kind.MOTTO,)), strict=True
        )
    ]
    return tables.frame(widths, columns)


def _items(sheet: Sheet, block: Block, width: float) -> Iterable[_Item]:
    words = sheet.document.words_of(block.spans)
    if block.kind is Kind.MOTTO:
        # The country's name is in capitals, its motto under it is not: a paragraph for each.
        for capitals, group in groupby(_capitals(words), key=lambda pair: pair[0]):
            role = "motto" if capitals else "national_motto"
            yield _Item(role, [word for _, word in group], block.kind)
        return
    role = "letter_subject" if block.kind is Kind.SUBJECT else block.kind.value
    yield _Item(role, words, block.kind, measure.breaks(sheet, block.spans, role, width))


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
    ornament = form.under_body if body else form.under_motto
    if ornament == RULE:
        long = measure.length(sheet, last.text, last.role, width)
        elements.append(measure.rule(sheet, long * (form.body_rule if body else 1), width))
    elif ornament:
        elements.append(paragraph(sheet, "ornament", text=ornament))
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
    return paragraph(sheet, item.role, item.words, properties=properties, breaks=item.breaks)
