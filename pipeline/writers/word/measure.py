"""What depends on the length of a text, estimated: drawn rules, and where centred lines break."""

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Span
from pipeline.writers.word.properties import indent, paragraph_properties
from pipeline.writers.word.runs import Sheet, paragraph


def length(sheet: Sheet, text: str, role: str, width: float) -> float:
    """Return the estimated length of *text* in the style *role*, at most *width*; both in mm."""
    return min(sheet.layout.length(text, role), width)


def rule(sheet: Sheet, long: float, width: float) -> BaseOxmlElement:
    """Return an empty paragraph with a drawn line, *long* mm and centred in *width* mm."""
    side = (width - long) / 2
    properties = paragraph_properties(
        style=sheet.style("rule"), rule=True, indent=indent(left=side, right=side)
    )
    return paragraph(sheet, "rule", properties=properties)


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
