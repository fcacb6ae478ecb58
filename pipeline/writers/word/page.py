"""Paper, margins, and the page number: centred at the top, from the second page on.

The annexes of a Party document are numbered for themselves, each from its own first page
(document form, section 2); for those of the State the sources disagree, and numbers go on.
"""

from copy import deepcopy

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips

from pipeline.writers.word.layout import twips
from pipeline.writers.word.properties import run_properties
from pipeline.writers.word.runs import Sheet, named, paragraph
from pipeline.writers.word.xml import make


def set_up(file: WordFile, sheet: Sheet) -> None:
    """Give the only section of *file* the form's page and page number."""
    page = sheet.layout.page
    section = file.sections[0]
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.top_margin, section.bottom_margin = Twips(twips(page.top)), Twips(twips(page.bottom))
    section.left_margin, section.right_margin = Twips(twips(page.left)), Twips(twips(page.right))
    section.header_distance = section.footer_distance = Twips(twips(page.header))
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    element = header._element  # python-docx has no public way to replace the template's paragraph
    for child in list(element):
        element.remove(child)
    element.append(_page_number(sheet))


def number_annexes(file: WordFile, sheet: Sheet) -> None:
    """Let the page numbers of *file* begin again with each annex, in a section of its own."""
    body = file.element.body
    style = sheet.style("annex")
    heads = [
        element
        for element in body.iterchildren(qn("w:p"))
        if element.style == style and element.pPr.find(qn("w:pageBreakBefore")) is not None
    ]
    last = body.sectPr
    for head in heads:
        before = head.getprevious()
        if before is None:
            continue
        if before.tag != qn("w:p"):
            before = paragraph(sheet, "separator")
            head.addprevious(before)
        before.set_sectPr(deepcopy(last))
        if last.find(qn("w:pgNumType")) is None:
            last.find(qn("w:pgMar")).addnext(make("pgNumType", start=1))


def _page_number(sheet: Sheet) -> BaseOxmlElement:
    """Return the paragraph with the PAGE field."""
    instruction = make("instrText")
    instruction.text = "PAGE"
    shown = make("t")
    shown.text = "2"  # what a program shows that does not compute fields
    pieces = (
        make("fldChar", fldCharType="begin"),
        instruction,
        make("fldChar", fldCharType="separate"),
        shown,
        make("fldChar", fldCharType="end"),
    )
    runs = (make("r", run_properties(sheet.language), piece) for piece in pieces)
    return make("p", named(sheet, "page_number"), *runs)
