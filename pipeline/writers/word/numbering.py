"""Which labels Word may compute: a plan of multilevel lists, made from the blocks alone.

A list is taken when it is complete and regular: it begins with the first label, counts up without a
gap, all its labels have one form, none is in doubt, and Word counts as they do: its letters are
``a b c d e f``, so that a list with ``đ)`` keeps its printed labels like any other that is not
regular. A label that names the one above (``2.3.``) needs that one to be computed too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.correction.numerals import roman_value
from pipeline.model import Block, Document, Kind, Word

DEEPEST: Final = 6  # levels that the layout has styles for
_LEVELS: Final = 9  # that a list of Word can have
_LABEL: Final = re.compile(
    r"(?P<before>(?:[^\W\d_]+ )?\(?)(?P<core>\d+(?:\.\d+)*|[IVX]+|[^\W\d_])(?P<after>[^\w\s%]?)"
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_COUNTING_ON: Final = "điều "  # counts on through the chapters
_UNITS: Final = frozenset({Kind.HEADING, Kind.ITEM})
_ENDS: Final = frozenset({Kind.ANNEX, Kind.RECIPIENTS, Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        format: Word's name for how it counts; ``bullet`` for signs.
        text: the label, ``%1`` for the number of the first level.
    """

    format: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """The place of a block: list from 1, level from 0, and how many words the label stands for."""

    list: int
    depth: int
    words: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document.

    Attributes:
        schemes: the levels of each kind of list.
        lists: for each list its scheme; a further list of one scheme begins anew.
        labels: the blocks whose label Word computes.
        linked: paragraph styles that number by themselves, with the scheme and level they have.
    """

    schemes: list[list[Level]] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    labels: dict[Block, Label] = field(default_factory=dict)
    linked: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Series:
    """Labels that count on: the units of one form under one parent."""

    units: list[_Unit] = field(default_factory=list)
    decided: bool = False


@dataclass(slots=True, eq=False)
class _Unit:
    """A labelled block: its place among such blocks, its label in parts, and what it is under."""

    block: Block
    index: int
    role: str
    words: int
    sound: bool
    before: str
    core: str
    after: str
    format: str
    parent: _Unit | None
    series: _Series = field(default_factory=_Series)
    label: Label | None = None
    number: str = ""  # its number in the label of a level below: %1.%2
    opened: set[Level] = field(default_factory=set)  # the levels that count under it


def role(block: Block, words: int) -> str:
    """Return the style of a heading or item of so many *words*.

    A heading that runs into its text is set as an item.
    """
    heading = block.kind is Kind.HEADING and not 0 < block.title < words
    return f"{'heading' if heading else 'item'}{min(max(block.level, 1), DEEPEST)}"


def label_words(block: Block, words: list[Word]) -> int:
    """Return how many of *words* make the block's label; 0 when they do not."""
    read = ""
    for index, word in enumerate(words):
        read = f"{read} {word.text}".strip()
        if read == block.label:
            return index + 1
    return 0


def plan(document: Document) -> Numbering:
    """Return the lists whose labels Word computes as they are printed."""
    numbering = Numbering()
    ends: dict[int, int] = {}  # the last unit of each scheme
    for unit in _units(document):
        if not unit.series.decided:
            unit.series.decided = True
            _place(unit, numbering, ends)
        if unit.label is not None:
            numbering.labels[unit.block] = unit.label
            place = numbering.lists[unit.label.list - 1], unit.label.depth
            if place not in numbering.linked.values():
                numbering.linked.setdefault(unit.role, place)
    return numbering


def _units(document: Document) -> list[_Unit]:
    """Return the labelled blocks in order, each with its parent and its series."""
    units: list[_Unit] = []
    above: list[_Unit] = []
    series: dict[tuple[_Unit | None, str], _Series] = {}
    for block in document.blocks:
        if block.kind in _ENDS:
            above, series = [], {}
        if block.kind not in _UNITS or not block.label:
            continue
        above = [unit for unit in above if unit.block.level < block.level]
        unit = _unit(document, block, len(units), above[-1] if above else None)
        above.append(unit)
        units.append(unit)
        counts_on = unit.before.casefold() == _COUNTING_ON
        family = f"{unit.before}{unit.format}{unit.core.count('.')}"
        key = (None if counts_on else unit.parent, family)
        if unit.format == "bullet" and not unit.sound:
            # What is no label that can be read stands in the series that it interrupts.
            key = next((key for key in reversed(series) if key[0] is unit.parent), key)
        elif unit.format != "bullet" and _value(unit) == 1:
            series.pop(key, None)
        unit.series = series.setdefault(key, _Series())
        unit.series.units.append(unit)
    return units


def _unit(document: Document, block: Block, index: int, parent: _Unit | None) -> _Unit:
    words = document.words_of(block.spans)
    used = label_words(block, words)
    sound = used > 0 and not any(word.doubtful for word in words[:used])
    match = _LABEL.fullmatch(block.label)
    if match is None:
        sign = len(block.label) == 1 and block.label != "%"
        before, core, after, form = "", block.label, "", "bullet"
        sound = sound and sign
    else:
        before, core, after = match["before"], match["core"], match["after"]
        form = _format(core)
    own = role(block, len(words))
    return _Unit(block, index, own, used, sound, before, core, after, form, parent)


def _format(core: str) -> str:
    if core[0].isdigit():
        return "decimal"
    if roman_value(core):
        return "upperRoman"
    return "upperLetter" if core.isupper() else "lowerLetter"


def _value(unit: _Unit) -> int:
    """Return the number by which Word would print the unit's label; 0 if it cannot."""
    last = unit.core.rpartition(".")[2]
    if unit.format == "decimal":
        # Other digits than ours, and 01, are not what Word prints.
        return int(last) if last.isascii() and not last.startswith("0") else 0
    if unit.format == "upperRoman":
        return roman_value(last)
    return _LETTERS.find(last.lower()) + 1


def _regular(series: _Series) -> bool:
    """Whether the labels of *series* are what Word would count: complete, of one form, certain."""
    first = series.units[0]
    for value, unit in enumerate(series.units, 1):
        same = (unit.before, unit.after) == (first.before, first.after)
        if first.format == "bullet":
            same = unit.core == first.core
        elif _value(unit) != value:
            return False
        if not (unit.sound and same):
            return False
    stem = first.core.rpartition(".")[0]
    return all(unit.core.rpartition(".")[0] == stem for unit in series.units)


def _place(unit: _Unit, numbering: Numbering, ends: dict[int, int]) -> None:
    """Give the units of the series that *unit* begins their place in a list, if it is regular."""
    units = unit.series.units
    if not _regular(unit.series):
        return
    stem = unit.core.rpartition(".")[0]
    parent = unit.parent if all(each.parent is unit.parent for each in units) else None
    if stem and (parent is None or parent.label is None or parent.core != stem):
        return
    place = _below(unit, parent, numbering)
    if place is None:
        if stem:
            return
        place = _list(unit, numbering, ends), 0
    which, depth = place
    scheme = numbering.lists[which - 1]
    ends[scheme] = max(ends.get(scheme, 0), units[-1].index)
    for each in units:
        each.label = Label(which, depth, each.words)
        each.number = _number(each, parent, depth)


def _below(unit: _Unit, parent: _Unit | None, numbering: Numbering) -> tuple[int, int] | None:
    """Return the list and level of *unit* in the list of its *parent*, if it goes in there."""
    if parent is None or parent.label is None or parent.label.depth + 1 == _LEVELS:
        return None
    depth = parent.label.depth + 1
    levels = numbering.schemes[numbering.lists[parent.label.list - 1]]
    level = _level(unit, parent, depth)
    if depth == len(levels):
        levels.append(level)
    again = level in parent.opened and unit.format != "bullet"
    if levels[depth] != level or again:
        return None
    parent.opened.add(level)
    return parent.label.list, depth


def _list(unit: _Unit, numbering: Numbering, ends: dict[int, int]) -> int:
    """Return the list, at whose first level *unit* begins a series of its own.

    Lists of one scheme share their numbers in Word: a further one begins when the others are over.
    """
    level = _level(unit, None, 0)
    above, inner = unit.parent, set()
    while above is not None:
        if above.label is not None:
            inner.add(numbering.lists[above.label.list - 1])
        above = above.parent
    for scheme, levels in enumerate(numbering.schemes):
        if levels[0] == level and ends[scheme] < unit.index and scheme not in inner:
            if unit.format == "bullet":
                return numbering.lists.index(scheme) + 1
            break
    else:
        scheme = len(numbering.schemes)
        numbering.schemes.append([level])
    numbering.lists.append(scheme)
    return len(numbering.lists)


def _level(unit: _Unit, parent: _Unit | None, depth: int) -> Level:
    if unit.format == "bullet":
        return Level("bullet", unit.core)
    return Level(unit.format, f"{unit.before}{_number(unit, parent, depth)}{unit.after}")


def _number(unit: _Unit, parent: _Unit | None, depth: int) -> str:
    own = f"%{depth + 1}"
    return f"{parent.number}.{own}" if parent is not None and "." in unit.core else own
