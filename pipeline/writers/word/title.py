"""Type name and subject, the ornament under them, and the addressees."""

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block
from pipeline.writers.word import measure
from pipeline.writers.word.layout import RULE
from pipeline.writers.word.runs import Sheet, lead_of, paragraph


def title(sheet: Sheet, blocks: list[Block]) -> list[BaseOxmlElement]:
    """Return type name and subject, centred, with the form's ``-----`` or rule under the last."""
    width = sheet.layout.page.text_width
    ornament = sheet.ornament(blocks[-1], sheet.layout.form.under_subject) if blocks else ""
    elements = [
        paragraph(
            sheet.of(block),
            block.kind.value,
            sheet.document.words_of(block.spans),
            breaks=measure.breaks(sheet, block.spans, block.kind.value, width),
        )
        for block in blocks
    ]
    if ornament:
        last = blocks[-1]
        own, text = sheet.of(last), sheet.document.text_of(last.spans)
        if ornament == RULE:
            long = measure.length(own, text, last.kind.value, width) * sheet.layout.form.body_rule
            elements.append(measure.rule(own, long, width))
        else:
            elements.append(measure.ornament(own, ornament))
    return elements


def addressees(sheet: Sheet, blocks: list[Block]) -> list[BaseOxmlElement]:
    """Return ``Kính gửi:`` with its one receiver on the line, or with several listed under it."""
    elements = []
    head = "addressee_head" if len(blocks) > 1 else "addressee"
    for index, block in enumerate(blocks):
        words = sheet.document.words_of(block.spans)
        elements.append(
            paragraph(
                sheet.of(block),
                "addressee_list" if index else head,
                words,
                lead=0 if index else lead_of(words),
                lead_role="addressee_label",
            )
        )
    return elements
