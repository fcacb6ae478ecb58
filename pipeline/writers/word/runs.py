"""Words into runs: as few runs as the formatting needs, the text exactly as the model writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Document, Word
from pipeline.settings import WriterSettings
from pipeline.writers.word import comments
from pipeline.writers.word.annotations import Annotations
from pipeline.writers.word.faces import Seen
from pipeline.writers.word.layout import Layout
from pipeline.writers.word.look import UNKNOWN, Look, repeat
from pipeline.writers.word.numbering import Numbering
from pipeline.writers.word.printed import Printed
from pipeline.writers.word.properties import paragraph_properties, run_properties
from pipeline.writers.word.revisions import BLANK, BREAK, Mark, Unit, units
from pipeline.writers.word.styles import style_id
from pipeline.writers.word.xml import make, text_element


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every part of the writer needs.

    Attributes:
        document: what is laid out.
        layout: its form.
        settings: how doubts and corrections are shown.
        numbering: which labels Word counts.
        enacting: the lines that the form centres because they enact the document.
        faces: bold and italic of headings where the paper has its own, by role.
        annotations: revisions and comments, gathered as paragraphs are made.
        printed: how the document was printed, where the file is to look so; else None.
        look: of the block at hand.
    """

    document: Document
    layout: Layout
    settings: WriterSettings
    numbering: Numbering = field(default_factory=Numbering)
    enacting: frozenset[Block] = frozenset()
    faces: Mapping[str, Seen] = field(default_factory=dict)
    annotations: Annotations = field(default_factory=Annotations)
    printed: Printed | None = None
    look: Look = UNKNOWN

    @property
    def language(self) -> str:
        """The language of the text (BCP 47)."""
        return self.layout.type_face.language

    def style(self, role: str) -> str:
        """Return the style id of *role*, a key of the layout's styles."""
        return style_id(self.layout.styles[role])

    def of(self, block: Block) -> Sheet:
        """Return this sheet with the look of *block*."""
        look = self.printed.looks.get(block, UNKNOWN) if self.printed else UNKNOWN
        return replace(self, look=look)

    def ornament(self, block: Block, form: str) -> str:
        """Return the ornament under *block*, where the *form* has one of its own."""
        return self.printed.under.get(block, form) if self.printed else form


@dataclass(frozen=True, slots=True)
class _Face:
    """How a run looks, beyond its paragraph's style."""

    style: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    highlight: bool = False


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
        seen: whether bold and italic words are set as they were seen, in either layout.
        face: bold and italic of the whole paragraph where they differ from the style.
        lead: how many of the first words carry the character style *lead_role*.
        lead_role: key of a character style of the layout.
        breaks: indices of the words that begin a new line.
    """
    element = make("p", properties if properties is not None else named(sheet, role))
    repeat(sheet.look, element)
    content = _Content(sheet, element)
    lines = breaks if sheet.look.breaks is None else sheet.look.breaks
    for unit in units(words, lines, tracked=sheet.settings.tracked):
        word = words[unit.first]
        roles = (role, lead_role) if unit.first < lead else (role,)
        own = _Face(
            style=sheet.style(lead_role) if unit.first < lead else None,
            size=sheet.look.size,
            bold=_bold(word, title=unit.first < lead) if seen else face[0],
            italic=(True if word.italic else None) if seen else face[1],
            highlight=sheet.settings.doubts == "highlight" and word.doubtful,
        )
        content.add(unit, own if sheet.printed is None else _as_seen(sheet, own, word, roles))
    content.finish()
    if text:
        element.append(_run(sheet, _Face(), text))
    return element


def _as_seen(sheet: Sheet, face: _Face, word: Word, roles: Sequence[str]) -> _Face:
    """Return *face* with bold and italic as they were seen, where someone looked.

    Said only where the styles *roles* say otherwise.
    """
    styles = [sheet.layout.styles[role] for role in roles]
    if word.bold is not None:
        by_style = sum(style.bold for style in styles) == 1  # twice bold is not bold
        face = replace(face, bold=word.bold if word.bold != by_style else None)
    if word.italic is not None:
        by_style = sum(style.italic for style in styles) == 1
        face = replace(face, italic=word.italic if word.italic != by_style else None)
    return face


def _bold(word: Word, *, title: bool) -> bool | None:
    """Return whether *word* is set bold; that it is not is only said in a title, which else is."""
    return word.bold if title else (True if word.bold else None)


def named(sheet: Sheet, role: str) -> BaseOxmlElement:
    """Return paragraph properties that name the style *role* and nothing more."""
    return paragraph_properties(style=sheet.style(role))


def lead_of(words: Sequence[Word], longest: int = 3) -> int:
    """Return how many first words, at most *longest*, are a label with colon (``Nơi nhận:``)."""
    for index, word in enumerate(words[:longest]):
        if word.text.endswith(":"):
            return index + 1
    return 0


class _Content:
    """Fills a paragraph; neighbours that are kept and of one face share a run."""

    def __init__(self, sheet: Sheet, paragraph: BaseOxmlElement) -> None:
        self._sheet = sheet
        self._paragraph = paragraph
        self._kept: list[tuple[_Face, str]] = []
        self._last: _Face | None = None

    def add(self, unit: Unit, face: _Face) -> None:
        """Add the text of *unit* in *face*, and the comments on its words around it."""
        annotations, settings = self._sheet.annotations, self._sheet.settings
        explained = (word for word in unit.words if comments.is_wanted(word, settings))
        numbers = [annotations.comment_on(word) for word in explained]
        self._kept.extend(self._faced(face, unit.gap, ""))
        self._mark(make("commentRangeStart", id=number) for number in numbers)
        for stretch in unit.stretches:
            pieces = self._faced(face, stretch.gap, stretch.text)
            if stretch.mark is Mark.KEPT:
                self._kept.extend(pieces)
            else:
                runs = _runs(self._sheet, pieces, deleted=stretch.mark is Mark.DELETED)
                self._mark((annotations.revision(stretch.mark, runs),))
            self._last = face
        for number in numbers:
            end = make("commentRangeEnd", id=number)
            self._mark((end, comments.reference(number, self._sheet.language)))

    def finish(self) -> None:
        """Put the text that is still held back into the paragraph."""
        self._paragraph.extend(_runs(self._sheet, self._kept))
        self._kept = []

    def _faced(self, face: _Face, gap: str, text: str) -> list[tuple[_Face, str]]:
        # The blank before a highlighted word is not highlighted itself.
        before = self._last if face.highlight and gap == BLANK and self._last else face
        return [(own, part) for own, part in ((before, gap), (face, text)) if part]

    def _mark(self, elements: Iterable[BaseOxmlElement]) -> None:
        for element in elements:
            self.finish()
            self._paragraph.append(element)


def _runs(
    sheet: Sheet, pieces: Iterable[tuple[_Face, str]], *, deleted: bool = False
) -> Iterator[BaseOxmlElement]:
    """Yield runs of *pieces*, those of one face joined within a line."""
    held: tuple[_Face, list[str]] | None = None
    for face, text in pieces:
        if held is not None and held[0] == face and text != BREAK:
            held[1].append(text)
            continue
        if held is not None:
            yield _run(sheet, held[0], "".join(held[1]), deleted=deleted)
        held = face, [text]
    if held is not None:
        yield _run(sheet, held[0], "".join(held[1]), deleted=deleted)


def _run(sheet: Sheet, face: _Face, text: str, *, deleted: bool = False) -> BaseOxmlElement:
    """Return a run of *text*, which may begin with a :data:`BREAK`."""
    rest = text.removeprefix(BREAK)
    return make(
        "r",
        run_properties(
            sheet.language,
            style=face.style,
            size=face.size,
            bold=face.bold,
            italic=face.italic,
            highlight=face.highlight,
        ),
        make("br") if rest != text else None,
        text_element("delText" if deleted else "t", rest) if rest else None,
    )
