"""What depends on the length of a text, estimated: drawn rules, and where centred lines break."""

from dataclasses import replace

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Span
from pipeline.writers.word.look import RULE_UNDER, UNKNOWN, Look
from pipeline.writers.word.properties import indent, paragraph_properties
from pipeline.writers.word.runs import Sheet, paragraph


def length(sheet: Sheet, text: str, role: str, width: float) -> float:
    """Return the estimated length of *text* in the style *role*, at most *width*; both in mm.

    In the size that the look of *sheet* has, if it has one.
    """
    size = sheet.layout.styles[role].size
    share = sheet.look.size / size if sheet.look.size and size else 1.0
    return min(sheet.layout.length(text, role) * share, width)


def rule(sheet: Sheet, long: float, width: float) -> BaseOxmlElement:
    """Return an empty paragraph with a drawn line, *long* mm and centred in *width* mm.

    Under a block that is centred between indents, where *sheet* is that of the block.
    """
    left, right = sheet.look.left or 0, sheet.look.right or 0
    side = (width - left - right - long) / 2
    properties = paragraph_properties(
        style=sheet.style("rule"), rule=True, indent=indent(left=left + side, right=right + side)
    )
    look = RULE_UNDER if sheet.look.line is not None else UNKNOWN
    return paragraph(replace(sheet, look=look), "rule", properties=properties)


def ornament(sheet: Sheet, text: str) -> BaseOxmlElement:
    """Return the paragraph of an ornament, centred like the block of *sheet* that it is under."""
    look = sheet.look
    under = Look(left=look.left, right=look.right) if look.align == "center" else UNKNOWN
    return paragraph(replace(sheet, look=under), "ornament", text=text)


def breaks(sheet: Sheet, spans: tuple[Span, ...], role: str, width: float) -> list[int]:
    """Return the indices of the words that begin a line on the page, to keep its balanced lines.

    Empty when such a line is longer than *width* mm in the style *role*: then the text flows.
    """
    document = sheet.document
    starts: list[int] = []
    lines: list[list[Span]] = []
    count = 0
    for span in spans:
        if lines and (lines[-1][-1].page, lines[-1][-1].line) == (span.page, span.line):
            lines[-1].append(span)
        else:
            lines.append([span])
            starts.append(count)
        count += span.stop - span.start
    fits = all(
        sheet.layout.lines(document.text_of(tuple(line)), role, width) == 1 for line in lines
    )
    return starts[1:] if fits else []
