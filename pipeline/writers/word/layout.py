"""The official form as values: page, type face, frames and styles, read from the form's data file.

Lengths are millimetres and sizes points, as in the form; :func:`twips` converts at the border.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import BadDictionaryError
from pipeline.resources import dictionary

TWIPS_PER_POINT: Final = 20
POINTS_PER_MM: Final = 72 / 25.4
Align = Literal["left", "center", "right", "both"]
RULE: Final = "rule"  # the value in the form's data that asks for a drawn line


class System(StrEnum):
    """Whose form a document follows."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Paper, margins and the distance of the page number from the edge, in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float

    @property
    def text_width(self) -> float:
        """Width between the margins, in millimetres."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Margins:
    """The least and the greatest that each margin may be, in millimetres."""

    top: tuple[float, float]
    bottom: tuple[float, float]
    left: tuple[float, float]
    right: tuple[float, float]


@dataclass(frozen=True, slots=True)
class TypeFace:
    """The one font of the document and the language of its text (BCP 47)."""

    font: str
    language: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Mean widths of characters in em, to estimate how wide a text is without the font at hand."""

    capital: float
    small: float
    digit: float
    other: float
    regular: float

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the estimated width in millimetres of *text* set at *size* points."""
        em = size / POINTS_PER_MM * (1 if bold else self.regular)
        return em * sum(
            self.digit
            if character.isdigit()
            else self.capital
            if character.isupper()
            else self.small
            if character.isalpha()
            else self.other
            for character in text
        )


@dataclass(frozen=True, slots=True)
class Height:
    """How far letters reach over and under the baseline, in em; the data file explains each."""

    capital: float
    capital_marked: float
    digit: float
    small: float
    tall: float
    middle: float
    drop: float
    dot: float
    comma: float


@dataclass(frozen=True, slots=True)
class Frames:
    """Widths in millimetres of the left and right column of the borderless tables."""

    header: tuple[float, float]
    closing: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Form:
    """What the form itself writes, and the headings it sets apart; the data file explains each."""

    under_body: str
    under_motto: str
    under_subject: str
    body_rule: float
    signature_lines: int
    closing_space: float
    enacting: tuple[str, ...]
    centred_headings: tuple[str, ...]
    upright_headings: tuple[str, ...]
    state_mottos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A named style of the Word file.

    Attributes:
        name: as Word shows it.
        size: of type in points; None leaves it to the paragraph (character styles only).
        line: exact height of a line in points; 0 in character styles.
        before, after: space around the paragraph in points.
        first_line, left: indents in millimetres.
        outline: level in Word's navigation pane from 1, or 0 for none.
        next: key of the style of the paragraph typed after it.
    """

    name: str
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    superscript: bool = False
    line: float = 0
    before: float = 0
    after: float = 0
    align: Align = "left"
    first_line: float = 0
    left: float = 0
    keep_next: bool = False
    outline: int = 0
    next: str = "content"
    character: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the Word writer knows about one system's form."""

    page: PageLayout
    margins: Margins
    type_face: TypeFace
    advance: Advance
    height: Height
    frames: Frames
    form: Form
    styles: dict[str, Style]

    def lines(self, text: str, role: str, width: float) -> int:
        """Return how many lines *text* takes in the style *role* over *width* millimetres."""
        return max(1, math.ceil(self.length(text, role) / width))

    def length(self, text: str, role: str) -> float:
        """Return the estimated length in millimetres of *text* in the style *role*."""
        style = self.styles[role]
        return self.advance.width(text, style.size or 0, bold=style.bold)


_LAYOUT: Final = TypeAdapter(Layout)


def twips(mm: float) -> int:
    """Convert millimetres to twentieths of a point."""
    return round(mm * POINTS_PER_MM * TWIPS_PER_POINT)


@cache
def load(system: System) -> Layout:
    """Return the layout of *system*'s form.

    Raises:
        BadDictionaryError: the data file is missing or does not hold what a layout needs.
    """
    path = dictionary("form", "layout.toml")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        state = values.pop(System.STATE, {})
        form = _merge(values, state) if system is System.STATE else values
        return _LAYOUT.validate_python(form)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDictionaryError(path, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadDictionaryError(path, f"{where}: {first['msg']}") from error


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return *base* with the values of *over* laid over it, table by table."""
    merged = dict(base)
    for key, value in over.items():
        known = merged.get(key)
        merged[key] = (
            _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
        )
    return merged
