"""The list of recipients: under ``Nơi nhận:`` an item ends with a semicolon, the last with a stop.

It is set small, and on a bad copy the tail of the semicolon is what goes first. A colon before the
next dash is none: nothing is announced there. Only what was read from a picture changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import regex

from pipeline.correction.rewriting import rewritten
from pipeline.model import Line, Reason, replace

CERTAINTY: Final = 0.95
_OPENS: Final = regex.compile(r"Nơi nhận\W?")
_ITEM: Final = regex.compile(r"[-–—]")


def with_semicolons(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield *lines*, the colons between the items of a list of recipients as semicolons."""
    every = list(lines)
    inside = False
    for line, below in pairwise([*every, Line(())]):
        if _OPENS.fullmatch(line.text):
            inside = True
        elif line.text.isupper() and not _ITEM.match(line.text):  # the signature
            inside = False
        elif inside and _ITEM.match(below.text):
            yield _ended(line)
            continue
        yield line


def _ended(line: Line) -> Line:
    *others, last = line.words
    if last.confidence is None or not last.text.endswith(":"):
        return line
    ended = rewritten(last, f"{last.text[:-1]};", Reason.PUNCTUATION, CERTAINTY)
    return replace(line, words=(*others, ended))
