"""The ornaments that were printed under body, subject and text (``*``, ``-----``, ``***``).

A star is small and alone, and is often misread or set aside as a speck; a row of hyphens is often
not read at all. So something that was read in the place of an ornament, whatever it is, stands for
it, and room for one that nobody would have left empty speaks for the form's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model import FURNITURE, Block, Document, Kind
from pipeline.writers.word.layout import RULE, Form
from pipeline.writers.word.parts import BODIES, Part, columns
from pipeline.writers.word.rows import Row

_SIGNS: Final = re.compile(r"\*( ?\*)*|[-–—_=]{3,}|[oO0]+-*[oO0]+")
_SPECK: Final = 8.0  # millimetres: a wider note is no misread star
_ROOM: Final = 1.75  # lines between two baselines from which there is room for an ornament
_ASIDE: Final = 5.0  # millimetres that an ornament may stand beside what it stands under


@dataclass(frozen=True, slots=True)
class _Aside:
    """A note or an ornament: its lines, and what it says when it is an ornament that was read."""

    rows: Sequence[Row]
    text: str | None
    ornament: bool


def under(
    document: Document,
    form: Form,
    groups: Sequence[tuple[Part, list[Block]]],
    rows: Mapping[Block, Sequence[Row]],
    line: float,
) -> dict[Block, str]:
    """Return the ornaments under bodies, mottos, titles and in the text, "" for none.

    Args:
        document: whose blocks they are.
        form: which ornaments it has.
        groups: the parts of the document.
        rows: of every block, notes and ornaments included.
        line: height of a line in points.
    """
    read = _in_order(document)
    aside = [
        _Aside(lines, _signs(document, block), block.kind is Kind.ORNAMENT)
        for block, lines in rows.items()
        if block.kind in FURNITURE and lines
    ]
    found: dict[Block, str] = {}
    for index, (part, blocks) in enumerate(groups):
        if part is Part.BODY:
            found |= {block: read[block] for block in blocks if block in read}
        after = groups[index + 1][1] if index + 1 < len(groups) else []
        for block, own, below in _places(part, blocks, after, form):
            if own == RULE:
                found[block] = own  # the record says nothing of rulings
            elif rows[block]:
                lines = rows[below] if below is not None else ()
                next_row = lines[0] if lines and lines[0].page == rows[block][-1].page else None
                found[block] = _between(aside, rows[block], next_row, own, line)
            elif block in read:
                found[block] = read[block]
    return found


def _places(
    part: Part, blocks: Sequence[Block], after: Sequence[Block], form: Form
) -> Iterator[tuple[Block, str, Block | None]]:
    """Yield blocks that the form sets an ornament under, the ornament, and the block below it."""
    if part is Part.TITLE:
        yield blocks[-1], form.under_subject, after[0] if after else None
    if part is Part.HEADER:
        own = (BODIES, form.under_body), ((Kind.MOTTO,), form.under_motto)
        for column, (kinds, ornament) in zip(columns(part, blocks), own, strict=True):
            heads = [block for block in column if block.kind in kinds]
            rest = [block for block in column if block.kind not in kinds]
            if heads:
                yield heads[-1], ornament, rest[0] if rest else None


def _signs(document: Document, block: Block) -> str | None:
    """Return the ornament that *block* is; None when it is none that can be read."""
    text = document.text_of(block.spans)
    return text if block.kind is Kind.ORNAMENT and _SIGNS.fullmatch(text) else None


def _in_order(document: Document) -> dict[Block, str]:
    """Return the ornaments that can be read, each by the block that it follows."""
    found: dict[Block, str] = {}
    last: Block | None = None
    for block in document.blocks:
        text = _signs(document, block)
        if text is not None and last is not None:
            found.setdefault(last, text)
        elif block.kind not in FURNITURE:
            last = block
    return found


def _between(
    aside: Sequence[_Aside],
    above: Sequence[Row],
    below: Row | None,
    form: str,
    line: float,
) -> str:
    """Return what was printed as an ornament between the lines *above* and the one *below*.

    Args:
        aside: notes and ornaments.
        above: lines of the block that the ornament stands under.
        below: the next line of the column, if it has one on that page.
        form: the form's own ornament in this place.
        line: height of a line in points.
    """
    last = above[-1]
    left, right = min(row.left for row in above), max(row.right for row in above)
    foot = below.baseline if below is not None else last.baseline + 2 * _ROOM * line
    for each in aside:
        within = (
            row.page == last.page
            and last.baseline < row.baseline < foot
            and left - _ASIDE <= row.left <= row.right <= right + _ASIDE
            for row in each.rows
        )
        if not all(within):
            continue
        if each.text is not None:
            return each.text
        if each.ornament or max(row.width for row in each.rows) <= _SPECK:
            return form
    none = below is not None and below.baseline - last.baseline < _ROOM * line
    return "" if none else form
