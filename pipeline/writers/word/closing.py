"""The closing block: recipients on the left; authority, office and signer on the right."""

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind
from pipeline.writers.word import tables
from pipeline.writers.word.runs import Sheet, lead_of, paragraph


def closing(sheet: Sheet, blocks: list[Block]) -> BaseOxmlElement:
    """Return the closing table; it never breaks over pages."""
    left: list[BaseOxmlElement] = []
    right: list[BaseOxmlElement] = []
    for block in blocks:
        words, own = sheet.document.words_of(block.spans), sheet.of(block)
        if block.kind is Kind.RECIPIENTS:
            lead = 0 if left else lead_of(words)
            left.append(
                paragraph(own, "recipients", words, lead=lead, lead_role="recipients_label")
            )
            continue
        if block.kind is Kind.SIGNER and right and own.look.before is None:
            room = sheet.layout.form.signature_lines
            right.extend(paragraph(sheet, "signature") for _ in range(room))
        right.append(paragraph(own, block.kind.value, words))
    frame = tables.frame_of(sheet, blocks, sheet.layout.frames.closing)
    return tables.framed(frame, (left, right))
