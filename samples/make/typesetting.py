"""Sets a sample document on A4 pages by the official forms.

Party documents follow Hướng dẫn 36-HD/VPTW of 2018, State documents Nghị định 30/2020/NĐ-CP: header
in two columns, type and subject centred and bold, justified body of 14 points with first lines
indented by 10 mm, page number top centre from page 2, recipients left and signature right.
"""

from itertools import pairwise

from samples.make.faces import Face, width
from samples.make.header import set_header, set_title
from samples.make.record import Record, Unit
from samples.make.setting import Column, Run, break_lines
from samples.make.sheet import MM, Rule, Sheet, Text

_LEADING = 18.5
_SIGNING_ROOM = 100.0  # from office to name: four to five empty lines
_CELL_PAD = 4.0


def typeset(record: Record) -> list[Sheet]:
    """Return the pages of the document."""
    column = Column(right_margin=(15 if record.party else 20) * MM, leading=_LEADING)
    set_header(column, record)
    set_title(column, record)
    for number, unit in enumerate(record.body):
        if unit.rows:
            _table(column, record, unit)
        else:
            follower = record.body[number + 1 : number + 2]
            _unit(column, record, unit, before_table=any(after.rows for after in follower))
    _ending(column, record)
    return column.sheets


def _unit(column: Column, record: Record, unit: Unit, *, before_table: bool) -> None:
    if unit.kind == "centred":
        column.need(4 * _LEADING)
        column.centred(Run(unit.text, Face.BOLD), 14, before=8)
        return
    face = _face(record, unit)
    runs = [
        Run(unit.label, face),
        Run(unit.title, face),
        Run(unit.text, Face.REGULAR if unit.title else face),
    ]
    is_title = unit.kind == "heading" and not unit.title
    column.paragraph([run for run in runs if run.text], keep=is_title and not before_table)


def _face(record: Record, unit: Unit) -> Face:
    if unit.kind == "legal_basis" and not record.party:
        return Face.ITALIC
    if unit.kind != "heading":
        return Face.REGULAR
    if unit.label.endswith(")"):
        return Face.ITALIC
    return Face.BOLD if unit.level < 3 else Face.BOLD_ITALIC


def _table(column: Column, record: Record, unit: Unit) -> None:
    """Set a ruled table whose rows are not split; header row bold and centred."""
    size, leading = 13.0, 16.5
    column.y += 8
    edges = [column.left]
    for millimetres in record.columns:
        edges.append(edges[-1] + millimetres * MM)
    for number, row in enumerate(unit.rows):
        face = Face.REGULAR if number else Face.BOLD
        cells = [
            break_lines([Run(text, face)], size, right - left - 2 * _CELL_PAD)
            for text, (left, right) in zip(row, pairwise(edges), strict=True)
        ]
        height = max(map(len, cells)) * leading + 2 * _CELL_PAD
        column.need(height)
        top, bottom = column.y, column.y + height
        for place, (lines, (left, right)) in enumerate(zip(cells, pairwise(edges), strict=True)):
            spare = (max(map(len, cells)) - len(lines)) * leading / 2 if not number else 0
            for index, line in enumerate(lines):
                baseline = top + _CELL_PAD + spare + leading * (index + 0.75)
                text = " ".join(word for word, _ in line)
                if number and place:
                    column.sheet.texts.append(Text(left + _CELL_PAD, baseline, text, face, size))
                else:
                    column.centred_at((left + right) / 2, baseline, Run(text, face), size)
        column.sheet.rules += [Rule(edges[0], y, edges[-1], y) for y in (top, bottom)]
        column.sheet.rules += [Rule(x, top, x, bottom) for x in edges]
        column.y = bottom
    column.y += 6


def _ending(column: Column, record: Record) -> None:
    head_face, head_size = (Face.REGULAR, 14) if record.party else (Face.BOLD_ITALIC, 12)
    list_size = 12 if record.party else 11
    lines = [
        line
        for recipient in record.recipients
        for line in break_lines([Run(f"- {recipient}")], list_size, 78 * MM)
    ]
    signing = (len(record.authority) + 1) * _LEADING + _SIGNING_ROOM
    column.y += 12
    column.need(max(signing, _LEADING + len(lines) * (list_size + 3)))
    top = column.y + _LEADING * 0.75
    sheet = column.sheet
    sheet.texts.append(Text(column.left, top, "Nơi nhận:", head_face, head_size))
    if record.party:
        wide = width("Nơi nhận:", head_face, head_size)
        sheet.rules.append(Rule(column.left, top + 2, column.left + wide, top + 2))
    for number, pieces in enumerate(lines, start=1):
        baseline = top + number * (list_size + 3) + 2
        line = " ".join(word for word, _ in pieces)
        sheet.texts.append(Text(column.left, baseline, line, Face.REGULAR, list_size))
    middle = column.right - 38 * MM
    office_face = Face.REGULAR if record.party else Face.BOLD
    for line in record.authority:
        column.centred_at(middle, top, Run(line, Face.BOLD), 14)
        top += _LEADING
    column.centred_at(middle, top, Run(record.office, office_face), 14)
    sheet.signature = (middle, top + _SIGNING_ROOM / 2 + 2)
    column.centred_at(middle, top + _SIGNING_ROOM, Run(record.signer, Face.BOLD), 14)
