"""What does not fit into a column of numbers: ``Ib`` for 15, 357921 for 357.921, 243 for 24,3.

In a table nothing beside a figure tells what it is, and a misread one looks like any word. But a
column in which nearly every cell holds a number holds one in the others, too; where most large
numbers have their signs all of them do; and rows are counted one by one, or as 1, 1.1, 1.2, 2. What
always holds: words stay as they were read and where they are; heads of columns, dashes and words
that were surely read among numbers are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise
from typing import Final

from pipeline.model import Line, Word, replace
from pipeline.recognition.doubt import with_doubt
from pipeline.recognition.surer import mostly_figures

FEWEST: Final = 4  # cells with a number
MOST: Final = 0.75  # of the filled ones
SURE: Final = 0.9  # confidence from which a word is trusted there
PAIR: Final = 2  # steps of one, of which one may be misread
LONGEST: Final = 2  # words in a cell: more are a remark
_SIGNED: Final = re.compile(r"\D?\d{1,3}([.,]\d{3})+|\d{1,2}([/-]\d{1,2})?[/-]\d{4}")
# More figures than any number without signs, or another sign: 357921, 1/275.
_LARGE: Final = re.compile(r"\d{5,}|\d{1,3}[/:]\d{3}")
_DECIMAL: Final = re.compile(r"[\d.]*\d[.,]\d\d?%?")
# A full hundred stands among parts of it.
_WHOLE: Final = re.compile(r"(?!100%?$)\d\d+%?|\d+[/:]\d\d?")
_DASHES: Final = frozenset("-–—")


def with_misfits_doubted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return *lines* with the words of tables doubted that are none of their column's numbers."""
    columns: dict[tuple[int, int], list[int]] = {}
    for at, line in enumerate(lines):
        if line.cell and line.cell.columns == 1:
            columns.setdefault((line.cell.table, line.cell.column), []).append(at)
    trusted_from: dict[int, float] = {}
    for (_, number), column in columns.items():
        wrong = _without_signs(lines, column) + _parted(lines, column)
        if number == 0:  # the others hold amounts
            wrong += _miscounted(lines, column)
        trusted_from |= dict.fromkeys(wrong, 1.0) | dict.fromkeys(_misfits(lines, column), SURE)
    return tuple(
        _doubted(line, trusted_from[at]) if at in trusted_from else line
        for at, line in enumerate(lines)
    )


def _misfits(lines: Sequence[Line], column: Sequence[int]) -> list[int]:
    """Return which lines of a *column* below its first number hold none, if most do."""
    numbers = [_is_number(lines[at]) for at in column]
    if True not in numbers:
        return []
    below = numbers.index(True)
    if numbers.count(True) < max(FEWEST, MOST * (len(numbers) - below)):
        return []
    return [
        at
        for at, number in zip(column[below:], numbers[below:], strict=True)
        if not number and len(lines[at].words) <= LONGEST
    ]


def _without_signs(lines: Sequence[Line], column: Sequence[int]) -> list[int]:
    """Return which numbers of a *column* lack the signs between figures that most have."""
    numbers = {at: lines[at].words[0].ocr for at in column if len(lines[at].words) == 1}
    found: list[int] = []
    for signed, without in ((_SIGNED, _LARGE), (_DECIMAL, _WHOLE)):
        bare = [at for at, number in numbers.items() if without.fullmatch(number)]
        whole = sum(signed.fullmatch(number) is not None for number in numbers.values())
        if whole >= max(FEWEST, MOST * (whole + len(bare))):
            found += bare
    return found


def _parted(lines: Sequence[Line], column: Sequence[int]) -> list[int]:
    """Return which cells of a *column* hold a number in pieces, if most hold theirs in one."""
    numbers = [at for at in column if _is_number(lines[at])]
    # The head may hold one, too: Năm 2022.
    below = list(dropwhile(lambda at: len(lines[at].words) > 1, numbers))
    parted = [at for at in below if len(lines[at].words) > 1]
    whole = len(below) - len(parted)
    return parted if whole >= max(FEWEST, MOST * len(below)) else []


def _miscounted(lines: Sequence[Line], column: Sequence[int]) -> list[int]:
    """Return which cells of a *column* that counts the rows hold another number than they must."""
    numbers = [(at, lines[at].text.rstrip(".")) for at in column]
    counts = [(at, int(number)) for at, number in numbers if number.isdecimal()]
    steps = [other - one for (_, one), (_, other) in pairwise(counts)]
    found = _parts_without_stop(counts)
    if len(counts) >= FEWEST and 2 * steps.count(1) >= len(steps):
        found += [
            counts[place][0]
            for place, (one, other) in enumerate(pairwise(steps), start=1)
            if one + other == PAIR and one != 1
        ]
    return found


def _parts_without_stop(counts: Sequence[tuple[int, int]]) -> list[int]:
    """Return where 11, 12 between 1 and 2 stand for 1.1 and 1.2."""
    found: list[int] = []
    for place, (_, whole) in enumerate(counts):
        rest = counts[place + 1 :]
        others = (later for later, (_, count) in enumerate(rest) if count // 10 != whole)
        stop = next(others, None)
        if whole and stop is not None and whole < rest[stop][1] <= whole + PAIR:
            found += [at for at, _ in rest[:stop]]
    return found


def _is_number(line: Line) -> bool:
    return mostly_figures("".join(word.ocr for word in line.words))


def _doubted(line: Line, sure: float) -> Line:
    def doubted(word: Word) -> Word:
        trusted = (word.confidence or 0.0) >= sure or word.ocr in _DASHES
        return word if trusted else with_doubt(word)

    return replace(line, words=tuple(map(doubted, line.words)))
