"""The Word file in the official form of the Party or the state, or as the paper shows it.

Lays out the blocks one part after the other; the parts are in :mod:`pipeline.writers.word`.
Which form it is comes from the metadata, else from the motto; without either it is the Party's.
"""

from collections.abc import Iterator
from dataclasses import replace

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.parfmt import ParagraphFormat
from unidecode import unidecode

from pipeline.model import Block, Document, Kind
from pipeline.settings import WriterSettings
from pipeline.writers.word import footnotes, layout, lists, marks, package, page
from pipeline.writers.word.absent import Content
from pipeline.writers.word.body import annex, body, footnote, is_upright
from pipeline.writers.word.closing import closing
from pipeline.writers.word.enacting import enacting
from pipeline.writers.word.faces import of_headings
from pipeline.writers.word.header import header
from pipeline.writers.word.layout import System
from pipeline.writers.word.numbering import Numbering, plan
from pipeline.writers.word.parts import Part, parts
from pipeline.writers.word.printed import measure
from pipeline.writers.word.runs import Sheet, paragraph
from pipeline.writers.word.title import addressees, title


def write(document: Document, settings: WriterSettings) -> bytes:
    """Return *document* as a Word file, with doubts and corrections shown as *settings* ask.

    Raises:
        BadDictionaryError: the form's data is missing or damaged.
    """
    sheet = _sheet(document, settings)
    file = package.blank(sheet.layout)
    page.set_up(file, sheet)
    package.describe(file, document.metadata, sheet.language)
    end = file.element.body.sectPr
    for element in _spaced(sheet, _elements(sheet)):
        end.addprevious(element)
    if system_of(document) is System.PARTY:
        page.number_annexes(file, sheet)
    lists.install(file, sheet)
    footnotes.install(file, sheet)
    comments = sheet.annotations.comments(file.element.body, sheet.language)
    package.comment(file, comments, sheet.language)
    return package.seal(file)


def _sheet(document: Document, settings: WriterSettings) -> Sheet:
    form = layout.load(system_of(document))
    # Revisions are of text: what Word counts itself cannot be rejected.
    noted = document if settings.tracked else marks.mark_up(document)
    automatic = settings.numbering == "auto" and not settings.tracked
    numbering = plan(noted) if automatic else Numbering()
    lines = enacting(noted, form.form.enacting)
    if settings.layout == "official":
        faces = of_headings(noted, lambda block: is_upright(block, form.form) or block in lines)
        return Sheet(noted, form, settings, numbering, lines, faces)
    printed = measure(noted, form)
    own = replace(form, page=printed.page)
    return Sheet(noted, own, settings, numbering, lines, printed=printed)


def system_of(document: Document) -> System:
    """Return whose form *document* follows."""
    known = document.metadata.system
    if known is not None and known.value in list(System):
        return System(known.value)
    mottos = layout.load(System.STATE).form.state_mottos
    for block in document.blocks:
        text = unidecode(document.text_of(block.spans)).casefold()
        if block.kind is Kind.MOTTO and any(unidecode(motto) in text for motto in mottos):
            return System.STATE
    return System.PARTY


def _elements(sheet: Sheet) -> list[BaseOxmlElement]:
    """Return paragraphs and tables in order; without blocks each line is a paragraph."""
    content = Content(sheet)
    if not sheet.document.blocks:
        for each in sheet.document.pages:
            content.add(paragraph(sheet, "content", line.words, seen=True) for line in each.lines)
            content.pass_by((each,))
        return content.elements()
    told = 0  # pages before this one are done with, read or not
    for part, blocks in _stretches(sheet.document.blocks):
        spans = (span for block in blocks for span in block.all_spans())
        first = min((span.page for span in spans), default=told)
        content.pass_by(sheet.document.pages[told:first])
        told = max(told, first)
        content.add(_lay_out(sheet, part, blocks))
    content.pass_by(sheet.document.pages[told:])
    return content.elements()


def _stretches(blocks: tuple[Block, ...]) -> Iterator[tuple[Part, list[Block]]]:
    """Yield the parts of the document; of the body, one block after the other."""
    for part, group in parts(blocks):
        if part is Part.BODY:
            yield from ((part, [block]) for block in group)
        else:
            yield part, group


def _lay_out(sheet: Sheet, part: Part, blocks: list[Block]) -> Iterator[BaseOxmlElement]:
    match part:
        case Part.HEADER:
            yield header(sheet, blocks)
        case Part.TITLE:
            yield from title(sheet, blocks)
        case Part.ADDRESSEE:
            yield from addressees(sheet, blocks)
        case Part.ANNEX:
            yield from annex(sheet, blocks)
        case Part.CLOSING:
            yield closing(sheet, blocks)
        case Part.BODY:
            for block in blocks:
                yield from body(sheet.of(block), block)
                ornament = sheet.ornament(block, "")
                if ornament:
                    yield paragraph(sheet, "ornament", text=ornament)
        case Part.FOOTNOTES:
            # Those that the text refers to are Word's own and stand at the foot of their page.
            for block in blocks:
                if marks.opening(sheet.document, block) is None:
                    yield footnote(sheet.of(block), block)


def _spaced(sheet: Sheet, elements: list[BaseOxmlElement]) -> Iterator[BaseOxmlElement]:
    """Yield *elements* with a little space above a table, and after one at the end of the file.

    Word would merge two tables in a row, and adds a full line after one at the end of the file.
    """
    for index, element in enumerate(elements):
        if index and element.tag == qn("w:tbl"):
            if elements[index - 1].tag == qn("w:p"):
                # A table stays with the line that introduces it, a signature with what it signs.
                ParagraphFormat(elements[index - 1]).keep_with_next = True
            yield paragraph(sheet, "separator")
        yield element
    if not elements:
        yield paragraph(sheet, "content")
    elif elements[-1].tag == qn("w:tbl"):
        yield paragraph(sheet, "separator")
