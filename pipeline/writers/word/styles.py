"""The styles part: every style of the layout as a real, named Word style, and nothing else.

The built-in styles that the layout names (Normal, heading 1…) are restyled, so that Word's gallery
and navigation pane work as in a typed document; theme fonts and colours are gone.
"""

import re

from docx.oxml.xmlchemy import BaseOxmlElement
from unidecode import unidecode

from pipeline.writers.word.layout import Layout, Style, twips
from pipeline.writers.word.properties import (
    indent,
    paragraph_properties,
    run_properties,
    spacing,
)
from pipeline.writers.word.xml import flag, make

GRID = "VBBang"  # table style with borders
FRAME = "VBKhung"  # table style without borders or cell margins
COMMENT_TEXT = "CommentText"
COMMENT_REFERENCE = "CommentReference"
_CELL_MARGIN = 1.5  # millimetres, left and right of the text in a ruled table
_BUILT_IN = re.compile(r"Normal|header|heading \d|footnote (text|reference)")


def style_id(style: Style) -> str:
    """Return the identifier of *style*: its name in plain letters (``VBTenloai``)."""
    plain = re.sub(r"[^A-Za-z0-9]", "", unidecode(style.name))
    return plain[0].upper() + plain[1:]


def fill(styles: BaseOxmlElement, layout: Layout) -> None:
    """Replace the content of the ``w:styles`` element by the styles of *layout*."""
    for child in list(styles):
        styles.remove(child)
    language, font = layout.type_face.language, layout.type_face.font
    size = layout.styles["normal"].size
    styles.append(
        make(
            "docDefaults",
            make("rPrDefault", run_properties(language, font=font, size=size)),
            make("pPrDefault", make("pPr")),
        )
    )
    # Without exceptions this hides Word's own styles, so that the gallery shows those of the form.
    styles.append(
        make(
            "latentStyles",
            defLockedState=0,
            defUIPriority=99,
            defSemiHidden=1,
            defUnhideWhenUsed=1,
            defQFormat=0,
            count=376,
        )
    )
    styles.extend(
        _character(style, layout) if style.character else _paragraph(key, style, layout)
        for key, style in layout.styles.items()
    )
    styles.append(_default("character", "DefaultParagraphFont", "Default Paragraph Font"))
    styles.append(_default("numbering", "NoList", "No List"))
    styles.append(_default("table", "TableNormal", "Normal Table", _table_margins(_CELL_MARGIN)))
    styles.append(_table(GRID, "VB Bảng", _borders("single"), _table_margins(_CELL_MARGIN)))
    styles.append(_table(FRAME, "VB Khung", None, _table_margins(0)))


def add_comment_styles(styles: BaseOxmlElement, language: str) -> None:
    """Add Word's own styles for comments, which a file without any has no use for."""
    styles.append(
        make(
            "style",
            make("name", val="annotation text"),
            make("basedOn", val="Normal"),
            *_hidden(),
            paragraph_properties(spacing=spacing(line=12)),
            run_properties(language, size=10),
            type="paragraph",
            styleId=COMMENT_TEXT,
        )
    )
    styles.append(
        make(
            "style",
            make("name", val="annotation reference"),
            make("basedOn", val="DefaultParagraphFont"),
            *_hidden(),
            run_properties(language, size=8),
            type="character",
            styleId=COMMENT_REFERENCE,
        )
    )


def _paragraph(key: str, style: Style, layout: Layout) -> BaseOxmlElement:
    normal = layout.styles["normal"]
    base = None if style is normal else make("basedOn", val=style_id(normal))
    return make(
        "style",
        make("name", val=style.name),
        base,
        make("next", val=style_id(layout.styles[style.next])),
        make("uiPriority", val=list(layout.styles).index(key)),
        make("qFormat"),
        paragraph_properties(
            keep_next=style.keep_next or None,
            widow_control=True,
            spacing=spacing(style.before, style.after, style.line),
            indent=indent(left=style.left, first_line=style.first_line),
            align=style.align,
            outline=style.outline,
        ),
        run_properties(
            layout.type_face.language,
            font=layout.type_face.font if style is normal else None,
            size=style.size,
            bold=style.bold or None,
            italic=style.italic or None,
            underline=style.underline,
        ),
        type="paragraph",
        default=1 if style is normal else None,
        customStyle=None if _BUILT_IN.fullmatch(style.name) else 1,
        styleId=style_id(style),
    )


def _character(style: Style, layout: Layout) -> BaseOxmlElement:
    return make(
        "style",
        make("name", val=style.name),
        make("basedOn", val="DefaultParagraphFont"),
        make("qFormat"),
        run_properties(
            layout.type_face.language,
            size=style.size,
            bold=style.bold or None,
            italic=style.italic or None,
            underline=style.underline,
            superscript=style.superscript,
        ),
        type="character",
        customStyle=None if _BUILT_IN.fullmatch(style.name) else 1,
        styleId=style_id(style),
    )


def _default(
    kind: str, identifier: str, name: str, properties: BaseOxmlElement | None = None
) -> BaseOxmlElement:
    """Return the style that a file must have as the root of its *kind*; hidden from the gallery."""
    return make(
        "style",
        make("name", val=name),
        *_hidden(),
        properties,
        type=kind,
        default=1,
        styleId=identifier,
    )


def _hidden() -> tuple[BaseOxmlElement | None, ...]:
    """Return the properties of a style that the gallery does not show."""
    return make("uiPriority", val=99), flag("semiHidden", True), flag("unhideWhenUsed", True)


def _table(
    identifier: str, name: str, borders: BaseOxmlElement | None, margins: BaseOxmlElement
) -> BaseOxmlElement:
    if borders is not None:
        margins.insert(1, borders)  # after w:tblInd, before w:tblCellMar
    return make(
        "style",
        make("name", val=name),
        make("basedOn", val="TableNormal"),
        make("uiPriority", val=99),
        margins,
        type="table",
        customStyle=1,
        styleId=identifier,
    )


def _borders(value: str) -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return make("tblBorders", *(make(side, val=value, sz=4, space=0) for side in sides))


def _table_margins(side: float) -> BaseOxmlElement:
    """Return table properties with cell margins of *side* millimetres left and right."""
    width = twips(side)
    return make(
        "tblPr",
        make("tblInd", w=0, type="dxa"),
        make(
            "tblCellMar",
            make("top", w=0, type="dxa"),
            make("left", w=width, type="dxa"),
            make("bottom", w=0, type="dxa"),
            make("right", w=width, type="dxa"),
        ),
    )
