"""The file around the text: an empty Word file without the template's leftovers, and its bytes.

The bytes depend on the document alone: entries of the ZIP are in a fixed order with a fixed date,
and the core properties are dated by the document or not at all.
"""

import datetime as dt
import io
import zipfile
from typing import Final

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.comments import CommentsPart

from pipeline.model import Fact, Metadata
from pipeline.writers.word import styles
from pipeline.writers.word.layout import Layout
from pipeline.writers.word.xml import clean, make

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP entry can have
_LONGEST_PROPERTY: Final = 255
_DOUBTED: Final = " [?]"  # behind what may be misread, as editors of old papers mark it
_WORD_2013: Final = 15  # the latest compatibility mode: Word opens the file without restrictions
_KEPT_PARTS: Final = frozenset({RT.STYLES, RT.SETTINGS})


def blank(layout: Layout) -> WordFile:
    """Return an empty Word file with the styles of *layout* and nothing of the template's own."""
    file = docx.Document()
    package = file.part.package
    for rels, kept in (
        (file.part.rels, _KEPT_PARTS),
        (package.rels, frozenset({RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES})),
    ):
        for identifier in [key for key, rel in rels.items() if rel.reltype not in kept]:
            rels.pop(identifier)
    styles.fill(file.styles.element, layout)
    _fill_settings(file, layout)
    return file


def describe(file: WordFile, metadata: Metadata, language: str) -> None:
    """Set the core properties from what the document says about itself.

    What is in doubt is marked so; a date cannot be, and is left out.
    """
    core = file.core_properties
    for child in list(core._element):  # the template's author, dates and comments
        core._element.remove(child)
    core.title = _property(metadata.type, metadata.symbol, metadata.subject)
    core.subject = _property(metadata.subject)
    core.language = language
    date = _date(metadata)
    if date is not None:
        core.created = core.modified = date


def comment(file: WordFile, comments: list[BaseOxmlElement], language: str) -> None:
    """Give *file* a part with *comments* and their styles, if there are any."""
    if not comments:
        return
    part = CommentsPart.default(file.part.package)
    part.element.extend(comments)
    file.part.relate_to(part, RT.COMMENTS)
    styles.add_comment_styles(file.styles.element, language)


def seal(file: WordFile) -> bytes:
    """Return the bytes of *file*, the same for the same content on every day and machine."""
    saved = io.BytesIO()
    file.save(saved)
    sealed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(sealed, "w") as new:
        # Programs that look at the first entry expect the content types there.
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return sealed.getvalue()


def _fill_settings(file: WordFile, layout: Layout) -> None:
    settings = file.settings.element
    for child in list(settings):
        settings.remove(child)
    uri = "http://schemas.microsoft.com/office/word"
    mode = make("compatSetting", name="compatibilityMode", uri=uri, val=_WORD_2013)
    settings.extend(
        (
            make("zoom", percent=100),
            make("defaultTabStop", val=720),
            make("characterSpacingControl", val="doNotCompress"),
            make("compat", mode),
            make("themeFontLang", val=layout.type_face.language),
            make("decimalSymbol", val=","),
            make("listSeparator", val=";"),
        )
    )


def _property(*facts: Fact | None) -> str:
    """Return *facts* in a row, those in doubt marked, cut to what Word takes."""
    told = ""
    for fact in filter(None, facts):
        mark = _DOUBTED if fact.doubtful else ""
        room = _LONGEST_PROPERTY - len(mark)
        told = f"{told} {clean(fact.value)}".strip()[:room] + mark
    return told


def _date(metadata: Metadata) -> dt.datetime | None:
    """Return the document's own date at midnight UTC, or None where none was surely read."""
    if metadata.date is None or metadata.date.doubtful:
        return None
    try:
        day = dt.date.fromisoformat(metadata.date.value)
    except ValueError:
        return None  # a date with its day left blank, as in drafts
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
