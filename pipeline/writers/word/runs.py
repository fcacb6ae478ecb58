"""Words into runs: as few runs as the formatting needs, the text exactly as the model writes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Document, Word
from pipeline.writers.word import marks
from pipeline.writers.word.layout import Layout
from pipeline.writers.word.numbering import Numbering
from pipeline.writers.word.properties import paragraph_properties, run_properties
from pipeline.writers.word.styles import style_id
from pipeline.writers.word.xml import clean, make


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every part of the writer needs: the document, its form, what is marked and numbered."""

    document: Document
    layout: Layout
    highlight: bool
    numbering: Numbering = field(default_factory=Numbering)

    def style(self, role: str) -> str:
        """Return the style id of *role*, a key of the layout's styles."""
        return style_id(self.layout.styles[role])


@dataclass(frozen=True, slots=True)
class _Face:
    """How a run looks, beyond its paragraph's style."""

    style: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    highlight: bool = False
    line: int = 0  # lines broken by hand before it


def paragraph(
    sheet: Sheet,
    role: str,
    words: Sequence[Word] = (),
    *,
    text: str = "",
    properties: BaseOxmlElement | None = None,
    seen: bool = False,
    face: tuple[bool | None, bool | None] = (None, None),
    lead: int = 0,
    lead_role: str = "",
    breaks: Collection[int] = (),
) -> BaseOxmlElement:
    """Return a paragraph of *words* in the style *role*.

    Args:
        sheet: the document and its form.
        role: key of a paragraph style of the layout.
        words: with those that write nothing; their count matters to *lead* and *breaks*.
        text: what the form itself writes, instead of words.
        properties: ``w:pPr`` to use in place of one that only names the style.
        seen: whether bold and italic words are set as they were seen.
        face: bold and italic of the whole paragraph where they differ from the style.
        lead: how many of the first words carry the character style *lead_role*.
        lead_role: key of a character style of the layout.
        breaks: indices of the words that begin a new line.
    """
    marked: list[tuple[_Face, str]] = [
        (
            _Face(
                style=sheet.style(lead_role) if index < lead else None,
                bold=(True if word.bold else None) if seen else face[0],
                italic=(True if word.italic else None) if seen else face[1],
                highlight=sheet.highlight and word.doubtful,
                line=sum(start <= index for start in breaks),
            ),
            marks.written(word),
        )
        for index, word in enumerate(words)
        if word.text
    ]
    element = make("p", properties if properties is not None else named(sheet, role))
    line = 0
    for own, written in _joined(marked):
        element.append(_run(sheet, own, written, line_break=own.line != line))
        line = own.line
    if text:
        element.append(_run(sheet, _Face(), text, line_break=False))
    return element


def named(sheet: Sheet, role: str) -> BaseOxmlElement:
    """Return paragraph properties that name the style *role* and nothing more."""
    return paragraph_properties(style=sheet.style(role))


def lead_of(words: Sequence[Word], longest: int = 3) -> int:
    """Return how many first words, at most *longest*, are a label with colon (``Nơi nhận:``)."""
    for index, word in enumerate(words[:longest]):
        if word.text.endswith(":"):
            return index + 1
    return 0


def _joined(marked: list[tuple[_Face, str]]) -> list[tuple[_Face, str]]:
    """Join words of one face into one text, with single blanks between all words of a line."""
    joined: list[tuple[_Face, str]] = []
    for face, written in marked:
        if not joined or joined[-1][0].line != face.line:
            joined.append((face, written))
            continue
        before, text = joined[-1]
        if before == face:
            joined[-1] = (face, f"{text} {written}")
        elif face.highlight:  # the blank before a highlighted word is not highlighted itself
            joined[-1] = (before, f"{text} ")
            joined.append((face, written))
        else:
            joined.append((face, f" {written}"))
    return joined


def _run(sheet: Sheet, face: _Face, text: str, *, line_break: bool) -> BaseOxmlElement:
    run = make(
        "r",
        run_properties(
            sheet.layout.type_face.language,
            style=face.style,
            bold=face.bold,
            italic=face.italic,
            highlight=face.highlight,
        ),
        make("br") if line_break else None,
    )
    written = make("t")
    written.text = clean(text)
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(written)
    return run
