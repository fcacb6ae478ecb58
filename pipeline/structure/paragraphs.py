"""Paragraphs: wrapped lines joined across lines and pages (document form, section 5.4).

Each line is weighed against the one before it; no single sign decides. Blank space, an indent, a
deliberately short line and closing punctuation speak for a new paragraph; a lower-case beginning
and an unfinished full line speak against. A line that only its marker would separate is kept apart
provisionally: the sequence of markers decides (:mod:`pipeline.structure.hierarchy`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.structure.flow import INDENT_SHARE, Layout, Piece, capitals, first_letter
from pipeline.structure.form import components, fold, starts
from pipeline.structure.markers import bare_division, readings

_TERMINAL = ".;:!?"
_LED = re.compile(r"[.…]{6}\s*\w{0,5}$")  # dots that lead to the number of a page, or to nothing
_CLOSERS = "”\"')»"
_CAPS = 0.85
_LONGEST_TITLE = 3  # lines; what is longer is text and ends with a stop
_HALF = 0.4  # of the text width: no wrapped line leaves so much
_SHORT = 0.08  # of the text width (document form, section 5.4)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive pieces that form one unit.

    Attributes:
        evidence: for (+) or against (-) a new paragraph here, its marker left out of account.
        opens: whether it stands at the start of a stretch of text, with nothing before it to join.
    """

    pieces: tuple[Piece, ...]
    evidence: float
    opens: bool = False

    @property
    def text(self) -> str:
        """Its written text."""
        return " ".join(piece.text for piece in self.pieces if piece.text)

    @property
    def certain(self) -> bool:
        """Whether it stands on its own even if its marker is none."""
        return self.opens or self.evidence > 0

    def joined(self, other: Paragraph) -> Paragraph:
        """Return this paragraph with *other* as its continuation."""
        return replace(self, pieces=(*self.pieces, *other.pieces))


def paragraphs(lines: list[Piece], layout: Layout) -> list[Paragraph]:
    """Join *lines*, consecutive lines of running text, into paragraphs.

    A paragraph begins where the evidence says so or where a marker may stand.
    """
    spaced = _spaced(lines)
    found: list[list[Piece]] = []
    weights: list[float] = []
    for index, line in enumerate(lines):
        marked = bool(readings(line.words))
        if index:
            weight = evidence(found[-1], line, layout, spaced=spaced)
            if weight <= 0 and not marked:
                found[-1].append(line)
                continue
            weights.append(weight)
        else:
            weights.append(1.0)
        found.append([line])
    return [
        Paragraph(tuple(part), weight, opens=index == 0)
        for index, (part, weight) in enumerate(zip(found, weights, strict=True))
    ]


def _spaced(lines: list[Piece]) -> bool:
    """Whether this text sets blank space above its marked paragraphs as a rule."""
    marked = [line.gap_above for line in lines if readings(line.words)]
    return len(marked) >= 4 and sum(marked) > 0.6 * len(marked)


def evidence(before: list[Piece], line: Piece, layout: Layout, *, spaced: bool) -> float:
    """Weigh whether *line* begins a new paragraph after the pieces *before*; positive says yes."""
    last = before[-1]
    same_page = last.span.page == line.span.page
    opening = len(before) == 1
    weight = _break_by_space(last, line, layout, spaced=spaced and same_page, opening=opening)
    weight += _break_by_words(before, last, line)
    return weight


def _break_by_space(
    last: Piece, line: Piece, layout: Layout, *, spaced: bool, opening: bool
) -> float:
    weight = 0.0
    if line.gap_above:
        weight += 1.5
    elif spaced:
        weight -= 1.0
    free = layout.free(last)
    if opening and layout.indent(last) is None:
        free -= INDENT_SHARE  # without boxes the indent of a first line cannot be seen
    # In justified text a line ends early only where the next word was not meant to follow.
    if free > layout.need(line) + _SHORT:
        weight += 2.5 if free < _HALF else 4.0
    elif free > _SHORT:
        weight += 0.5
    else:
        weight -= 1.0
    indent, above = layout.indent(line), layout.indent(last)
    if indent is not None and above is not None:
        if 5 <= indent <= 20:
            # A line below an equally indented one: a list of short lines, or a centred text.
            weight += 2.0 if above < 5 or abs(indent - above) < 2 else 1.0
        elif indent < 3:
            weight -= 1.0
    return weight


def _break_by_words(before: list[Piece], last: Piece, line: Piece) -> float:
    ending = last.text.rstrip(_CLOSERS + " ")
    finished = ending.endswith(tuple(_TERMINAL))
    weight = 1.0 if finished else -1.5
    announced = goes_on_with_number(ending, line.text)
    if ending.endswith(("-", "–", ",")) or unfinished(ending) or announced:
        weight -= 1.0
    elif not finished and len(before) > _LONGEST_TITLE:
        weight -= 1.5
    low = first_letter(line.text)
    if (low.islower() or (low.isdigit() and not finished)) and not readings(line.words):
        weight -= 3.0
    if not finished and opens_sentence(line.text):
        weight += 2.0
    if _LED.search(last.text) and not low.islower():
        weight += 6.0
    if goes_on_below(last.text, line.text):
        weight -= 4.0
    if line.text[:1].isupper() and starts(line.text, components("paragraph", "openers")):
        weight += 4.0
    if ending.endswith((",", ";", ".")) and _opens_body(before[0], line):
        weight += 4.0
    caps_before, caps = _in_capitals(before), capitals(line.text) > _CAPS
    if bare_division(last.words) and len(before) == 1:
        weight += -6.0 if caps or not ending.endswith(tuple(_TERMINAL)) else 0.0
    elif caps_before and caps:
        weight -= 3.0
    elif caps_before:
        weight += 3.0
    bold_before, bold = _bold(before), _bold([line])
    if bold_before and bold is False:
        weight += 2.0
    return weight


def _opens_body(first: Piece, line: Piece) -> bool:
    """Whether *line* names who decides, below the last căn cứ, which ends with a comma."""
    based = starts(first.text.lstrip("-–— "), components("legal_basis", "starts"))
    return based and line.text[:1].isupper() and starts(line.text, components("body", "heads"))


def unfinished(ending: str) -> bool:
    """Whether a line with this *ending* goes on below."""
    return ends_with(ending, "words")


def ends_with(ending: str, key: str) -> bool:
    """Whether the last word of *ending* stands in the list *key* of words at which no text ends."""
    words = ending.split()
    return bool(words) and _listed(words[-1], ending, key)


def _listed(word: str, line: str, key: str) -> bool:
    """Whether *word* of *line* is in the list; marks are left out where the line has none."""
    listed = components("unfinished", key)
    if line.isascii():
        return word.lower() in {fold(entry) for entry in listed}
    return word.lower() in listed


def opens_sentence(line: str) -> bool:
    """Whether *line* begins with a capital on a word that begins no name."""
    first = line.split(maxsplit=1)[0] if line else ""
    return first.istitle() and _listed(first, line, "openers")


def goes_on_with_number(above: str, line: str) -> bool:
    """Whether *line* begins with the number that *above* announces: ``khoản`` / ``2 Điều 5``."""
    return line[:1].isdigit() and ends_with(above, "before_number")


def goes_on_below(above: str, line: str) -> bool:
    """Whether *line* begins with a dash that *above* goes on with.

    So do compounds (``kinh tế`` / ``- xã hội``) and spans of years (``2021`` / ``- 2026``).
    """
    head, _, rest = line.partition(" ")
    if head not in {"-", "–", "—"} or above.endswith(tuple(_TERMINAL)):
        return False
    return rest[:1].islower() or (rest[:1].isdigit() and above[-1:].isdigit())


def _in_capitals(before: list[Piece]) -> bool:
    if len(before) > 1 and bare_division(before[0].words):
        before = before[1:]  # Chương II
    text = " ".join(piece.text for piece in before)
    return capitals(text) > _CAPS and len(text.split()) > 1


def _bold(before: list[Piece]) -> bool | None:
    faces = [word.bold for piece in before for word in piece.words if word.bold is not None]
    return all(faces) if faces else None
