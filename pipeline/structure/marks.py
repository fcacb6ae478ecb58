"""Marks of secrecy, urgency, circulation and drafts: MẬT, HỎA TỐC, DỰ THẢO lần 2.

They are stamped into a frame, which may be read as brackets or bars, alone on a line or two of them
together. Words compare folded, so that damaged marks of the tone do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.form import components, fold

_FRAME = "|[](){}<>*_-–—=~.,:;'\"“” "
_LONGEST = 12  # words of a line of marks


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that words ``start:stop`` of a line say; *section* is secrecy, urgency or ""."""

    section: str
    start: int
    stop: int
    value: str


def marks(words: Sequence[str]) -> tuple[Mark, ...]:
    """Return the marks that *words*, a whole line, are; empty if they say anything else too."""
    if not words or len(words) > _LONGEST:
        return ()
    bare = [fold(word).strip(_FRAME) for word in words]
    found: list[Mark] = []
    at = 0
    while at < len(words):
        if not bare[at]:
            at += 1
            continue
        heading = _matched(bare, at, components("mark", "headings"))
        if heading and heading < len(words):
            at = heading
            continue
        mark = _mark(words, bare, at)
        if mark is None:
            return ()
        found.append(mark)
        at = mark.stop
    return tuple(found)


def _mark(words: Sequence[str], bare: Sequence[str], at: int) -> Mark | None:
    for section in ("secrecy", "urgency", "whole", "starts"):
        stop = _matched(bare, at, components("mark", section))
        if stop:
            if section == "starts" or _matched(bare, stop, components("mark", "goes_on")):
                stop = len(words)
            value = " ".join(words[at:stop]).strip(_FRAME)
            return Mark(section if section in {"secrecy", "urgency"} else "", at, stop, value)
    return None


def _matched(bare: Sequence[str], at: int, names: tuple[str, ...]) -> int:
    """Return where the longest of *names* ends that stands at *at*; 0 if none does."""
    ends = [
        at + len(parts) for name in names if bare[at : at + len(parts := name.split())] == parts
    ]
    return max(ends, default=0)
