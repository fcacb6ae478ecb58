"""The closing block: recipients on the left; authority, office and signer on the right."""

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind
from pipeline.writers.word import tables
from pipeline.writers.word.parts import Part, columns
from pipeline.writers.word.properties import paragraph_properties, spacing
from pipeline.writers.word.runs import Sheet, lead_of, paragraph
from pipeline.writers.word.signatures import beside


def closing(sheet: Sheet, blocks: list[Block]) -> BaseOxmlElement:
    """Return the closing table; it never breaks over pages.

    Of two signatures side by side the left one stands in the column of the recipients.
    """
    frame = tables.frame_of(sheet, blocks, sheet.layout.frames.closing)
    both = columns(Part.CLOSING, blocks, beside(sheet.document))
    return tables.framed(frame, [_column(sheet, column) for column in both])


def _column(sheet: Sheet, blocks: Sequence[Block]) -> list[BaseOxmlElement]:
    elements: list[BaseOxmlElement] = []
    above: Kind | None = None
    for block in blocks:
        words, own, role = sheet.document.words_of(block.spans), sheet.of(block), block.kind.value
        listed = block.kind is Kind.RECIPIENTS
        if above is not None and own.look.before is None:
            room = sheet.layout.form.signature_lines if block.kind is Kind.SIGNER else 0
            # A list of recipients under a signature, or the other way round, keeps its distance.
            room = 1 if listed is not (above is Kind.RECIPIENTS) else room
            elements.extend(paragraph(sheet, "signature") for _ in range(room))
        space = sheet.layout.styles[role].before + sheet.layout.form.closing_space
        properties = paragraph_properties(style=sheet.style(role), spacing=spacing(before=space))
        elements.append(
            paragraph(
                own,
                role,
                words,
                properties=properties if above is None else None,
                lead=lead_of(words) if listed and above is not Kind.RECIPIENTS else 0,
                lead_role="recipients_label" if listed else "",
            )
        )
        above = block.kind
    return elements
