"""Further parts of the file: an XML tree under its name, with its relationship and content type."""

from docx.document import Document as WordFile
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement


def attach(
    file: WordFile, name: str, tree: BaseOxmlElement, relationship: str, content_type: str
) -> None:
    """Add *tree* to *file* as ``word/<name>.xml``, related to the main text."""
    part = XmlPart(PackURI(f"/word/{name}.xml"), content_type, tree, file.part.package)
    file.part.relate_to(part, relationship)
