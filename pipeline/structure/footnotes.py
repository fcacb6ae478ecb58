"""Footnotes: lines at the foot of a page that explain a word of the text above.

They stand below all else on their page, under the recipients too, whose column is read before that
of the signature. They begin with a mark, and the marks count on. Where boxes are known the type is
smaller than that of the text, and the mark is raised, or a rule or a reference in the text vouches
for it. In text without boxes all must agree: blank space above, a reference to each of them, and
nothing else below that has a marker of its own. What is not plain stays text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Final

from pipeline.model import Document, Kind
from pipeline.structure.flow import Piece, type_size
from pipeline.structure.markers import readings
from pipeline.structure.references import Mark, find, opening_mark, raised

_SMALLER: Final = 0.92  # of the size of the text: 10 to 12 points under 13 to 15
_LONGEST: Final = 8  # lines of a footnote in text without boxes
_ZONE: Final = 40  # lines: footnotes take no more of a page
_PAIRS: Final = (("(", ")"), ("[", "]"))  # a figure alone is like many others
_PAGE: Final = 100  # lines of a page that is searched: text may come without page breaks


_Kept = tuple[Piece, Kind | None]  # a line, and its kind where it is furniture


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark and its lines."""

    mark: Mark
    pieces: tuple[Piece, ...]


def footnotes(document: Document, lines: list[Piece], aside: dict[int, Kind]) -> list[Footnote]:
    """Return the footnotes among *lines* in reading order.

    Args:
        document: what the lines are of.
        lines: whole lines.
        aside: the kind of each of them (by index) that is furniture.
    """
    # Ornaments stay: a rule above footnotes may have been read as one.
    kept = [(line, aside.get(i)) for i, line in enumerate(lines) if aside.get(i) is not Kind.NOTE]
    found: list[Footnote] = []
    for _, group in groupby(kept, key=lambda pair: pair[0].span.page):
        page = _downward(list(group))
        for start in range(max(1, len(page) - _ZONE), len(page)):
            last = found[-1].mark if found else None
            notes = _notes([line for line, _ in page[start:]])
            if notes and _stands(document, page, start, notes, last, whole=kept):
                found += notes
                break
    return found


def _downward(page: list[_Kept]) -> list[_Kept]:
    """Return the lines of *page* as they stand below each other, whatever column they are of."""
    boxes = [box for line, _ in page if (box := line.box) is not None]
    if len(boxes) < len(page):
        return page
    order = sorted(range(len(page)), key=lambda index: boxes[index].top)
    return [page[index] for index in order]


def _notes(zone: list[Piece]) -> list[Footnote]:
    """Return *zone* cut where the next mark of its series begins a line; empty without a mark."""
    found: list[Footnote] = []
    for line in zone:
        mark = opening_mark(line.words)
        if line.line.cell is not None or (mark is None and not found):
            return []
        if mark is not None and (not found or mark.follows(found[-1].mark)):
            found.append(Footnote(mark, (line,)))
        else:
            found[-1] = Footnote(found[-1].mark, (*found[-1].pieces, line))
    return found


def _stands(
    document: Document,
    page: list[_Kept],
    start: int,
    notes: list[Footnote],
    last: Mark | None,
    *,
    whole: list[_Kept],
) -> bool:
    """Whether *notes*, the lines of *page* from *start* on, are footnotes indeed.

    Args:
        document: what the lines are of.
        page: its lines.
        start: where the notes begin.
        notes: what begins there.
        last: the mark of the footnote before them.
        whole: the lines of all pages.
    """
    above = [line for line, kind in page[max(0, start - _PAGE) : start] if kind is None]
    zone = [line for line, _ in page[start:]]
    if not above or any(kind is not None for _, kind in page[start:]):
        return False
    first, ruled = notes[0].mark, page[start - 1][1] is Kind.ORNAMENT
    boxed = all(line.box is not None for line in (*above, *zone))
    if not (_smaller(document, above, zone) if boxed else _parted(notes, ruled=ruled)):
        return False
    spans = [line.span for line in above]
    referred = [find(document, note.mark, spans) is not None for note in notes]
    if all(referred):
        return True
    in_order = first.value == 1 or (last is not None and first.follows(last))
    lifted = raised(zone[0].words[0], zone[0].words)
    seen = any(referred) or ((ruled or lifted) and not first.stars)
    if boxed and not seen and first.brackets in _PAIRS:
        # Where all of them stand at the end of the document, the text referred to them long before.
        before = [
            line.span for line, kind in whole if kind is None and line.position < zone[0].position
        ]
        seen = find(document, first, before) is not None
    return boxed and in_order and seen


def _parted(notes: list[Footnote], *, ruled: bool) -> bool:
    """Whether *notes*, of which no size is known, are set apart and hold no other unit."""
    if not (ruled or notes[0].pieces[0].gap_above):
        return False
    return all(
        note.mark.brackets != ("", ".")
        and len(note.pieces) <= _LONGEST
        and not any(line.gap_above or readings(line.words) for line in note.pieces[1:])
        for note in notes
    )


def _smaller(document: Document, above: list[Piece], zone: list[Piece]) -> bool:
    """Whether the type of all of *zone* is smaller than that of the text *above* it."""
    sizes = [size for line in above if (size := _size(document, line)) is not None]
    own = [size for line in zone if (size := _size(document, line)) is not None]
    return bool(sizes and own) and max(own) <= _SMALLER * median(sizes)


def _size(document: Document, line: Piece) -> float | None:
    return type_size(document.pages[line.span.page], line)
