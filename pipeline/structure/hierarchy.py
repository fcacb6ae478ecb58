"""Hierarchy: which paragraphs are numbered units, of which level and ordinal.

A search over the whole sequence of paragraphs (document form, section 5.5). A state is the stack
of open units; each paragraph is read as plain text or as one of its candidate markers, at the cost
of the reading, of the step in the sequence and of the evidence against a new paragraph. The beam is
bounded, so time grows with the number of paragraphs only.

What always holds: the search only chooses among readings; it never closes a gap in the numbering.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pipeline.structure.flow import capitals
from pipeline.structure.form import table
from pipeline.structure.markers import (
    DIVISIONS,
    NUMBERED,
    Reading,
    goes_on_low,
    readings,
    with_sign,
)
from pipeline.structure.paragraphs import Paragraph
from pipeline.structure.strokes import with_proved_strokes

Stack = tuple[Reading, ...]
_BULLETS = ("dash", "plus", "star", "dot")
_CAPS = 0.7
_CLEAN = 0.2  # an en dash for a bullet is as good as a hyphen
_DEEPEST = 10
_FARTHEST = 3  # ordinal at which a list begins that was not read from its beginning, at most
_UNLIKELY = 2.5  # cost of a reading that needs siblings


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph read as a numbered or dashed unit.

    Attributes:
        level: depth from 1.
        step: cost of its place in the sequence; 0 when it follows as it should.
        run: identifies its list: siblings have the same run.
    """

    reading: Reading
    level: int
    step: float
    run: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the document itself uses, learned from its clean markers.

    Attributes:
        signs: the usual closing sign of each numbered system.
        ranks: natural depth of each system, bullets reordered as this document nests them.
        plain_d: whether its points go from d to e without đ.
    """

    signs: dict[str, str]
    ranks: dict[str, float]
    plain_d: bool


@dataclass(slots=True)
class _State:
    """A way to have read everything so far.

    Attributes:
        index: the paragraph read last, -1 for none.
        article: the last Điều, which count on through the chapters.
    """

    index: int
    cost: float
    stack: Stack
    level: int
    back: _State | None
    choice: Reading | None
    step: float
    article: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph that may be a unit: its readings with their prices, and that of plain text."""

    index: int
    moves: list[tuple[Reading, float]]
    as_text: float
    started: bool


def hierarchy(
    sequence: list[Paragraph], resets: frozenset[int], *, fragment: bool
) -> list[Unit | None]:
    """Return for each paragraph the unit it is, or None for plain text.

    Args:
        sequence: the paragraphs of running text in document order.
        resets: indices before which every list is closed (after a signature, at an annex).
        fragment: whether the beginning of the document is missing, so that lists may start late.
    """
    printed = [readings(paragraph.pieces[0].words) for paragraph in sequence]
    options = with_proved_strokes(sequence, printed)
    scheme = learn(options)
    rules: dict[str, Any] = table("markers")
    costs = rules["sequence"]
    beam = [_State(-1, 0.0, (), 0, None, None, 0.0)]
    started = not fragment
    for index, (paragraph, heads) in enumerate(zip(sequence, options, strict=True)):
        if index in resets:
            beam = [replace(min(beam, key=lambda state: state.cost), stack=())]
        if heads:
            moves = [
                (with_sign(reading, scheme.signs), _price(reading, paragraph, scheme, costs))
                for reading in heads
            ]
            place = _Place(index, moves, _text_price(heads, rules["text"]), started)
            beam = _advance(beam, place, scheme, rules)
            started = True
    return _units(min(beam, key=lambda state: state.cost), len(sequence), resets)


def learn(options: list[tuple[Reading, ...]]) -> Scheme:
    """Learn the document's own scheme from its clean markers: signs, bullets, alphabet."""
    clean = [heads[0] for heads in options if heads and heads[0].cost <= _CLEAN]
    counts: Counter[tuple[str, str]] = Counter(
        (reading.system, reading.sign if reading.ordinals else reading.printed) for reading in clean
    )
    signs: dict[str, str] = {}
    for (system, sign), _ in counts.most_common():
        signs.setdefault(system, sign)
    ranks: dict[str, float] = dict(table("markers")["rank"])
    follows: Counter[tuple[str, str]] = Counter(
        (one[0].system, other[0].system) for one, other in pairwise(filter(None, options))
    )
    # A bullet that is more often followed by the other than the other way round stands above it.
    order = sorted(_BULLETS, key=lambda bullet: ranks[bullet])
    for upper in _BULLETS:
        for lower in _BULLETS:
            below = order.index(upper) > order.index(lower)
            if below and follows[upper, lower] > follows[lower, upper]:
                order.remove(upper)
                order.insert(order.index(lower), upper)
    ranks |= dict(zip(order, sorted(ranks[bullet] for bullet in _BULLETS), strict=True))
    points = {reading.label[0] for reading in clean if reading.system == "letter"}
    return Scheme(signs, ranks, plain_d="e" in points and "đ" not in points)


def _advance(
    beam: list[_State], place: _Place, scheme: Scheme, rules: dict[str, Any]
) -> list[_State]:
    """Return the best ways to go on at *place*, one for each stack, cheapest first."""
    best: dict[tuple[object, ...], _State] = {}
    index = place.index
    for state in beam:
        candidates = [
            _State(
                index, state.cost + place.as_text, state.stack, 0, state, None, 0.0, state.article
            )
        ]
        for reading, price in place.moves:
            article = reading.ordinal if reading.system == "article" else state.article
            for step, stack in _steps(state, reading, scheme, rules, started=place.started):
                total = state.cost + price + step
                candidates.append(
                    _State(index, total, stack, len(stack), state, reading, step, article)
                )
        for candidate in candidates:
            opened = tuple((entry.system, entry.ordinals) for entry in candidate.stack)
            key = (opened, candidate.article)
            known = best.get(key)
            if known is None or candidate.cost < known.cost:
                best[key] = candidate
    ordered = sorted(best.values(), key=lambda state: state.cost)
    limit = ordered[0].cost + rules["search"]["margin"]
    return [state for state in ordered[: rules["search"]["beam"]] if state.cost <= limit]


def _text_price(heads: tuple[Reading, ...], prices: dict[str, float]) -> float:
    if any(reading.system in DIVISIONS for reading in heads):
        return prices["division"]
    if any(reading.system in NUMBERED for reading in heads):
        return prices["number"] if heads[0].cost == 0 else prices["damaged_number"]
    return prices["bullet"]


def _price(
    reading: Reading, paragraph: Paragraph, scheme: Scheme, costs: dict[str, float]
) -> float:
    """Return the cost of *reading* whatever came before: damage, layout, case, form."""
    first = paragraph.pieces[0]
    price = reading.cost
    if not paragraph.opens:
        price += max(0.0, -paragraph.evidence)
    if goes_on_low(reading, first.words):
        price += costs["lower_bullet" if reading.system in _BULLETS else "lower_case"]
    rest = " ".join(word.text for word in first.words[len(reading.words) :])
    caps = capitals(rest) > _CAPS and len(rest) > 3
    if reading.system == "roman" and not caps:
        price += costs["plain_roman"]
    if reading.system in {"arabic", "paren", "letter"} and caps:
        price += costs["caps_number"]
    usual = scheme.signs.get(reading.system)
    form = reading.sign if reading.ordinals else reading.printed
    if usual is not None and form != usual:
        price += costs["other_form"]
    return price


def _steps(
    state: _State, reading: Reading, scheme: Scheme, rules: dict[str, Any], *, started: bool
) -> list[tuple[float, Stack]]:
    """Return the ways to open *reading* in *state*, each with its cost and the stack after it."""
    costs: dict[str, float] = rules["sequence"]
    stack = state.stack
    same = next(
        (k for k in range(len(stack) - 1, -1, -1) if stack[k].system == reading.system), None
    )
    if same is not None:
        above = stack[:same]
        cost = _step(stack[same], reading, scheme, costs) if reading.ordinals else 0.0
        return [(cost, (*above, reading))]
    cost = 0.0
    counts_on = reading.system == "article" and reading.ordinal == state.article + 1
    if reading.ordinals and reading.ordinal != 1 and not counts_on:
        cost = costs["late_start" if started else "fragment_start"]
    if reading.system in _BULLETS and reading.cost >= 1:
        cost += costs["damaged_bullet"]
    rank = scheme.ranks[reading.system]
    kept = tuple(entry for entry in stack if scheme.ranks[entry.system] < rank)
    found = [(cost + _parent(kept, reading, costs), (*kept, reading))]
    if len(kept) < len(stack):
        if not kept and reading.ordinals and any(entry.ordinals for entry in stack):
            found[0] = (found[0][0] + costs["orphan_above"], found[0][1])
        if len(stack) < _DEEPEST:
            inverted = cost + _parent(stack, reading, costs) + costs["inverted"]
            found.append((inverted, (*stack, reading)))
    return found


def _step(before: Reading, reading: Reading, scheme: Scheme, costs: dict[str, float]) -> float:
    """Return the cost of *reading* as the next sibling of *before*."""
    if before.ordinals[:-1] != reading.ordinals[:-1]:
        return costs["wrong_parent"]
    step = reading.ordinal - before.ordinal
    if scheme.plain_d and before.label[:1] == "d" and reading.label[:1] == "e":
        step = 1
    if step == 1:
        return 0.0
    if step > 1:
        return min(costs["skip"] + (step - 2) * costs["skip_more"], costs["skip_most"])
    if step == 0:
        return costs["repeat"]
    return costs["restart"] if reading.ordinal == 1 else costs["back"]


def _parent(above: Stack, reading: Reading, costs: dict[str, float]) -> float:
    """Return the cost of opening ``2.3.`` where the unit above is not ``2.``."""
    if len(reading.ordinals) < 2:
        return 0.0
    wanted = "arabic" if len(reading.ordinals) == 2 else "decimal"
    parent = next((entry for entry in reversed(above) if entry.system == wanted), None)
    if parent is None:
        return costs["no_parent"]
    return 0.0 if parent.ordinals == reading.ordinals[:-1] else costs["wrong_parent"]


def _units(last: _State, count: int, resets: frozenset[int]) -> list[Unit | None]:
    """Walk back from the last state, then number the lists by going through the choices again."""
    chosen: dict[int, _State] = {}
    state: _State | None = last
    while state is not None:
        chosen[state.index] = state
        state = state.back
    units: list[Unit | None] = []
    opened: list[tuple[str, int]] = []  # system and run of each open unit
    runs = 0
    for index in range(count):
        if index in resets:
            opened = []
        here = chosen.get(index)
        if here is None or here.choice is None:
            units.append(None)
            continue
        depth, system = here.level - 1, here.choice.system
        if len(opened) > depth and opened[depth][0] == system:
            run = opened[depth][1]
        else:
            runs += 1
            run = runs
        opened = [*opened[:depth], (system, run)]
        units.append(Unit(here.choice, here.level, here.step, run))
    return _without_strays(units)


def _without_strays(units: list[Unit | None]) -> list[Unit | None]:
    """Take back units of lists that are none.

    Such a list begins far from one and does not count on, or changes its form; or it is a single
    unit that was read only by believing much. What opens a fragment stays, and so do articles,
    which count on through the chapters.
    """
    runs: defaultdict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit is not None:
            runs[unit.run].append(unit)
    first = next((unit for unit in units if unit is not None and unit.reading.ordinals), None)
    strays = {run for run, members in runs.items() if _is_stray(members)}
    return [
        None if unit is not None and unit.run in strays and unit is not first else unit
        for unit in units
    ]


def _is_stray(members: list[Unit]) -> bool:
    head = members[0].reading
    if head.system in DIVISIONS:
        return False
    if len(members) == 1 and head.cost >= _UNLIKELY:
        return True
    far = members[0].step > 0 and head.ordinal > _FARTHEST
    counts = any(member.step == 0 for member in members[1:])
    return far and not (counts and len({member.reading.sign for member in members}) == 1)


def numbering_doubts(units: list[Unit | None]) -> dict[int, str]:
    """Return what is odd about the numbering, by unit: gaps, repeats, late starts; message keys."""
    last: dict[int, Unit] = {}
    article = 0
    doubts: dict[int, str] = {}
    for index, unit in enumerate(units):
        if unit is None or not unit.reading.ordinals:
            continue
        before = last.get(unit.run)
        last[unit.run] = unit
        counts_on = unit.reading.system == "article" and unit.reading.ordinal == article + 1
        if unit.reading.system == "article":
            article = unit.reading.ordinal
        if before is None:
            if unit.reading.ordinal != 1 and not counts_on:
                doubts[index] = "doubt.numbering_start"
        elif unit.step == 0:
            continue
        elif unit.reading.ordinals == before.reading.ordinals:
            doubts[index] = "doubt.numbering_repeat"
        else:
            doubts[index] = "doubt.numbering_gap"
    return doubts
