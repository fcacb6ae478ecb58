"""The content: paragraphs, legal basis, headings, numbered and dashed units, annexes, footnotes."""

from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind, Word
from pipeline.writers.word import tables
from pipeline.writers.word.layout import Form
from pipeline.writers.word.properties import indent, paragraph_properties
from pipeline.writers.word.runs import Sheet, paragraph

_ROLES: Final = {Kind.LEGAL_BASIS: "legal_basis"}
_DEEPEST: Final = 6  # levels that the layout has styles for


def body(sheet: Sheet, block: Block) -> list[BaseOxmlElement]:
    """Return the elements of a block of content: a paragraph, or a table and what is above it."""
    words = sheet.document.words_of(block.spans)
    if block.kind is Kind.TABLE:
        above = [paragraph(sheet, "content", words, seen=True)] if block.spans else []
        return above + ([tables.ruled(sheet, block)] if any(block.rows) else [])
    if block.kind is Kind.HEADING and not 0 < block.title < len(words):
        return [_heading(sheet, block, words)]
    role = _ROLES.get(block.kind, "content")
    outline = 0
    if block.kind in (Kind.HEADING, Kind.ITEM):
        role = f"item{_depth(block)}"
        # A heading that runs into its text keeps its place in the navigation pane.
        outline = _depth(block) if block.kind is Kind.HEADING else 0
    return [
        paragraph(
            sheet,
            role,
            words,
            properties=paragraph_properties(style=sheet.style(role), outline=outline),
            seen=True,
            lead=block.title,
            lead_role="running_title",
        )
    ]


def annex(sheet: Sheet, blocks: list[Block]) -> list[BaseOxmlElement]:
    """Return the title of an annex, on a new page; a line in brackets says what it belongs to."""
    elements = []
    for index, block in enumerate(blocks):
        words = sheet.document.words_of(block.spans)
        role = "annex_note" if sheet.document.text_of(block.spans).startswith("(") else "annex"
        properties = paragraph_properties(style=sheet.style(role), page_break=index == 0)
        elements.append(paragraph(sheet.of(block), role, words, properties=properties))
    return elements


def footnote(sheet: Sheet, block: Block) -> BaseOxmlElement:
    """Return a footnote as a plain paragraph."""
    return paragraph(sheet, "footnote", sheet.document.words_of(block.spans), seen=True)


def _heading(sheet: Sheet, block: Block, words: list[Word]) -> BaseOxmlElement:
    role = f"heading{_depth(block)}"
    form = sheet.layout.form
    properties, breaks = None, []
    if _starts(block, form.centred_headings):
        properties = paragraph_properties(style=sheet.style(role), indent=indent(), align="center")
        breaks = [_label_words(block, words)]
    return paragraph(
        sheet,
        role,
        words,
        properties=properties,
        face=_upright(sheet, role, block, form),
        breaks=breaks,
    )


def _upright(sheet: Sheet, role: str, block: Block, form: Form) -> tuple[bool | None, bool | None]:
    """Return the bold and italic that make some headings bold upright at every level."""
    style = sheet.layout.styles[role]
    if not _starts(block, (*form.upright_headings, *form.centred_headings)):
        return None, None
    return None if style.bold else True, False if style.italic else None


def _starts(block: Block, openings: tuple[str, ...]) -> bool:
    return block.label.casefold().startswith(openings)


def _label_words(block: Block, words: list[Word]) -> int:
    """Return how many of *words* make the block's label; 0 when they do not."""
    read = ""
    for index, word in enumerate(words):
        read = f"{read} {word.text}".strip()
        if read == block.label:
            return index + 1
    return 0


def _depth(block: Block) -> int:
    return min(max(block.level, 1), _DEEPEST)
