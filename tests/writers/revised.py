"""What Word makes of a file when every revision is accepted, or every one rejected."""

import io
import zipfile
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from pipeline.model import Document
from pipeline.settings import WriterSettings
from pipeline.writers import write


def part(document: Document, settings: WriterSettings, name: str = "document") -> etree._Element:
    """Write *document* and return one of its parts."""
    with zipfile.ZipFile(io.BytesIO(write(document, "docx", settings))) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


def accepted(tree: etree._Element) -> etree._Element:
    """Deleted text is gone, inserted text is plain."""
    return _settled(tree, gone="w:del", stays="w:ins")


def rejected(tree: etree._Element) -> etree._Element:
    """Inserted text is gone, deleted text is plain again."""
    tree = _settled(tree, gone="w:ins", stays="w:del")
    for text in tree.iter(qn("w:delText")):
        text.tag = qn("w:t")
    return tree


def styled_lines(tree: etree._Element) -> list[tuple[str, str]]:
    """Return style and exact text of each paragraph, line breaks as ``\\n``."""
    return [
        (
            next((style.get(qn("w:val")) for style in paragraph.iter(qn("w:pStyle"))), ""),
            "".join(
                "\n" if piece.tag == qn("w:br") else piece.text or ""
                for run in paragraph.findall(qn("w:r"))
                for piece in run.iter(qn("w:t"), qn("w:br"))
            ),
        )
        for paragraph in tree.iter(qn("w:p"))
    ]


def _settled(tree: etree._Element, gone: str, stays: str) -> etree._Element:
    tree = deepcopy(tree)
    for element in list(tree.iter(qn(gone))):
        element.getparent().remove(element)
    for element in list(tree.iter(qn(stays))):
        for run in list(element):
            element.addprevious(run)
        element.getparent().remove(element)
    return tree
