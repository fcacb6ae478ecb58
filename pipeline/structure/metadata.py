"""Metadata: what the blocks say about the document, each fact with its certainty and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Block, Document, Fact, Kind, Metadata, Span
from pipeline.structure.certainty import LIKELY, SURE, WEAK, fact
from pipeline.structure.doubts import doubts
from pipeline.structure.form import alike, components, fold, starts, type_codes, type_names
from pipeline.structure.header import is_date_word
from pipeline.structure.marks import marks
from pipeline.structure.offices import office
from pipeline.structure.signing import is_signed
from pipeline.structure.symbols import (
    Symbol,
    citations,
    damaged_symbol,
    date_of,
    only_number,
    symbol,
)

_MINUTES = "bien ban"
_CITED_IN = frozenset({Kind.LEGAL_BASIS, Kind.HEADING, Kind.ITEM, Kind.PARAGRAPH, Kind.FOOTNOTE})


def metadata(whole: Document, numbering: frozenset[str], own: int) -> Document:
    """Return the document *whole* with its metadata.

    Args:
        whole: with its blocks.
        numbering: the doubts about its lists.
        own: how many of its blocks say it; what follows is another document, enclosed in it.
    """
    document = replace(whole, blocks=whole.blocks[:own])
    number = _number(document)
    line = document.text_of(number.spans) if number else ""
    read = symbol(line) or damaged_symbol(line)
    place, date = _place_date(document)
    authority = _joined(document, Kind.AUTHORITY)
    type_ = _type(document, number, read)
    # Minutes are signed by who wrote them, on the left, and by who presided, on the right.
    minutes = type_ is not None and fold(type_.value) == _MINUTES
    facts = Metadata(
        system=_system(document, read),
        superior_body=_text(document, Kind.SUPERIOR_BODY),
        issuing_body=_text(document, Kind.ISSUING_BODY, last=True),
        number=_of_symbol(document, number, read, read.number if read else only_number(line)),
        symbol=_of_symbol(document, number, read, read.text if read else ""),
        type_code=_of_symbol(document, number, read, read.type_code if read else ""),
        body_code=_of_symbol(document, number, read, read.body_code if read else ""),
        type=type_,
        subject=_text(document, Kind.SUBJECT),
        place=place,
        date=date,
        secrecy=_mark(document, "secrecy"),
        urgency=_mark(document, "urgency"),
        addressees=tuple(_listed(document, Kind.ADDRESSEE, "addressee")),
        authority=authority,
        office=office(document, last=minutes),
        signer=_text(document, Kind.SIGNER, last=minutes),
        recipients=tuple(_listed(document, Kind.RECIPIENTS, "recipients")),
        cited=tuple(
            dict.fromkeys(
                citation
                for block in document.blocks
                if block.kind in _CITED_IN
                for citation in citations(document.text_of(block.spans))
                if read is None or citation.symbol != read.text  # a document never cites itself
            )
        ),
    )
    odd = numbering | _unread(document, facts)
    return replace(whole, metadata=replace(facts, doubts=doubts(facts, odd)))


def _unread(document: Document, facts: Metadata) -> frozenset[str]:
    """Return the doubts about what stands in the header and could not be read."""
    read = {Kind.NUMBER: facts.number, Kind.PLACE_DATE: facts.date}
    keys = {Kind.NUMBER: "doubt.no_number", Kind.PLACE_DATE: "doubt.no_date"}
    printed = {block.kind for block in document.blocks}
    return frozenset(keys[kind] for kind, found in read.items() if kind in printed and not found)


def _number(document: Document) -> Block | None:
    """Return number and symbol as one block: they may stand apart (``Số: 42``, ``/TB-UBND``)."""
    spans = [span for block in document.blocks if block.kind is Kind.NUMBER for span in block.spans]
    return Block(Kind.NUMBER, tuple(spans)) if spans else None


def _first(document: Document, kind: Kind) -> Block | None:
    return next((block for block in document.blocks if block.kind is kind), None)


def _text(document: Document, kind: Kind, *, last: bool = False) -> Fact | None:
    """Return what the first block of *kind* says, or the last."""
    found = [
        block
        for block in document.blocks
        if block.kind is kind and not is_signed(document.text_of(block.spans))
    ]
    block = found[-1 if last else 0] if found else None
    if block is None:
        return None
    value = document.text_of(block.spans).strip(' .,;*"“”|_')
    certainty = LIKELY if kind is Kind.SIGNER else SURE
    return fact(document, value, certainty, block.spans) if value else None


def _joined(document: Document, kind: Kind) -> Fact | None:
    """Return consecutive lines as one fact: ``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH``."""
    spans: list[Span] = []
    for block in document.blocks:
        if block.kind is kind:
            spans.extend(block.spans)
        elif spans:
            break
    value = document.text_of(tuple(spans))
    return fact(document, value, SURE, tuple(spans)) if value else None


def _of_symbol(
    document: Document, block: Block | None, read: Symbol | None, value: str
) -> Fact | None:
    if block is None or not value:
        return None
    whole = read is not None and (value != read.text or bool(read.number))
    certainty = SURE if whole and read is not None and read.known else WEAK
    if read is not None and read.repaired:
        certainty = min(certainty, LIKELY)
    return fact(document, value, certainty, block.spans)


def _system(document: Document, read: Symbol | None) -> Fact | None:
    """Decide between Party and State by the signs of the page; two that agree are sure."""
    votes: list[tuple[str, tuple[Span, ...]]] = []
    for block in document.blocks:
        text = document.text_of(block.spans)
        if block.kind is Kind.MOTTO:
            printed = "party" if alike(text, components("motto", "party")) else "state"
            votes.append((printed, block.spans))
        elif block.kind is Kind.AUTHORITY:
            votes.append(("party" if "/" in text.split()[0] else "state", block.spans))
        elif block.kind is Kind.NUMBER and read is not None:
            votes.append((read.system, block.spans))
    if not votes:
        return None
    party = sum(vote == "party" for vote, _ in votes)
    value = "party" if 2 * party > len(votes) else "state"
    agreeing = [spans for vote, spans in votes if vote == value]
    # Not as sure as its words: it is told by what they are, not by how they are spelled.
    certainty = SURE if len(agreeing) == len(votes) > 1 else LIKELY if len(votes) == 1 else WEAK
    return Fact(value, certainty, tuple(span for spans in agreeing for span in spans))


def _type(document: Document, number: Block | None, read: Symbol | None) -> Fact | None:
    block = _first(document, Kind.TYPE)
    if block is not None:
        text = document.text_of(block.spans)
        name = type_names().get(fold(text).strip(" .:,;*_-"))
        certainty = SURE if name else WEAK
        return fact(document, name or text.capitalize(), certainty, block.spans)
    if number is None or read is None:
        return None
    if read.type_code in {"", "CV"}:
        return fact(document, "Công văn", LIKELY, number.spans)
    # Without a type line the code alone must name one type; QĐ names two.
    names = type_codes().get(read.type_code, ())
    return Fact(type_names()[names[0]], WEAK, number.spans) if len(names) == 1 else None


def _mark(document: Document, section: str) -> Fact | None:
    """Return the mark of secrecy or urgency that the header bears."""
    for block in document.blocks:
        if block.kind is not Kind.MARK:
            continue
        for mark in marks([word.text for word in document.words_of(block.spans)]):
            if mark.section == section:
                spans = _cut(block.spans, mark.start, mark.stop)
                return fact(document, mark.value, SURE, spans)
    return None


def _place_date(document: Document) -> tuple[Fact | None, Fact | None]:
    block = _first(document, Kind.PLACE_DATE)
    if block is None:
        return None, None
    words = document.words_of(block.spans)
    at = next((i for i, word in enumerate(words) if is_date_word(word.text)), 0)
    name = " ".join(word.text for word in words[:at] if word.text).strip(" ,.*")
    date, plain = date_of(document.text_of(block.spans))
    of_place, of_date = _cut(block.spans, 0, at), _cut(block.spans, at, len(words))
    return (
        fact(document, name, SURE, of_place) if name else None,
        fact(document, date, SURE if plain else WEAK, of_date) if date else None,
    )


def _cut(spans: tuple[Span, ...], start: int, stop: int) -> tuple[Span, ...]:
    """Return words ``start:stop`` of the run of words that *spans* are."""
    found: list[Span] = []
    passed = 0
    for span in spans:
        count = span.stop - span.start
        low, high = max(start - passed, 0), min(stop - passed, count)
        if low < high:
            found.append(Span(span.page, span.line, span.start + low, span.start + high))
        passed += count
    return tuple(found)


def _listed(document: Document, kind: Kind, section: str) -> Iterator[Fact]:
    """Yield each entry of a list (Kính gửi, Nơi nhận) without its head and its dash.

    What stands without a dash below where the document is kept (Lưu) is the typist's sign.
    """
    kept = False
    for block in document.blocks:
        if block.kind is not kind or (kept and not block.label):
            continue
        text = document.text_of(block.spans)
        kept = kept or starts(text.strip(" -–—+•"), components("recipients", "kept"))
        if starts(text, components(section, "starts")):
            text = text.partition(":")[2]
        value = text.strip(" -–—+•").rstrip(" ,;.")
        if value:
            yield fact(document, value, SURE if block.label else LIKELY, block.spans)
