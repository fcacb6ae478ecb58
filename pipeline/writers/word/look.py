"""How a block stands on the paper, and the direct formatting that repeats it."""

from dataclasses import dataclass
from typing import Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

from pipeline.writers.word.layout import Align

_ALIGNMENTS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What was measured of a block; what is None is left to its style.

    Attributes:
        size: of its type in points.
        line: exact height of its lines in points.
        before: space above it in points.
        left, right, first_line: indents in millimetres; a hanging first line is negative.
        breaks: indices of its words that begin a line, where its lines are kept.
    """

    size: float | None = None
    line: float | None = None
    before: float | None = None
    align: Align | None = None
    left: float | None = None
    right: float | None = None
    first_line: float | None = None
    breaks: tuple[int, ...] | None = None


UNKNOWN: Final = Look()
RULE_UNDER: Final = Look(line=3, before=2)  # of a drawn rule: it takes hardly any room on the paper


def repeat(look: Look, paragraph: BaseOxmlElement) -> None:
    """Give *paragraph* what *look* knows, over what its properties say."""
    form = ParagraphFormat(paragraph)
    if look.line is not None:
        form.line_spacing = Pt(look.line)
    if look.before is not None:
        form.space_before = Pt(look.before)
    if look.align is not None:
        form.alignment = _ALIGNMENTS[look.align]
    if look.left is not None:
        form.left_indent = Mm(look.left)
    if look.right is not None:
        form.right_indent = Mm(look.right)
    if look.first_line is not None:
        form.first_line_indent = Mm(look.first_line)
