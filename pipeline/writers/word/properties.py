"""Run and paragraph properties, their children always in the order of the schema."""

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.writers.word.layout import TWIPS_PER_POINT, twips
from pipeline.writers.word.xml import flag, make


def run_properties(
    language: str,
    *,
    style: str | None = None,
    font: str | None = None,
    size: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool = False,
    highlight: bool = False,
    superscript: bool = False,
) -> BaseOxmlElement:
    """Return ``w:rPr``; *style* is a style id, *size* is in points, None leaves a property out."""
    half_points = None if size is None else round(size * 2)
    return make(
        "rPr",
        make("rStyle", val=style) if style else None,
        make("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font) if font else None,
        flag("b", bold),
        flag("bCs", bold),
        flag("i", italic),
        flag("iCs", italic),
        None if half_points is None else make("sz", val=half_points),
        None if half_points is None else make("szCs", val=half_points),
        make("highlight", val="yellow") if highlight else None,
        make("u", val="single") if underline else None,
        make("vertAlign", val="superscript") if superscript else None,
        make("lang", val=language, eastAsia=language, bidi=language),
    )


def spacing(
    before: float | None = None, after: float | None = None, line: float | None = None
) -> BaseOxmlElement:
    """Return ``w:spacing`` of a paragraph from points; *line* is the exact height of a line."""
    return make(
        "spacing",
        before=None if before is None else round(before * TWIPS_PER_POINT),
        after=None if after is None else round(after * TWIPS_PER_POINT),
        line=None if line is None else round(line * TWIPS_PER_POINT),
        lineRule=None if line is None else "exact",
    )


def indent(left: float = 0, right: float = 0, first_line: float = 0) -> BaseOxmlElement:
    """Return ``w:ind`` from millimetres."""
    return make("ind", left=twips(left), right=twips(right), firstLine=twips(first_line))


def paragraph_properties(
    *,
    style: str | None = None,
    keep_next: bool | None = None,
    page_break: bool = False,
    widow_control: bool = False,
    number: BaseOxmlElement | None = None,
    rule: bool = False,
    spacing: BaseOxmlElement | None = None,
    indent: BaseOxmlElement | None = None,
    align: str | None = None,
    outline: int = 0,
    mark: BaseOxmlElement | None = None,
) -> BaseOxmlElement:
    """Return ``w:pPr``.

    *style* is a style id; *page_break* starts a page; *number* is its place in a list; *rule* draws
    a line along the top; *outline* is the level in the navigation pane from 1, 0 for none; *mark*
    has the run properties of the paragraph mark, in which Word also sets the label of a list.
    """
    line = make("top", val="single", sz=6, space=0, color="auto")
    return make(
        "pPr",
        make("pStyle", val=style) if style else None,
        flag("keepNext", keep_next),
        make("pageBreakBefore") if page_break else None,
        make("widowControl") if widow_control else None,
        number,
        make("pBdr", line) if rule else None,
        spacing,
        indent,
        make("jc", val=align) if align else None,
        make("outlineLvl", val=outline - 1) if outline else None,
        mark,
    )
