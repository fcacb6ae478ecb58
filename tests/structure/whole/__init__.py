"""Whole documents of every type, written for this project, with their outline and metadata.

Each ``NAME.toml`` has the lines of the header, type and subject, the units of the body and the
lines of the closing. A unit is a line ``code label| text``: the code is ``h`` (heading), ``i``
(item) or ``x`` (annex) with its depth, ``p`` (paragraph), ``lb`` (căn cứ), ``k`` (Kính gửi), ``n``
(under the name of an annex). A label that ends with ``/`` has its name on the next line. A line
that begins with a blank goes on with the unit above; where lines are wrapped, the width is chosen
so that it begins one if it can: numbers and dashes stand there. ``table|`` ... ``|table`` holds
rows with ``|`` between the cells, ``close|`` ... ``|close`` lines of a closing as they are.

A document is printed :func:`wrapped` at some width, like the seed, or :func:`unwrapped`, one
paragraph a line; :func:`spoiled` damages its markers as a reader of scans does.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from pipeline.outline import Row

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
_NARROWER = 8  # letters by which lines may be narrower so that one begins with a number
TABLE = {"tab": "\t", "pipe": " | "}


@dataclass(frozen=True)
class Part:
    """A unit of a document: its code (``h``, ``i``, ``p`` ...), depth, label and text.

    ``rows`` are the cells of a table; lines of a closing stand in ``text`` as they are.
    """

    code: str
    depth: int = 0
    label: str = ""
    text: str = ""
    below: bool = False  # the name stands below the label
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Whole:
    """A document: the lines of its header, then its parts."""

    head: str
    type: str
    subject: str
    parts: tuple[Part, ...]
    metadata: dict[str, object]

    def outline(self) -> tuple[Row, ...]:
        """Return the true outline."""
        rows = [Row("type", 0, "", self.type)] if self.type else []
        rows.append(Row("subject", 0, "", self.subject))
        kinds = {"h": "heading", "i": "item", "x": "heading"}
        rows += [
            Row(kinds[part.code], part.depth, part.label, part.text)
            for part in self.parts
            if part.code in kinds
        ]
        return tuple(rows)


@cache
def load(name: str) -> Whole:
    """Return the document *name*."""
    record = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    parts = list(_parts(record["body"].strip("\n").split("\n")))
    if record["closing"].strip():
        parts.append(Part("close", text=record["closing"].strip("\n")))
    truth = {"subject": record["subject"], "authority": None, "superior_body": None}
    truth |= {"secrecy": None, "urgency": None, "addressees": []}
    told: dict[str, object] = record["metadata"]
    told["cited"] = [[value or None for value in cited] for cited in record["metadata"]["cited"]]
    return Whole(
        record["head"].strip("\n"),
        record["type"],
        record["subject"],
        tuple(parts),
        truth | told,
    )


def _parts(lines: list[str]) -> Iterator[Part]:
    at = 0
    while at < len(lines):
        head, _, text = lines[at].partition("|")
        at += 1
        if head in {"table", "close"}:
            stop = lines.index(f"|{head}", at)
            inside, at = lines[at:stop], stop + 1
            rows = tuple(tuple(map(str.strip, row.split("|"))) for row in inside)
            table = head == "table"
            yield Part(head, rows=rows) if table else Part(head, text="\n".join(inside))
            continue
        while at < len(lines) and lines[at].startswith(" "):
            text += f"\n{lines[at].strip()}"
            at += 1
        code, _, label = head.partition(" ")
        depth = int(code[-1]) if code[-1].isdigit() else 0
        below = label.endswith("/")
        yield Part(code.rstrip("123456789"), depth, label.rstrip("/"), text.strip(), below)


def wrapped(whole: Whole, width: int, *, blank: str = "\n", table: str = "tab") -> str:
    """Print *whole* in lines of up to *width* letters; *blank* stands between paragraphs."""
    return _printed(whole, width, blank, table)


def unwrapped(whole: Whole, *, blank: str = "", table: str = "tab") -> str:
    """Print *whole* with one paragraph a line; *blank* stands between paragraphs."""
    return _printed(whole, 0, blank, table)


def _printed(whole: Whole, width: int, blank: str, table: str) -> str:
    blocks = [whole.head]
    if whole.type:
        blocks.append("\n".join([whole.type, *_lines(whole.subject, width)]))
    for part in whole.parts:
        if part.rows:
            blocks.append(_table(part.rows, table))
        elif part.code == "close":
            blocks.append(part.text)
        elif part.below or part.code == "x":
            blocks.append("\n".join([part.label, *_lines(part.text, width)]))
        else:
            blocks.append("\n".join(_lines(f"{part.label} {part.text}".strip(), width)))
    return f"\n{blank}".join(blocks) + "\n"


def _lines(text: str, width: int) -> list[str]:
    if not width:
        return [" ".join(text.split())]
    heads = [part.strip() for part in text.split("\n")[1:]]
    whole = " ".join(text.split())
    best: list[str] = []
    for narrower in range(_NARROWER):
        lines = textwrap.wrap(
            whole, width - narrower, break_long_words=False, break_on_hyphens=False
        )
        best = best or lines
        if heads and any(line.startswith(head[:12]) for line in lines for head in heads):
            return lines
    return best


def _table(rows: tuple[tuple[str, ...], ...], form: str) -> str:
    if form in TABLE:
        return "\n".join(TABLE[form].join(row) for row in rows)
    wide = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    return "\n".join(
        "".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
        for row in rows
    )


# What a reader of scans makes of a part of a marker.
_ROMAN = {"I": "1l|", "II": ("I1", "1I", "lI", "Il", "H"), "III": ("II1", "HI", "IIl", "lII")}
_ROMAN |= {"IV": ("1V", "lV")}
_SIGNS = {")": ",}]", ".": ",", "-": "—~"}
_LETTERS = {"a": "àä", "b": "6", "đ": "d"}
_DIGITS = {"1": "lI|", "2": "Z"}
_DASHES = "—–~"


def spoiled(whole: Whole, seed: int, share: float = 0.2) -> Whole:
    """Damage about *share* of the markers of *whole*, the same for the same *seed*."""
    chance = Random(f"{whole.subject}{seed}")
    parts = tuple(
        replace(part, label=_damaged(part.label, chance))
        if part.code in {"h", "i"} and part.label and not part.below and chance.random() < share
        else part
        for part in whole.parts
    )
    return replace(whole, parts=parts)


def dashless(whole: Whole, seed: int, share: float = 0.3) -> Whole:
    """Take away the dashes of about *share* of the items that stand inside a list."""
    chance = Random(f"{whole.subject}{seed}")
    parts = list(whole.parts)
    for at, part in enumerate(whole.parts[1:], 1):
        above = whole.parts[at - 1]
        inside = above.label == part.label and above.text.endswith(";")
        first = above.text.endswith(":") and part.text.endswith(";") and parts[at - 1].label
        if part.label in {"-", "+"} and (inside or first) and chance.random() < share:
            parts[at] = replace(part, label="")
    return replace(whole, parts=tuple(parts))


def _damaged(label: str, chance: Random) -> str:
    if label == "-":
        return chance.choice(_DASHES)
    core, sign = label[:-1], label[-1]
    if core in _ROMAN:
        return chance.choice(_ROMAN[core]) + sign
    if core in _LETTERS and chance.random() < 0.5:
        return chance.choice(_LETTERS[core]) + sign
    if core in _DIGITS and chance.random() < 0.5:
        return chance.choice(_DIGITS[core]) + sign
    if sign in _SIGNS and not core.startswith("Điều"):
        return core + chance.choice(_SIGNS[sign])
    return label
