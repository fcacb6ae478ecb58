"""Marks that no directive is printed with, and what they were: ``khảo}`` → ``khảo)``.

Only marks whose reading leaves no choice are changed: the fraction stroke for the stroke, the sign
of copyright behind a stroke (``B/©``), a brace that closes an open bracket or opens one that is
closed, a wave before a line for the dash of a list, two dashes for one, a single quote before a
word that none closes, what is dirt around the end of a document (``này./2.``), and specks alone
between words, behind a figure, behind the dash of a list or behind another mark, which go. A stop
before a word in small letters is the comma that its reader saw beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import regex

from pipeline.correction.rewriting import rewritten_line
from pipeline.correction.specks import without_specks
from pipeline.correction.tokens import analyse
from pipeline.model import Choice, Line, Reason

CERTAINTY: Final = 0.95
_STROKE: Final = str.maketrans("⁄", "/")
_WAVES: Final = frozenset("~=≈")
_BRACES: Final = frozenset("{}")
_QUOTES: Final = "'‘’`´"
_DIRT: Final = frozenset({"-", "_", "__"})  # no blank to be filled in is so short
_END: Final = regex.compile(r"(?<=\p{L})\./(?!\.$)[\d\p{P}]{1,3}$")
_MARKS: Final = frozenset(".,:;'’ˆ")
_ENDS: Final = (",", ";", ":")
_DASHES: Final = regex.compile(r"[-–—]{2}")
_DOUBLED: Final = regex.compile(r"(?<=\d)//(?=\d|\p{Lu})")  # strokes
_BLANK: Final = regex.compile(r"(?<=^\d{1,2})_+$")
_COMMA: Final = 0.3  # confidence in it, from which it was seen too
_STOPPED: Final = regex.compile(r"\p{L}\p{Ll}+\.")  # no abbreviation of a letter
_SPECKS: Final = frozenset("¡‹›¦¬^")  # a stroke may be a figure, and an underscore a blank to fill


def mended(line: Line) -> Line:
    """Return *line* with such marks changed, each with its reason."""
    texts = [word.text for word in line.words]
    fixed = [text.translate(_STROKE).replace("/©", "/c") for text in texts]
    if len(fixed) > 1 and fixed[0] in _WAVES:
        fixed[0] = "-"
    fixed = _unspecked(line, _unquoted(_bracketed(fixed)))
    if any(word.confidence is not None for word in line.words):
        fixed = without_specks(line, _with_commas(line, _cleaned(fixed)))
    return rewritten_line(line, fixed, Reason.PUNCTUATION, lambda _: CERTAINTY)


def _bracketed(texts: list[str]) -> list[str]:
    """Return the words with braces made brackets where the line's other bracket proves it."""
    fixed = list(texts)
    for at, text in enumerate(fixed):
        if _BRACES.isdisjoint(text):
            continue
        before, behind = " ".join(fixed[:at]), " ".join(texts[at + 1 :])
        if "}" in text and (before + text).count("(") > (before + text).count(")"):
            fixed[at] = text.replace("}", ")", 1)
        elif "{" in text and (text + behind).count(")") > (text + behind).count("("):
            fixed[at] = text.replace("{", "(", 1)
    return fixed


def _unquoted(texts: list[str]) -> list[str]:
    """Return the words without the single quotes before them that the line does not close."""
    whole = " ".join(texts)
    if sum(map(whole.count, _QUOTES)) != 1:
        return texts
    return [
        text[1:] if text[:1] in _QUOTES and analyse(text[1:]).core[:1].isalpha() else text
        for text in texts
    ]


def _unspecked(line: Line, texts: list[str]) -> list[str]:
    """Return the words without the specks that a reader of pictures took for some."""
    if all(_SPECKS.issuperset(text) for text in texts):
        return texts
    return [
        "" if word.confidence is not None and text and _SPECKS.issuperset(text) else text
        for word, text in zip(line.words, texts, strict=True)
    ]


def _cleaned(texts: list[str]) -> list[str]:
    """Return the words of a picture without dirt where only one mark can stand."""
    fixed = ["-" if _DASHES.fullmatch(text) else text for text in texts]
    fixed = [_DOUBLED.sub("/", _BLANK.sub("", _END.sub("./.", text))) for text in fixed]
    if len(fixed) > 2 and fixed[0] == "-" and fixed[1] in _DIRT:
        fixed[1] = ""
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    return [
        "" if own in _MARKS and _is_dirt(before, after) else text
        for text, (before, own, after) in zip(fixed, around, strict=True)
    ]


def _is_dirt(before: str, after: str) -> bool:
    """Tell whether a mark alone between two words can be none: one stands there, or none may."""
    return before.endswith(_ENDS) or (not before and after[:1].islower())


def _with_commas(line: Line, texts: list[str]) -> list[str]:
    """Return the words with the commas that were read as stops though the sentence goes on."""
    fixed = list(texts)
    for at, (word, (text, behind)) in enumerate(
        zip(line.words, pairwise([*texts, ""]), strict=True)
    ):
        goes_on = behind[:1].islower() and _STOPPED.fullmatch(text) and word.ocr.endswith(".")
        if goes_on and word.choices and _is_comma(word.choices[-1]):
            fixed[at] = f"{text[:-1]},"
    return fixed


def _is_comma(choices: Sequence[Choice]) -> bool:
    return any(choice.text == "," and choice.confidence >= _COMMA for choice in choices)
