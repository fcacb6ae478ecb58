"""Assembly: the lines sorted into header, text, tables and closings, and each made into blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Block, Document, Kind, Span
from pipeline.settings import StructureSettings
from pipeline.structure.annexes import annex_label
from pipeline.structure.closing import (
    closing,
    closing_length,
    opens_closing,
    opens_recipients,
    without_head,
)
from pipeline.structure.enclosed import enclosed, first_header
from pipeline.structure.flow import Layout, Piece, layout, pieces
from pipeline.structure.footnotes import footnotes
from pipeline.structure.form import components, fold, starts
from pipeline.structure.furniture import furniture
from pipeline.structure.headings import titles
from pipeline.structure.hierarchy import Unit, hierarchy, numbering_doubts
from pipeline.structure.lost import with_lost_dashes
from pipeline.structure.markers import NUMBERED
from pipeline.structure.paragraphs import Paragraph, paragraphs
from pipeline.structure.repair import apply, doubted, repairs
from pipeline.structure.run_on import title_lines
from pipeline.structure.tables import as_paragraphs, loose_cells, same_table, table


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph on its way to a block."""

    paragraph: Paragraph
    annex: int = 0  # words of the label of the annex that begins here
    resets: bool = False  # every list is closed before it


Stretch = Block | _Text
_MISREAD = frozenset(("doubt.numbering_repeat", "doubt.numbering_gap"))  # what may be one number


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document with blocks.

    Attributes:
        numbering: the message keys of what is odd about its numbering.
        own: how many of its blocks stand before the header of an enclosed document.
        unsure: the notes of which it is not sure that they are no text.
    """

    document: Document
    numbering: frozenset[str]
    own: int
    unsure: frozenset[Block]


def assemble(document: Document, settings: StructureSettings) -> Assembled:
    """Return *document* with blocks, whatever it had of them before made anew."""
    lines = list(pieces(document))
    set_aside = furniture(document, lines)
    aside = set_aside.kinds
    notes = {
        index: Block(kind, (lines[index].span,))
        for index, kind in aside.items()
        if kind is Kind.NOTE
    }
    measures = layout(document)
    # An ornament takes part in the flow only by separating what stands around it.
    below = footnotes(document, lines, aside)
    set_below = {piece.position for note in below for piece in note.pieces}
    content = [
        part
        for index, line in enumerate(lines)
        if aside.get(index) is not Kind.NOTE and line.position not in set_below
        for part in without_head(line)
    ]
    ornaments = frozenset(
        lines[index].position for index, kind in aside.items() if kind is Kind.ORNAMENT
    )
    head = first_header(content, measures)
    stretches: list[Stretch] = [Block(part.kind, _spans(part.pieces)) for part in head.parts]
    text, others = _body(document, content[head.length :], measures, ornaments)
    stretches += text
    texts = [item for item in stretches if isinstance(item, _Text)]
    units = hierarchy(
        [text.paragraph for text in texts],
        frozenset(index for index, text in enumerate(texts) if text.resets),
        fragment=not head.found,
    )
    merged, kept = _parted(*_merge(stretches, units))
    sequence = [item.paragraph for item in merged if isinstance(item, _Text)]
    kept = with_lost_dashes(sequence, kept, _apart(merged))
    fixes = repairs(sequence, kept, allowed=settings.repair_markers)
    blocks = _blocks(merged, kept, fixes.made)
    blocks = _with_notes(blocks, [*notes.values()])
    blocks += [
        Block(Kind.FOOTNOTE, tuple(piece.span for piece in note.pieces), label=note.mark.text)
        for note in below
    ]
    numbering = numbering_doubts(kept)
    odd = [index for index, doubt in numbering.items() if doubt in _MISREAD]
    changes = doubted(sequence, kept, odd) | fixes.changes
    made = replace(apply(document, changes), blocks=tuple(blocks))
    own = next((index for index, block in enumerate(blocks) if block in others), len(blocks))
    sure = {note for index, note in notes.items() if index not in set_aside.unsure}
    unsure = frozenset(block for block in blocks if block.kind is Kind.NOTE and block not in sure)
    return Assembled(made, frozenset(numbering.values()), own, unsure)


def _body(
    document: Document,
    lines: list[Piece],
    measures: Layout,
    ornaments: frozenset[tuple[int, int, int]],
) -> tuple[list[Stretch], list[Block]]:
    """Sort the lines after the header into text, tables, ornaments and closings.

    Headers of enclosed documents are found too; the first block of each is returned as well.
    """
    found: list[Stretch] = []
    others: list[Block] = []
    pending: list[Piece] = []
    closed = False

    def flush() -> None:
        nonlocal closed
        for paragraph in paragraphs(pending, measures):
            found.append(_Text(paragraph, resets=closed))
            closed = False
        pending.clear()

    def apart(index: int) -> bool:
        above = found[-1] if found and not pending else None
        annexed = isinstance(above, _Text) and bool(above.annex)
        first = index > 0 and lines[index].span.page != lines[index - 1].span.page
        return first or (closed and not pending) or annexed

    index = 0
    while index < len(lines):
        line = lines[index]
        stop = index + 1
        if line.position in ornaments:
            flush()
            found.append(Block(Kind.ORNAMENT, (line.span,)))
        elif line.line.cell is not None:
            flush()
            while stop < len(lines) and same_table(line, lines[stop]):
                stop += 1
            found.append(table(lines[index:stop]))
        elif count := loose_cells(lines[index:], measures):
            flush()
            stop = index + count
            found += as_paragraphs(lines[index:stop])
        elif opens_closing(line, lines[stop] if stop < len(lines) else None) or opens_recipients(
            lines[index:]
        ):
            flush()
            stop = index + closing_length(lines[index:])
            found += closing(document, lines[index:stop])
            closed = True
        elif count := annex_label(line, pending[-1] if pending else None):
            flush()
            annex = Paragraph((line,), 1.0, opens=True)
            found.append(_Text(annex, annex=count, resets=True))
        elif head := enclosed(lines[index:], measures, apart=apart(index)):
            flush()
            stop = index + head.length
            parts = [Block(each.kind, _spans(each.pieces)) for each in head.parts]
            others.append(parts[0])
            found += parts
            closed = True
        else:
            pending.append(line)
        index = stop
    flush()
    return found, others


def _merge(
    stretches: list[Stretch], units: list[Unit | None]
) -> tuple[list[Stretch], list[Unit | None]]:
    """Join to what stands before it each paragraph that only a refused marker set apart."""
    merged: list[Stretch] = []
    kept: list[Unit | None] = []
    remaining = iter(units)
    for item in stretches:
        if isinstance(item, Block):
            merged.append(item)
            continue
        unit = next(remaining)
        before = merged[-1] if merged else None
        joins = unit is None and not item.paragraph.certain
        if joins and isinstance(before, _Text) and not before.annex:
            merged[-1] = replace(before, paragraph=before.paragraph.joined(item.paragraph))
        else:
            merged.append(item)
            kept.append(unit)
    return merged, kept


def _parted(
    merged: list[Stretch], units: list[Unit | None]
) -> tuple[list[Stretch], list[Unit | None]]:
    """Part titles from the text that was joined to them."""
    lines = title_lines([item.paragraph for item in merged if isinstance(item, _Text)], units)
    parted: list[Stretch] = []
    kept: list[Unit | None] = []
    index = 0
    for item in merged:
        if isinstance(item, Block):
            parted.append(item)
            continue
        count = lines.get(index)
        kept.append(units[index])
        index += 1
        if count is None:
            parted.append(item)
            continue
        pieces = item.paragraph.pieces
        parted.append(replace(item, paragraph=replace(item.paragraph, pieces=pieces[:count])))
        parted.append(_Text(Paragraph(pieces[count:], 1.0)))
        kept.append(None)
    return parted, kept


def _apart(merged: list[Stretch]) -> frozenset[int]:
    """Return which of the paragraphs in *merged* do not stand right below another."""
    found: set[int] = set()
    count = 0
    for before, item in pairwise([None, *merged]):
        if isinstance(item, _Text):
            if not isinstance(before, _Text) or before.annex or item.annex:
                found.add(count)
            count += 1
    return frozenset(found)


def _blocks(
    merged: list[Stretch], units: list[Unit | None], repaired: frozenset[int]
) -> list[Block]:
    """Make the paragraphs blocks; the others are blocks already."""
    sequence = [item for item in merged if isinstance(item, _Text)]
    title_ends = titles([text.paragraph for text in sequence], units)
    first = next(
        (i for i, unit in enumerate(units) if unit and unit.reading.system in NUMBERED), None
    )
    bases = _legal_bases(sequence[:first])
    blocks: list[Block] = []
    index = 0
    annexed = False
    for item in merged:
        if isinstance(item, Block):
            blocks.append(item)
            continue
        kind = Kind.ANNEX if item.annex else Kind.LEGAL_BASIS if index in bases else None
        if kind is None and units[index] is None and index < max(bases, default=-1):
            kind = Kind.PARAGRAPH  # above the căn cứ stands who decides, in capitals: no heading
        if kind is None and units[index] is None and index - 1 in bases and _enacts(item):
            kind = Kind.PARAGRAPH
        if blocks and blocks[-1].kind is Kind.ANNEX and units[index] is None:
            named = title_ends[index] is not None or _names(item)
            kind = Kind.ANNEX if named else kind
        block = _block(item.paragraph, units[index], title_ends[index], kind, index in repaired)
        annexed = annexed or bool(item.annex)
        if annexed and block.level and block.label:
            block = replace(block, level=block.level + 1)  # under the annex
        if item.annex:
            head = item.paragraph.pieces[0].part(0, item.annex)
            block = replace(block, label=head.text)
        blocks.append(block)
        index += 1
    return blocks


def _block(
    paragraph: Paragraph, unit: Unit | None, title: int | None, kind: Kind | None, repaired: bool
) -> Block:
    spans = _spans(paragraph.pieces)
    label = ""
    if unit is not None:
        label = unit.reading.label if repaired else unit.reading.printed
    if kind is not None:
        return Block(kind, spans, label=label)
    if unit is None:
        # A title without a marker stands at the top: nothing says what it is under.
        heading = title is not None
        return Block(Kind.HEADING if heading else Kind.PARAGRAPH, spans, level=int(heading))
    if title is None:
        return Block(Kind.ITEM, spans, unit.level, label)
    return Block(Kind.HEADING, spans, unit.level, label, title)


def _legal_bases(texts: list[_Text]) -> frozenset[int]:
    """Return which of *texts*, those before the first numbered unit, are căn cứ.

    An introduction that merely begins with "Căn cứ" goes on to the order itself, and to a colon.
    """
    found: set[int] = set()
    for index, text in enumerate(texts):
        words = text.paragraph.pieces[0].words
        dashed = words[0].text in {"-", "–", "—"}
        opening = " ".join(word.text for word in words[int(dashed) : 6])
        ending = text.paragraph.text[-1:]
        if starts(opening, components("legal_basis", "starts")) and (
            ending in {";", ",", "."} or (index - 1 in found and ending != ":")
        ):
            found.add(index)
    return frozenset(found)


def _names(text: _Text) -> bool:
    """Whether it is the name of an annex, or says in brackets what the annex belongs to."""
    words = text.paragraph.text
    return words.startswith("(") or not words.endswith((".", ";", ":", ","))


def _enacts(text: _Text) -> bool:
    """Whether it says who decides, and that he does: BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH."""
    return fold(text.paragraph.text).rstrip(" :").endswith(components("enacting", "ends"))


def _with_notes(blocks: list[Block], notes: list[Block]) -> list[Block]:
    """Put each note before the first block that begins after it, so that no block is divided."""
    result: list[Block] = []
    waiting = sorted(notes, key=_begin)
    at = 0
    for block in blocks:
        begin = _begin(block)
        while at < len(waiting) and _begin(waiting[at]) < begin:
            result.append(waiting[at])
            at += 1
        result.append(block)
    return [*result, *waiting[at:]]


def _spans(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    return tuple(piece.span for piece in pieces)


def _begin(block: Block) -> tuple[int, int, int]:
    return min((span.page, span.line, span.start) for span in block.all_spans())
