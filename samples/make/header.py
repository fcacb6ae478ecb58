"""The head of page 1: issuing body and motto in two columns, then type, subject, addressees."""

from dataclasses import dataclass

from samples.make.faces import Face, width
from samples.make.record import Record
from samples.make.setting import Column, Run
from samples.make.sheet import MM, Text


@dataclass(frozen=True, slots=True)
class _Form:
    """Middles of the two header columns (points) and the sizes of their lines."""

    left: float
    right: float
    body: float
    motto: tuple[float, ...]
    number: float


_PARTY = _Form(left=63 * MM, right=150 * MM, body=14, motto=(15,), number=14)
_STATE = _Form(left=56 * MM, right=141 * MM, body=13, motto=(12.5, 13.5), number=13)


def set_header(column: Column, record: Record) -> None:
    """Set the two columns and leave *column* below them."""
    form = _PARTY if record.party else _STATE
    bodies = [
        *((line, Face.REGULAR) for line in record.superior_body.split("\n") if line),
        *((line, Face.BOLD) for line in record.issuing_body.strip().split("\n")),
    ]
    rows = [column.top + column.leading * (row + 0.75) for row in range(8)]
    wide = measure = 0.0
    for row, (line, face) in enumerate(bodies):
        wide = column.centred_at(form.left, rows[row], Run(line, face), form.body)
    for row, (line, size) in enumerate(zip(record.motto, form.motto, strict=True)):
        measure = column.centred_at(form.right, rows[row], Run(line, Face.BOLD), size)
    column.rule(form.right, rows[len(record.motto) - 1] + 5, measure)
    below = len(bodies)
    if record.party:
        column.centred_at(form.left, rows[below] + 3, Run("*"), 14)
        below += 1
    else:
        column.rule(form.left, rows[below - 1] + 5, wide * 0.45)
        rows = [row + 8 if number >= below else row for number, row in enumerate(rows)]
    date_row = max(2, len(record.motto))
    _filled(column, record, record.number_parts, (form.left, rows[below]), size=form.number)
    _filled(
        column, record, record.date_parts, (form.right, rows[date_row]), size=14, face=Face.ITALIC
    )
    below += 1
    if not record.type:
        for line in record.subject.strip().split("\n"):
            column.centred_at(form.left, rows[below], Run(line, Face.ITALIC), 12)
            below += 1
    column.y = rows[max(below, date_row + 1)] + 6


def set_title(column: Column, record: Record) -> None:
    """Set type and subject across the page, or the addressees of a công văn."""
    middle = (column.left + column.right) / 2
    if record.type:
        column.centred(Run(record.type, Face.BOLD), 16 if record.party else 14, before=6)
        column.centred(Run(record.subject, Face.BOLD), 14)
        if record.party:
            column.centred(Run("-----"), 14)
        else:
            column.rule(middle, column.y + 3, 55 * MM)
            column.y += 6
    if record.addressees:
        left = middle - 30 * MM
        baseline = column.y + column.leading * 0.75
        column.sheet.texts.append(Text(left - 22 * MM, baseline, "Kính gửi:", Face.ITALIC, 14))
        for line in record.addressees:
            baseline += column.leading
            column.sheet.texts.append(Text(left, baseline, f"- {line}", Face.REGULAR, 14))
        column.y = baseline + column.leading * 0.25 + 8


def _filled(
    column: Column,
    record: Record,
    parts: tuple[str, str, str],
    at: tuple[float, float],
    *,
    size: float,
    face: Face = Face.REGULAR,
) -> None:
    """Set *parts* around the middle *at* on its baseline; a pen may fill in the middle part."""
    middle, baseline = at
    if not record.handwritten:
        column.centred_at(middle, baseline, Run("".join(parts), face), size)
        return
    before, written, after = parts
    gap = width("00", face, size) + 4
    start = middle - (width(before + after, face, size) + gap) / 2
    filled = start + width(before, face, size)
    column.sheet.texts += [
        Text(start, baseline, before, face, size),
        Text(filled, baseline, written, face, size, pen=True),
        Text(filled + gap, baseline, after, face, size),
    ]
