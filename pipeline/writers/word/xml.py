"""Elements of WordprocessingML, made in one line."""

import re
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

# Characters that XML 1.0 cannot hold, not even escaped; some text layers of PDF files have them.
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make(
    tag: str, *children: BaseOxmlElement | None, **attributes: str | int | None
) -> BaseOxmlElement:
    """Return the element ``w:tag`` with *attributes* (namespace ``w``) and *children* in order.

    Children and attributes that are None are left out, so that callers can list them in the order
    of the schema.
    """
    element: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def flag(tag: str, value: bool | None) -> BaseOxmlElement | None:
    """Return the on/off property ``w:tag``; None when *value* is None, which leaves it out."""
    if value is None:
        return None
    return make(tag, val=None if value else "0")


def text_element(tag: str, text: str) -> BaseOxmlElement:
    """Return ``w:t`` or ``w:delText`` with *text*, its blanks kept at both ends."""
    element = make(tag)
    element.text = clean(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def clean(text: str) -> str:
    """Return *text* with what XML cannot hold made visible as U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)
