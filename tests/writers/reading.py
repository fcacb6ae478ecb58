"""What a Word file says, read back with python-docx."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pipeline.model import Document
from pipeline.settings import WriterSettings
from pipeline.writers import write


def opened(document: Document, settings: WriterSettings | None = None) -> WordFile:
    """Write *document* and open what was written."""
    return docx.Document(io.BytesIO(write(document, "docx", settings or WriterSettings())))


def paragraphs(container: WordFile | _Cell) -> Iterator[Paragraph]:
    """Yield every paragraph, those in tables cell by cell."""
    for piece in container.iter_inner_content():
        if isinstance(piece, Table):
            for row in piece.rows:
                for cell in row.cells:
                    yield from paragraphs(cell)
        else:
            yield piece


def texts(file: WordFile) -> list[str]:
    """Return the text of each paragraph that has one, line breaks as blanks."""
    return [" ".join(each.text.split()) for each in paragraphs(file) if each.text.strip()]


def with_marks(file: WordFile) -> list[str]:
    """Return what :func:`texts` does with the marks of footnotes, then the text of each footnote.

    Word's automatic numbers are counted here, from 1, in the order of the references.
    """
    shown: dict[str, str] = {}
    counted = 0
    for reference in file.element.body.iter(qn("w:footnoteReference")):
        if reference.get(qn("w:customMarkFollows")) is None:
            counted += 1
            shown[reference.get(qn("w:id"))] = str(counted)
    lines = [_shown(each._p, shown, "") for each in paragraphs(file)]
    for footnote in footnotes(file):
        mark = shown.get(footnote.get(qn("w:id")), "")
        lines += [_shown(each, shown, mark) for each in footnote]
    return [" ".join(line.split()) for line in lines if line.strip()]


def footnotes(file: WordFile) -> list[BaseOxmlElement]:
    """Return the footnotes of *file*, separators left out."""
    found = [rel.target_part for rel in file.part.rels.values() if rel.reltype == RT.FOOTNOTES]
    trees = [parse_xml(part.blob) for part in found]
    return [each for tree in trees for each in tree if each.get(qn("w:type")) is None]


def _shown(paragraph: BaseOxmlElement, numbers: dict[str, str], own: str) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == qn("w:t"):
            parts.append(element.text)
        elif element.tag == qn("w:br"):
            parts.append(" ")
        elif element.tag == qn("w:footnoteRef"):
            parts.append(own)
        elif element.tag == qn("w:footnoteReference"):
            parts.append(numbers.get(element.get(qn("w:id")), ""))
    return "".join(parts)


def the(file: WordFile, opening: str) -> Paragraph:
    """Return the paragraph that starts with *opening*."""
    return next(each for each in paragraphs(file) if each.text.startswith(opening))
