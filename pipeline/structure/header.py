"""The header: everything above the text proper, on page one.

Lines are sorted by what they say; where two columns share a line (``* Bình Sơn, ngày ...``,
``TỈNH ỦY BÌNH SƠN ĐẢNG CỘNG SẢN VIỆT NAM``) the line is split, and the whole left column comes
before the right one. Marks of the tone may be damaged: everything is compared folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from pipeline.model import Kind
from pipeline.structure.flow import Layout, Piece, capitals, first_letter
from pipeline.structure.form import alike, components, fold, starts, type_names
from pipeline.structure.markers import readings
from pipeline.structure.marks import marks
from pipeline.structure.mottoes import broken_at, damaged_at, ends, motto_at, rest_at
from pipeline.structure.number_line import is_coded, is_number_line, number_at
from pipeline.structure.paragraphs import ends_with, goes_on_below, opens_sentence, unfinished
from pipeline.structure.signing import SPECKS

_MOST_LINES = 40  # a header is on page one, and far shorter
_MOST_SUBJECT = 10
CAPS = 0.75  # of the letters of a line in capitals
_ROOM = 0.04  # of the text width: what a line leaves free beyond the word that would fit
_SHORT = 0.12  # of the text width: what a line of a subject leaves free, and one of text does not
_MOST_SCRAPS = 2  # words that a pen or a stamp leaves before Kính gửi
_ASTERISK = 2  # letters at most that the asterisk under the body is read as
_UNSURE = 0.6  # confidence below which signs of dirt may stand with them
# Its first two words may have run together with the day between them: ngàyltháng 7.
_DATE = re.compile(r"(nga\w{1,3}\b.{0,10}\bthang|ngay\w{0,3}thang)\b.{0,10}(\bn\w{1,3}\b.{0,9})?")
_DATE_WORD = re.compile(r"ngay.*|nga\w{1,2}\W*")
BODY = "body"  # a name of one, issuing or superior: not known before all are read
_REST = "rest"  # of the motto on the line above
_ASIDE = frozenset({Kind.ORNAMENT, Kind.NOTE})
_RIGHT = frozenset({Kind.MOTTO, _REST, Kind.PLACE_DATE})


@dataclass(frozen=True, slots=True)
class Part:
    """A component of the header and its pieces, in order."""

    kind: Kind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The components found, and how many of the given lines they take up.

    Attributes:
        found: whether the beginning of a document was seen at all; if not, this is a fragment.
    """

    parts: tuple[Part, ...]
    length: int
    found: bool


def header(lines: list[Piece], layout: Layout, most: int = _MOST_LINES) -> Header:
    """Take the header off the front of *lines*, of which at most *most* stand above its subject."""
    above = min(top(lines), most)
    type_at = next((i for i in range(above) if is_type(lines[i])), None)
    if type_at is None:
        return _without_type(lines[:above], lines[: above + _MOST_LINES])
    parts = _components(lines[:type_at])
    parts += _type(lines[type_at])
    after = type_at + 1
    while after < len(lines) and not any(letter.isalnum() for letter in lines[after].text):
        parts.append(Part(Kind.ORNAMENT, (lines[after],)))  # specks between type and subject
        after += 1
    subject = _subject(lines[after : after + _MOST_SUBJECT], layout)
    if subject:
        parts.append(Part(Kind.SUBJECT, tuple(lines[after : after + subject])))
    after += subject
    count = _addressees(lines[after : after + _MOST_LINES], parts)
    return Header(tuple(parts), after + count, found=True)


def _type(line: Piece) -> list[Part]:
    """Return the type, and what specks stand before and behind it."""
    solid = [at for at, word in enumerate(line.words) if any(map(str.isalnum, word.text))]
    start, stop, end = solid[0], solid[-1] + 1, len(line.words)
    parts = ((Kind.ORNAMENT, 0, start), (Kind.TYPE, start, stop), (Kind.ORNAMENT, stop, end))
    return [Part(kind, (line.part(a, b),)) for kind, a, b in parts if a < b]


def top(lines: list[Piece]) -> int:
    """Return how many lines from the top may belong to the header: up to the first clear text."""
    for index, line in enumerate(lines[:_MOST_LINES]):
        heads = readings(line.words)
        if line.line.cell is not None or starts(line.text, components("recipients", "starts")):
            return index
        if heads and heads[0].cost == 0 and heads[0].system not in {"star", "dash"}:
            return index
    return min(len(lines), _MOST_LINES)


def is_type(line: Piece) -> bool:
    """Whether *line* is the name of a type of document."""
    marked = marks([word.text for word in line.words])  # DỰ THẢO LẦN 2
    return capitals(line.text) > CAPS and alike(line.text, type_names()) is not None and not marked


def _without_type(lines: list[Piece], rest: list[Piece]) -> Header:
    """Read the header of a công văn, which names no type; without any of its parts, a fragment."""
    parts = _components(lines)
    sure = {Kind.MOTTO, Kind.NUMBER, Kind.PLACE_DATE}
    end = max(
        (_line(piece) for part in parts if part.kind in sure for piece in part.pieces), default=None
    )
    if end is None:
        return Header((), 0, found=False)
    # What stands between the number and Kính gửi, V/v ..., belongs to the header as well.
    loose = {Kind.SUBJECT, Kind.MARK, Kind.ORNAMENT, Kind.NOTE}
    kinds: dict[tuple[int, int], set[Kind]] = {}
    for part in parts:
        for piece in part.pieces:
            kinds.setdefault(_line(piece), set()).add(part.kind)
    below = sorted(line for line in kinds if line > end)
    end = max([end, *takewhile(lambda line: kinds[line] <= loose, below)])
    # Whole lines only: what shares a line with the header is taken with it.
    while any(_line(part.pieces[0]) <= end < _line(part.pieces[-1]) for part in parts):
        end = max(_line(part.pieces[-1]) for part in parts if _line(part.pieces[0]) <= end)
    kept = [part for part in parts if _line(part.pieces[0]) <= end]
    length = sum(_line(piece) <= end for piece in lines)
    count = _addressees(rest[length:], kept)
    return Header(tuple(kept), length + count, found=True)


def _line(piece: Piece) -> tuple[int, int]:
    return piece.span.page, piece.span.line


def _components(lines: list[Piece]) -> list[Part]:
    """Sort the lines above the type name; columns that share lines are read one after the other."""
    columns = _columns(lines)
    sorted_pieces = [item for column in columns for item in column]
    if any(sum(kind not in _ASIDE for kind, _ in column) > 1 for column in columns):
        sorted_pieces.sort(key=lambda item: item[0] in _RIGHT)
    # Kính gửi stands under both columns, left of the middle, and was read with the left one.
    sorted_pieces.sort(key=lambda item: item[0] == Kind.ADDRESSEE)
    # What stands below Kính gửi is text: no subject goes on there.
    opened = next((piece.position for kind, piece in sorted_pieces if kind == Kind.ADDRESSEE), None)
    parts: list[Part] = []
    bodies: list[Piece] = []
    for kind, piece in sorted_pieces:
        if kind == BODY:
            # Furniture was taken out in between: not one name.
            if bodies and piece.span.line > bodies[-1].span.line + 1:
                parts += _bodies(bodies)
                bodies = []
            bodies.append(piece)
            continue
        if bodies:
            parts += _bodies(bodies)
            bodies = []
        goes_on = kind == Kind.PARAGRAPH and (opened is None or piece.position < opened)
        if kind == _REST or (goes_on and parts and parts[-1].kind is Kind.SUBJECT):
            parts[-1] = Part(parts[-1].kind, (*parts[-1].pieces, piece))
        else:
            parts.append(Part(Kind(kind), (piece,)))
    return parts + _bodies(bodies)


def _columns(lines: list[Piece]) -> list[list[tuple[str, Piece]]]:
    """Return the columns of each line; mottoes are known here that stand in no running text.

    They take two lines, or are damaged. The fields of an incoming stamp are known by its head.
    """
    found: list[list[tuple[str, Piece]]] = []
    rest = ""
    stamped = False
    for line in lines:
        columns = split(line)
        words = [word.text for word in line.words]
        at, right, rest = rest_at(words, rest), _REST, ""
        if at is None and not any(kind in _RIGHT for kind, _ in columns):
            right = Kind.MOTTO
            at, rest = broken_at(words) or (damaged_at(words), "")
        if at == 0 or (at is not None and _kind(line.part(0, at)) != Kind.PARAGRAPH):
            columns = [*_left(line.part(0, at)), (right, line.part(at, len(words)))]
        if stamped:
            columns = [(_in_stamp(kind, part), part) for kind, part in columns]
        stamped = any(kind == Kind.NOTE for kind, _ in columns)
        found.append(columns)
    return found


def _in_stamp(kind: str, part: Piece) -> str:
    """Return the kind of a column below the head of an incoming stamp: its fields are no number."""
    field = starts(part.text, components("incoming_stamp", "weak")) and not is_coded(part.text)
    return Kind.NOTE if field and kind not in _RIGHT else kind


def split(line: Piece) -> list[tuple[str, Piece]]:
    """Return the columns of one header line with their kinds."""
    words = line.words
    if words[0].text and set(words[0].text) <= {"*"} and len(words) > 1:
        return [(Kind.ORNAMENT, line.part(0, 1)), *split(line.part(1, len(words)))]
    cut = motto_at([word.text for word in words])
    if cut is None:
        cut = _date_at(line)
        right: str = Kind.PLACE_DATE
    else:
        right = Kind.MOTTO
    if cut is not None:
        return [*_left(line.part(0, cut)), (right, line.part(cut, len(words)))]
    return _left(line)


def _left(column: Piece) -> list[tuple[str, Piece]]:
    """Return a left column with its kind, in two where the number was read behind the body."""
    if not column.words:
        return []
    kind = _kind(column)
    at = number_at([word.text for word in column.words])
    if at is not None and kind in {BODY, Kind.PARAGRAPH}:
        body = column.part(0, at)
        if _kind(body) == BODY:
            return [(BODY, body), (Kind.NUMBER, column.part(at, len(column.words)))]
    if kind == Kind.PARAGRAPH and (at := _addressee_at(column)):
        scraps, addressee = column.part(0, at), column.part(at, len(column.words))
        return [(Kind.NOTE, scraps), (Kind.ADDRESSEE, addressee)]
    return [(kind, column)]


def _addressee_at(column: Piece) -> int | None:
    """Return the word where Kính gửi begins behind what a pen or a stamp has left beside it."""
    for at in range(1, min(_MOST_SCRAPS + 1, len(column.words))):
        word = column.words[at - 1]
        if word.confidence is None or word.confidence >= _UNSURE:
            return None
        if starts(column.part(at, len(column.words)).text, components("addressee", "starts")):
            return at
    return None


def _date_at(line: Piece) -> int | None:
    """Return the word where place and date begin: ``Bình Sơn, ngày 05 tháng 02 năm 2026``."""
    words = [word.text for word in line.words]
    for index in ends(words):
        if not is_date_word(words[index]):
            continue
        if not _DATE.fullmatch(fold(" ".join(words[index:]))):
            continue
        start = index
        while start and _of_place(words[start - 1], last=start == index):
            if _is_capital(words[start - 1]) and start < index and not _is_capital(words[start]):
                break  # the body of the left column, in capitals: HUYỆN ỦY SUỐI VÀNG
            start -= 1
        # A line of text that happens to end with a date has other words before it.
        if start == 0 or _kind(line.part(0, start)) != Kind.PARAGRAPH:
            return start
    return None


def _of_place(word: str, *, last: bool) -> bool:
    """Whether *word* may be of the place's name before ``ngày``; only its last has a comma."""
    named = word[:1].isupper() or fold(word) in components("place_date", "small")
    if not named or "/" in word:
        return False
    return word.endswith(",") == last or _is_abbreviation(word)


def _is_capital(word: str) -> bool:
    return word.isupper() and not _is_abbreviation(word)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 3 and word.endswith(".")  # TP.


def is_date_word(word: str) -> bool:
    """Whether the date begins with *word*: ngày, whose end a pen may have run through (ngàW)."""
    folded = fold(word)
    return folded.startswith("ngay") or (
        word[:1].islower() and _DATE_WORD.fullmatch(folded) is not None
    )


def _kind(piece: Piece) -> str:
    if is_number_line(piece.text):
        return Kind.NUMBER
    if _is_stamp(piece):
        return Kind.NOTE
    if marks([word.text for word in piece.words]):
        return Kind.MARK
    if starts(piece.text, components("subject", "starts")):
        return Kind.SUBJECT
    if starts(piece.text, components("addressee", "starts")):
        return Kind.ADDRESSEE
    if _is_ornament(piece):
        return Kind.ORNAMENT
    return BODY if capitals(piece.text) > CAPS else Kind.PARAGRAPH


def _is_stamp(piece: Piece) -> bool:
    """Whether it is the head of an incoming stamp, ĐẾN, and at most pieces of its frame."""
    words = [word.text.strip(SPECKS) for word in piece.words]
    told = [word for word in words if len(word) > _ASTERISK]
    return len(told) == 1 and told[0].isupper() and fold(told[0]) == "den"


def _is_ornament(piece: Piece) -> bool:
    """Whether it is a sign; the asterisk under the body is often read as letters (x, L3, vo:)."""
    letters = [letter for letter in piece.text if letter.isalnum()]
    if not letters or len(piece.text) <= _ASTERISK:
        return True
    unsure = all(w.confidence is not None and w.confidence < _UNSURE for w in piece.words)
    one = len(piece.words) == 1 and len(letters) <= _ASTERISK
    return one and unsure and not any(map(str.isdigit, letters))


def _bodies(lines: list[Piece]) -> list[Part]:
    """Divide the left column: the last name of a body issues, what stands above it is superior."""
    if not lines:
        return []
    heads = components("body", "heads")
    last = max((i for i, line in enumerate(lines) if i and starts(line.text, heads)), default=0)
    parts = [Part(Kind.SUPERIOR_BODY, tuple(lines[:last]))] if last else []
    return [*parts, Part(Kind.ISSUING_BODY, tuple(lines[last:]))]


def _subject(lines: list[Piece], layout: Layout) -> int:
    """Return how many lines after the type name are the subject (trích yếu)."""
    count = 0
    for index, line in enumerate(lines):
        heads = readings(line.words)
        goes_on = bool(index) and goes_on_below(lines[index - 1].text, line.text)
        if line.line.cell is not None or (heads and heads[0].cost == 0 and not goes_on):
            break
        if not any(letter.isalnum() for letter in line.text):
            break
        if starts(line.text, components("addressee", "starts")):
            break
        if index:
            if line.gap_above or _ends_subject(lines[index - 1], line):
                break
            if _is_text(line, lines[:index], layout):
                break
        elif starts(line.text, components("legal_basis", "starts")):
            break
        count += 1
    return count


def _ends_subject(above: Piece, line: Piece) -> bool:
    caps_above, caps = capitals(above.text) > CAPS, capitals(line.text) > CAPS
    if line.span.page != above.span.page:
        return True
    if caps_above != caps and not (unfinished(above.text) or len(line.words) == 1):
        return True
    if above.text.endswith((".", ";", ":")):
        return True
    bold = [word.bold for word in line.words]
    if all(word.bold for word in above.words) and bold and not any(bold):
        return True
    return line.text[:1].isupper() and starts(line.text, components("subject", "ends"))


def _is_text(line: Piece, subject: list[Piece], layout: Layout) -> bool:
    """Whether *line* is the first of the text, not one more of the *subject* above it.

    The lines of a subject are centred and shorter than those of the text, or it is one line.
    """
    if not first_letter(line.text).isupper() or layout.indent(line) is not None:
        return False
    last = subject[-1]
    if unfinished(last.text) or last.text.endswith((",", "-", "–")):
        return False
    if layout.unwrapped:
        return line.text.endswith((".", ";", ":", ","))
    if layout.free(line) >= _SHORT:
        return False
    if layout.free(last) > layout.need(line) + _ROOM:
        return True
    named = last.words[-1].text[:1].isupper() or ends_with(last.text, "before_name")
    return not named and (
        opens_sentence(line.text) or starts(line.text, components("subject", "begins"))
    )


def _addressees(lines: list[Piece], parts: list[Part]) -> int:
    """Add Kính gửi and its list to *parts*; return how many of *lines* they take."""
    opened = bool(parts) and parts[-1].kind is Kind.ADDRESSEE  # it stood among the columns
    opens = bool(lines) and starts(lines[0].text, components("addressee", "starts"))
    if not opened and not opens:
        return 0
    groups: list[list[Piece]] = [[lines[0]]] if opens else []
    for line in lines[int(opens) :]:
        dashed = line.words[0].text[:1] in {"-", "–", "+"}
        opener = line.text[:1].isupper() and starts(line.text, components("subject", "ends"))
        ended = not groups or groups[-1][-1].text.endswith((".", ";", ":"))
        if dashed:
            groups.append([line])
        elif line.gap_above or ended or opener:
            break
        else:
            groups[-1].append(line)
    parts += [Part(Kind.ADDRESSEE, tuple(group)) for group in groups]
    return sum(map(len, groups))
