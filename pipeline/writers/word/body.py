"""The content: paragraphs, legal basis, headings, numbered and dashed units, annexes, footnotes."""

from collections.abc import Iterable
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind, Word
from pipeline.writers.word import measure, tables
from pipeline.writers.word.faces import Seen, evened
from pipeline.writers.word.layout import Form
from pipeline.writers.word.lists import number
from pipeline.writers.word.numbering import DEEPEST, label_words
from pipeline.writers.word.numbering import role as unit_role
from pipeline.writers.word.properties import indent, paragraph_properties, run_properties
from pipeline.writers.word.runs import Sheet, paragraph

_ROLES: Final = {Kind.LEGAL_BASIS: "legal_basis"}
_LEAD: Final = "running_title"
_DOTS: Final = "." * 12


def body(sheet: Sheet, block: Block) -> list[BaseOxmlElement]:
    """Return the elements of a block of content: a paragraph, or a table and what is above it."""
    words = sheet.document.words_of(block.spans)
    if block.kind is Kind.TABLE:
        above = [paragraph(sheet, "content", words, seen=True)] if block.spans else []
        return above + ([tables.ruled(sheet, block)] if any(block.rows) else [])
    if block.kind is not Kind.HEADING and block in sheet.enacting:
        breaks = measure.breaks(sheet, block.spans, "enacting", sheet.layout.page.text_width)
        return [paragraph(sheet, "enacting", words, breaks=breaks)]
    if block.kind not in (Kind.HEADING, Kind.ITEM):
        role = _ROLES.get(block.kind, "content")
        properties = paragraph_properties(style=sheet.style(role), align=_uneven(words))
        return [paragraph(sheet, role, words, properties=properties, seen=True)]
    role = unit_role(block, len(words))
    if role.startswith("heading"):
        return [_heading(sheet, block, role, words)]
    if sheet.printed is None:
        words = evened(words, block)
    label, rest = _parted(sheet, block, words)
    properties = paragraph_properties(
        style=sheet.style(role),
        number=number(sheet, block, role),
        indent=_own_indent(sheet, block, role),
        align=_uneven(words),
        # A heading that runs into its text keeps its place in the navigation pane.
        outline=min(max(block.level, 1), DEEPEST) if block.kind is Kind.HEADING else 0,
        mark=_mark(
            sheet,
            label,
            style=sheet.style(_LEAD) if block.title else None,
            face=_seen(label, title=bool(block.title)),
        ),
    )
    return [
        paragraph(
            sheet,
            role,
            rest,
            properties=properties,
            seen=True,
            lead=max(block.title - len(label), 0),
            lead_role=_LEAD,
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


def _heading(sheet: Sheet, block: Block, role: str, words: list[Word]) -> BaseOxmlElement:
    form = sheet.layout.form
    label, rest = _parted(sheet, block, words)
    face = _upright(sheet, role, block, form)
    named, enacts = _starts(block, form.centred_headings), block in sheet.enacting
    centred = named or enacts
    properties = paragraph_properties(
        style=sheet.style(role),
        number=number(sheet, block, role),
        indent=indent() if centred else _own_indent(sheet, block, role),
        align="center" if centred else _uneven(words),
        mark=_mark(sheet, label, face=face),
    )
    breaks = [label_words(block, words) - len(label)] if named else []
    if enacts:
        breaks = measure.breaks(sheet, block.spans, role, sheet.layout.page.text_width)
    return paragraph(sheet, role, rest, properties=properties, face=face, breaks=breaks)


def _own_indent(sheet: Sheet, block: Block, role: str) -> BaseOxmlElement | None:
    """Return the indent of the style *role* where it would go with the style's numbering."""
    if role not in sheet.numbering.linked or block in sheet.numbering.labels:
        return None
    style = sheet.layout.styles[role]
    return indent(left=style.left, first_line=style.first_line)


def _uneven(words: list[Word]) -> str | None:
    """Return how a paragraph with long rows of dots is set: they cannot be broken."""
    return "left" if any(_DOTS in word.text for word in words) else None


def _parted(sheet: Sheet, block: Block, words: list[Word]) -> tuple[list[Word], list[Word]]:
    """Return the words that Word's own label stands for, and those that are written."""
    label = sheet.numbering.labels.get(block)
    cut = label.words if label is not None else 0
    return words[:cut], words[cut:]


def _mark(
    sheet: Sheet,
    label: list[Word],
    face: Seen,
    style: str | None = None,
) -> BaseOxmlElement | None:
    """Return how Word's own label looks where it differs from the paragraph's style."""
    if not label:
        return None
    bold, italic = face
    language = sheet.layout.type_face.language
    size = sheet.look.size
    return run_properties(language, style=style, size=size, bold=bold, italic=italic)


def _upright(sheet: Sheet, role: str, block: Block, form: Form) -> Seen:
    """Return the bold and italic that make some headings bold upright at every level.

    The others look as their depth does on the paper, where the form leaves it open.
    """
    style = sheet.layout.styles[role]
    if not is_upright(block, form):
        bold, italic = sheet.faces.get(role, (None, None))
        return None if bold == style.bold else bold, None if italic == style.italic else italic
    return None if style.bold else True, False if style.italic else None


def is_upright(block: Block, form: Form) -> bool:
    """Return whether the form has the heading *block* bold upright, whatever its depth."""
    return _starts(block, (*form.upright_headings, *form.centred_headings))


def _starts(block: Block, openings: tuple[str, ...]) -> bool:
    return block.label.casefold().startswith(openings)


def _seen(label: list[Word], *, title: bool) -> Seen:
    """Return the face of a label: that of its *title*, or what was seen of it alone."""
    if title and label:
        return label[0].bold, label[0].italic
    return _any(word.bold for word in label), _any(word.italic for word in label)


def _any(faces: Iterable[bool | None]) -> bool | None:
    return True if any(faces) else None
