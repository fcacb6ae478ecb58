"""The outline of a document: its type, subject, headings and items, one row each, as a TSV file.

Each row is ``kind TAB depth TAB label TAB first words``: kind is ``type``, ``subject``, ``heading``
or ``item``, depth counts from 1 by true nesting (0 for type and subject), label is the marker as
printed. Rows stand in reading order. An annex is a heading of depth 1 with ``PHỤ LỤC 1`` as label.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Block, Document, Kind, nfc

FIRST_WORDS: Final = 8
_KINDS: Final = {
    Kind.TYPE: "type",
    Kind.SUBJECT: "subject",
    Kind.HEADING: "heading",
    Kind.ITEM: "item",
    Kind.ANNEX: "heading",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of an outline; the first words are for the eye and are not compared."""

    kind: str
    depth: int
    label: str
    words: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes two units the same: kind, depth and label, blanks left out."""
        return self.kind, self.depth, "".join(self.label.split())


def outline(document: Document) -> tuple[Row, ...]:
    """Return the outline of a document that went through the structure stage."""
    rows: list[Row] = []
    for block in document.blocks:
        if block.kind is Kind.ANNEX and not block.label and rows:
            # The name of an annex stands below its number and belongs to it.
            name = f"{rows[-1].words} {document.text_of(block.spans)}"
            rows[-1] = replace(rows[-1], words=_opening(name))
        elif block.kind in _KINDS:
            rows.append(_row(document, block))
    return tuple(rows)


def to_tsv(rows: Iterable[Row]) -> str:
    """Return *rows* as the lines of a file."""
    return "".join(f"{row.kind}\t{row.depth}\t{row.label}\t{row.words}\n" for row in rows)


def from_tsv(text: str) -> tuple[Row, ...]:
    """Read what :func:`to_tsv` wrote; the first words may be missing.

    Raises:
        ValueError: a line is no row; the message is its number.
    """
    rows = []
    for number, line in enumerate(nfc(text).splitlines(), start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) < 3 or not fields[1].isdecimal():  # kind, depth, label
            raise ValueError(str(number))
        kind, depth, label, *words = fields
        rows.append(Row(kind, int(depth), label, " ".join(words)))
    return tuple(rows)


def _row(document: Document, block: Block) -> Row:
    text = document.text_of(block.spans)
    label = block.label
    if label and text.startswith(label):
        text = text[len(label) :]
    depth = 1 if block.kind is Kind.ANNEX else block.level
    return Row(_KINDS[block.kind], depth, label, _opening(text))


def _opening(text: str) -> str:
    return " ".join(text.split()[:FIRST_WORDS])
