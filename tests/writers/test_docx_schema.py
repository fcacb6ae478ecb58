"""The file holds to the schemas and rules of Open XML, as a validator not of ours sees them."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from .test_docx_package import DOCUMENTS, bytes_of

validator = pytest.importorskip(
    "openxml_audit.validator",
    reason="needs the validator openxml-audit: pip install --group dev",
)

# What the validator asks for and the standard does not: Word itself always writes a font table
# and a theme, yet a package may lack both; list 0 is the one that takes a paragraph out of lists.
HABITS = (
    "A required relationship type "
    "'http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable' is missing.",
    "A required relationship type "
    "'http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme' is missing.",
    "Numbering definition '0' referenced but not found",
)


def findings(data: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """Return part, place and word of each finding in a Word file that is more than a habit."""
    path = folder / "van-ban.docx"
    path.write_bytes(data)
    # A validator that has seen another file may remember the comments of that one.
    found = validator.OpenXmlValidator().validate(path)
    return [
        (each.part_uri, each.path, each.description)
        for each in found.errors
        if each.description not in HABITS
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    assert findings(bytes_of(name), tmp_path) == []


def test_the_validator_is_awake(tmp_path: Path) -> None:
    file = docx.Document(io.BytesIO(bytes_of("party")))
    spacing = next(file.styles.element.iter(qn("w:spacing")))
    spacing.getparent().append(spacing)  # behind what must follow it
    body = file.element.body
    etree.SubElement(body, qn("w:p")).append(etree.Element(qn("w:nothing")))
    saved = io.BytesIO()
    file.save(saved)
    places = {part for part, _, _ in findings(saved.getvalue(), tmp_path)}
    assert places == {"/word/document.xml", "/word/styles.xml"}
