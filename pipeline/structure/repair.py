"""Repairs of damaged markers, made only where the sequence proves them; else they are doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model import Change, Decision, Document, Page, Reason, Stage
from pipeline.structure.hierarchy import Unit
from pipeline.structure.paragraphs import Paragraph

_PROVED = 0.97  # the sequence leaves no other reading
_LOST = 0.7  # a dash that was not read at all: made, but shown as doubtful
_GUESSED = 0.6
_SLIGHT = 1.5  # cost of one confused letter
_WEIGHT = 4.0  # of the cost of a bullet against it

Place = tuple[int, int, int]  # page, line, word


@dataclass(frozen=True, slots=True)
class Repairs:
    """Changes by the place of their word, and the paragraphs whose marker was rewritten."""

    changes: dict[Place, Change]
    made: frozenset[int]


def repairs(sequence: list[Paragraph], units: list[Unit | None], *, allowed: bool) -> Repairs:
    """Return a change for every word of a marker that is not written as it was read.

    Args:
        sequence: the paragraphs of running text.
        units: what each of them is.
        allowed: whether proved repairs are made; if not, they are proposed like the others.
    """
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if unit is not None:
            runs[unit.run].append(index)
    usual = _usual_bullets(units)
    changes: dict[Place, Change] = {}
    made: set[int] = set()
    for index, unit in enumerate(units):
        if unit is None or unit.reading.cost == 0:
            continue
        if not unit.reading.ordinals and usual.get(unit.reading.system) != unit.reading.label:
            continue  # this document prints that very dash
        proved = _proved(units, runs[unit.run], index)
        decision = Decision.MADE if proved and allowed else Decision.PROPOSED
        span = sequence[index].pieces[0].span
        words = sequence[index].pieces[0].words
        for offset, after in enumerate(unit.reading.words):
            before = words[offset].text
            if before == after:
                continue
            changes[span.page, span.line, span.start + offset] = Change(
                before,
                after,
                Reason.MARKER,
                (_PROVED if unit.reading.printed else _LOST) if proved else _GUESSED,
                Stage.STRUCTURE,
                decision,
            )
            if decision is Decision.MADE:
                made.add(index)
    return Repairs(changes, frozenset(made))


def doubted(
    sequence: list[Paragraph], units: list[Unit | None], odd: Iterable[int]
) -> dict[Place, Change]:
    """Return a doubt for the number of each *odd* paragraph, a unit: it may have been misread."""
    changes: dict[Place, Change] = {}
    for index in odd:
        piece, unit = sequence[index].pieces[0], units[index]
        at = _number_at(unit.reading.words) if unit is not None else 0
        changes[piece.span.page, piece.span.line, piece.span.start + at] = doubt(
            piece.words[at].text, Reason.DOUBT
        )
    return changes


def doubt(text: str, reason: Reason) -> Change:
    """Return what marks a word as doubtful and leaves it as it is."""
    return Change(text, text, reason, 0.0, Stage.STRUCTURE, Decision.PROPOSED)


def _number_at(marker: tuple[str, ...]) -> int:
    """Return which word of a marker holds its number: the last that is more than signs (Điều 2)."""
    return max((at for at, word in enumerate(marker) if any(map(str.isalnum, word))), default=0)


def _usual_bullets(units: list[Unit | None]) -> dict[str, str]:
    """Return the sign that the document prints for the bullets of each system.

    A clean one weighs more than a long dash, which is mostly one that was read wrongly.
    """
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        if unit is not None and not unit.reading.ordinals:
            weight = 1 / (1 + _WEIGHT * unit.reading.cost)
            weights[unit.reading.system, unit.reading.printed] += weight
    usual: dict[str, str] = {}
    for system, sign in sorted(weights, key=lambda pair: -weights[pair]):
        usual.setdefault(system, sign)
    return usual


def _proved(units: list[Unit | None], run: list[int], index: int) -> bool:
    """Whether it follows as it should, in a list where another marker is clean or nearly so."""
    unit = units[index]
    if unit is None or unit.step > 0:
        return False
    # A bullet is alike in all lists of a document; a number follows from those of its own.
    others = run if unit.reading.ordinals else range(len(units))
    siblings = [
        other
        for at in others
        if at != index and (other := units[at]) and other.reading.system == unit.reading.system
    ]
    most = _SLIGHT if unit.reading.ordinals else 0.0
    return any(other.step == 0 and other.reading.cost <= most for other in siblings)


def apply(document: Document, changes: dict[Place, Change]) -> Document:
    """Return *document* with *changes* on their words; one already recorded stays single."""
    by_page: defaultdict[int, dict[tuple[int, int], Change]] = defaultdict(dict)
    for (page, line, word), change in changes.items():
        by_page[page][line, word] = change
    pages = list(document.pages)
    for index, found in by_page.items():
        pages[index] = _apply_page(pages[index], found)
    return replace(document, pages=tuple(pages))


def _apply_page(page: Page, changes: dict[tuple[int, int], Change]) -> Page:
    lines = list(page.lines)
    for (line, word), change in changes.items():
        words = list(lines[line].words)
        if change not in words[word].changes:
            words[word] = words[word].changed(change)
        lines[line] = replace(lines[line], words=tuple(words))
    return replace(page, lines=tuple(lines))
