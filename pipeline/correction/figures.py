"""Figures that the words around them prove: ``Điều I`` is ``Điều 1``, ``tháng l1`` is ``tháng 11``.

A reader takes the stroke of a 1 for an I, an l or a bracket, and the other way round. Articles,
clauses, days, months and hours are counted in figures, annexes and parts in figures or in Roman
numerals; a stroke that is neither has one reading there. A whole Roman numeral becomes figures only
where the reader saw them too. A day with its month and year keeps its strokes where it can be no
other day (``31/102017``), and numbers and dates are in one piece (``số 37 7/QĐ-UBND``, ``ngày
23/1 1/2018``). The code by which a body is known to machines ends in a letter and two figures
(``000.00.00.H12``, QCVN 102:2016/BTTTT); so do those of procedures.

What always holds: no figure becomes another figure, and a stroke is taken for a 1 and for nothing
else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import regex

from pipeline.correction.numerals import roman_value
from pipeline.correction.rewriting import IN_DOUBT, certainty_of, rewritten_line
from pipeline.correction.tokens import analyse
from pipeline.model import Line, Reason, Word

CERTAINTY: Final = 0.95
_STROKES: Final = str.maketrans("Il|]", "1111")
_OTHERS: Final = frozenset("1l|")
_LONGEST: Final = 2  # figures, of which none need be certain; of more, one may be too many
# What is counted in figures alone, before or behind them, and up to which number.
_BEFORE: Final = {"điều": 999, "khoản": 99, "thứ tự": 999, "ngày": 31, "tháng": 12}
_HEADS: Final = frozenset({"tt", "stt", "thứ tự"})  # of columns that count their rows
_MOST_ROWS: Final = 999
_BEHIND: Final = {"giờ": 24, "phút": 59}
_COUNT: Final = regex.compile(r"([\dIl|]*[Il|][\dIl|]*)([.,;:)]*)")
_BRACKETED: Final = regex.compile(r"(?=.*\])[1-9l\]][\dl\]]{0,2}\.?")
# What is counted in Roman numerals too: there a stroke that is no figure is an I.
_PARTS: Final = frozenset({"phụ lục", "chương", "phần"})
_PART: Final = regex.compile(r"([1IlJ|\]]{1,3})([.,;:)]*)")
_ALL_FIGURES: Final = regex.compile(r"\d+|I+")
_DATE: Final = regex.compile(r"(\(?)(\d{1,2}/\d{1,2}|\d{3,4})/?((?:19|20)\d{2})([.,;:)]*)")
_MONTH: Final = regex.compile(r"/\d\d/")  # in full: none of its figures is lost
# Two pieces of a number or a date, parted by a blank between figures.
_NUMBER: Final = regex.compile(r"\d{1,3} \d{1,3}/(?:\d{4}/)?\p{Lu}[\p{Lu}\p{Ll}&]*-\p{Lu}\S*")
_BROKEN_DATE: Final = regex.compile(r"(\(?)((?:\d )?\d{1,2}/(?:\d )?\d{1,2})(/(?:19|20)\d{2}\S*)")
# The code of a body or of a procedure, whole or its end, behind the figures above it in a cell.
_CODE: Final = regex.compile(r"((?:\d+\.)*\d{3}\.\d\d\.\d\d\.)(\p{Lu}[\dIl|]{2})(\W*)")
_CODE_BEGUN: Final = regex.compile(r"(?:\d+\.)*\d{3,4}\.\d\d\.\d\d\.")
_CODE_END: Final = regex.compile(r"()(\p{Lu}[\dIl|]{2})(\W*)")


def proved(line: Line, above: str = "", head: str = "") -> Line:
    """Return *line* with its figures as the words around them prove them.

    Args:
        line: as it is written.
        above: the word that stands before it, where a narrow cell parts what belongs together.
        head: of the column, where the line is alone in a cell of a table.
    """
    line = _with_dates(line)
    texts = [word.text for word in line.words]
    fixed = [
        _counted(texts, at, word)
        or _numbered(texts, at)
        or _coded(texts[at - 1] if at else above, word.text)
        or word.text
        for at, word in enumerate(line.words)
    ]
    if len(texts) == 1 and _folded(*head.split()[-2:]) in _HEADS:
        if _BRACKETED.fullmatch(texts[0]):
            figures = [texts[0].translate(_STROKES)]
            return rewritten_line(line, figures, Reason.FIGURE, lambda _: IN_DOUBT)
        fixed = [_figures(line.words[0], _MOST_ROWS) or fixed[0]]
    return rewritten_line(
        line, _joined(fixed), Reason.FIGURE, partial(certainty_of, certainty=CERTAINTY)
    )


def _with_dates(line: Line) -> Line:
    """Return *line* with the strokes of its dates; in doubt where a figure may be lost as well."""
    texts = [word.text for word in line.words]
    dated = [
        (before is not None and _folded(before) == "ngày" and _dated(text)) or text
        for before, text in zip((None, *texts), texts, strict=False)
    ]

    def certainty(word: Word) -> float:
        whole = _MONTH.search(_dated(word.text) or "")
        return certainty_of(word, CERTAINTY if whole else IN_DOUBT)

    return rewritten_line(line, dated, Reason.FIGURE, certainty)


def _counted(texts: Sequence[str], at: int, word: Word) -> str | None:
    """Return the word as figures, where the words around it leave nothing else."""
    return _figures(word, max(_limit_before(texts, at), _limit_behind(texts, at)))


def _figures(word: Word, most: int) -> str | None:
    """Return the word as figures, where only a number up to *most* can stand."""
    found = _COUNT.fullmatch(word.text)
    if found is None:
        return None
    letters = sum(not letter.isdigit() for letter in found[1])
    if (letters > 1 and len(found[1]) > _LONGEST) or set(found[1]) == {"|"}:
        return None
    # Constitutions of others count their articles in Roman numerals.
    if set(found[1]) == {"I"} and not _may_be_figures(word, len(found[1])):
        return None
    figures = found[1].translate(_STROKES)
    return figures + found[2] if figures[0] != "0" and int(figures) <= most else None


def _may_be_figures(word: Word, letters: int) -> bool:
    """Tell whether the reader saw another stroke in each of the first *letters* as well."""
    seen = word.choices[:letters]
    return len(seen) == letters and all(
        any(choice.text in _OTHERS for choice in choices) for choices in seen
    )


def _limit_before(texts: Sequence[str], at: int) -> int:
    one, two = _folded(*texts[max(0, at - 1) : at]), _folded(*texts[max(0, at - 2) : at])
    return max(_BEFORE.get(one, 0), _BEFORE.get(two, 0))


def _limit_behind(texts: Sequence[str], at: int) -> int:
    return _BEHIND.get(_folded(*texts[at + 1 : at + 2]), 0)


def _numbered(texts: Sequence[str], at: int) -> str | None:
    """Return the word as a Roman numeral, where it stands behind the name of a part."""
    found = _PART.fullmatch(texts[at])
    if found is None or _ALL_FIGURES.fullmatch(found[1]):
        return None
    names = {_folded(*texts[max(0, at - size) : at]) for size in (1, 2)}
    numeral = "I" * len(found[1])
    return numeral + found[2] if names & _PARTS and roman_value(numeral) else None


def _coded(before: str, text: str) -> str | None:
    """Return the code of a body with figures where only they can stand."""
    behind = _CODE_BEGUN.fullmatch(before)
    found = _CODE.fullmatch(text) or (_CODE_END.fullmatch(text) if behind else None)
    if found is None:
        return None
    figures, (letter, *rest), closing = found.groups()
    return f"{figures}{letter}{''.join(rest).translate(_STROKES)}{closing}"


def _dated(text: str) -> str | None:
    """Return a date with both its strokes, if some were lost and it can be one date only."""
    found = _DATE.fullmatch(text)
    if found is None or text.count("/") > 1:
        return None
    opened, days, year, rest = found.groups()
    cuts = [days.index("/")] if "/" in days else range(1, len(days))
    pairs = {(days[:at], days[at:].strip("/")) for at in cuts}
    whole = [f"{day}/{month}" for day, month in pairs if _is_day(day, month)]
    return f"{opened}{whole[0]}/{year}{rest}" if len(whole) == 1 else None


def _is_day(day: str, month: str) -> bool:
    if not (day and month and len(day) <= 2 and len(month) <= 2):
        return False
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _joined(texts: list[str]) -> list[str]:
    """Return the words with the pieces of numbers and dates joined; the second piece is empty."""
    joined = list(texts)
    for at in range(1, len(texts) - 1):
        before, pair = _folded(texts[at - 1]), f"{texts[at]} {texts[at + 1]}"
        whole = pair.replace(" ", "")
        if (before == "số" and _NUMBER.fullmatch(pair)) or (before == "ngày" and _is_date(pair)):
            joined[at : at + 2] = [whole, ""]
    return joined


def _is_date(pair: str) -> bool:
    found = _BROKEN_DATE.fullmatch(pair)
    return found is not None and _is_day(*found[2].replace(" ", "").split("/"))


def _folded(*texts: str) -> str:
    return " ".join(analyse(text).core for text in texts).lower()
