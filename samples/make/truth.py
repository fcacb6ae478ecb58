"""The truth of a sample document: its final text and its outline.

The text is one block per line in the agreed reading order: header left column, header right column,
type, subject, body, recipients, signature block. Ornaments, page numbers, stamps and seals are not
in it; table cells are separated by tabs. The outline has one unit per line: kind, depth, label and
first words, separated by tabs.
"""

from collections.abc import Iterator

from samples.make.record import Record, Unit

_FIRST_WORDS = 10


def text(record: Record) -> str:
    """Return the final text of the document, NFC, one block per line."""
    return "".join(f"{_unbroken(block)}\n" for block in _blocks(record))


def outline(record: Record) -> str:
    """Return the outline of the document as tab-separated lines."""
    rows = []
    if record.type:
        rows.append(("type", 0, "", record.type))
    rows.append(("subject", 0, "", _unbroken(record.subject)))
    rows.extend(
        (unit.kind, unit.level, unit.label, f"{unit.title} {unit.text}")
        for unit in record.body
        if unit.kind in ("heading", "item")
    )
    return "".join(
        f"{kind}\t{depth}\t{label}\t{' '.join(words.split()[:_FIRST_WORDS])}\n"
        for kind, depth, label, words in rows
    )


def _blocks(record: Record) -> Iterator[str]:
    if record.superior_body:
        yield record.superior_body
    yield record.issuing_body
    yield "".join(record.number_parts)
    if not record.type:  # a công văn has its subject in the left column
        yield record.subject
    yield from record.motto
    yield "".join(record.date_parts)
    if record.type:
        yield record.type
        yield record.subject
    if record.addressees:
        yield "Kính gửi:"
        yield from _dashed(record.addressees)
    for unit in record.body:
        yield from _unit_lines(unit)
    yield "Nơi nhận:"
    yield from _dashed(record.recipients)
    yield from record.authority
    yield record.office
    yield record.signer


def _unit_lines(unit: Unit) -> Iterator[str]:
    if unit.rows:
        yield from ("\t".join(row) for row in unit.rows)
    else:
        yield unit.words


def _dashed(lines: tuple[str, ...]) -> Iterator[str]:
    return (f"- {line}" for line in lines)


def _unbroken(block: str) -> str:
    return " ".join(block.split()) if "\t" not in block else block
