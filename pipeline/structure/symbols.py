"""The grammar of numbers and symbols, dates and citations (document form, sections 4.3 to 4.5)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unidecode import unidecode

from pipeline.model import Citation
from pipeline.structure.form import body_codes, components, type_codes, type_names

_DASH = r"\s*[-–—‑~]\s*"
# A small letter stands before a capital (ThU) or at the end (TTg): "NĐ-CPngày" is run together.
_ORG = r"[A-ZĐƯ](?:[A-ZĐƯ&]|[a-zđư](?=[A-ZĐƯ]|\b))*\d{0,2}"
_FIRST_YEAR = 1930
# Letters that a reader puts for digits in the number field.
_DIGITS = str.maketrans("OoIlSB", "001158")
_PARTY = re.compile(
    rf"(?P<number>[\dOoIlSB]{{0,4}}[a-z]?){_DASH}(?P<type>[A-ZĐ][A-Za-zĐđ]{{0,5}})\s*/\s*"
    rf"(?P<body>{_ORG}(?:[-–]{_ORG})?)"
)
_STATE = re.compile(
    rf"(?P<number>[\dOoIlSB]{{0,4}}[a-z]?)\s*(?:/\s*(?P<year>\d{{4}})\s*)?/\s*"
    rf"(?P<type>[A-ZĐ][A-Za-zĐđ]{{0,5}})(?:{_DASH}|/(?=[A-ZĐ]+-))(?P<body>{_ORG}(?:{_DASH}{_ORG})*)"
)
# The stroke between number and codes was not read as one: 300 :QĐ-UBND, 631 QĐ-UBND, 24ÏKH-UBND.
_STROKELESS = re.compile(
    rf"(?:(?<![^\s:])(?P<number>\d{{1,4}}[a-z]?)(?:\s*[^\w\s/]\s*|\s+))?"
    rf"(?P<type>[A-ZĐ][A-Za-zĐđ]{{0,5}})(?P<mark>{_DASH}|\s*/\s*)(?P<body>{_ORG}(?:{_DASH}{_ORG})*)"
)
_ONLY_NUMBER = re.compile(r"\S{2,3}?\s*:?\s*(?P<number>\d{1,4})(?!\S)")
_LAW = re.compile(r"(?P<number>\d{1,4})\s*/\s*(?P<year>\d{4})\s*/\s*(?P<body>QH\d{1,2})")
# A letter may stand for a figure beside another (I8); alone it is none.
_PART = r"(\d[\doil]?|[oil]\d)"
_LONG_DATE = re.compile(rf"ngay\s*{_PART}\s*,?\s*thang\s*{_PART}\s*,?\s*nam\s*(\d{{4}})")
_SHORT_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_CITED_DATE = re.compile(
    r"\s*,?\s*ngày\s*"
    r"(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and symbol taken apart.

    Attributes:
        known: whether both codes stand in the lexicon, and it is written as symbols are.
        repaired: whether a letter in the number field was taken for a digit.
    """

    system: str  # party | state
    number: str
    type_code: str
    body_code: str
    text: str
    known: bool
    repaired: bool = False


def symbol(text: str) -> Symbol | None:
    """Read the number and symbol in *text*: ``Số 10 -KH/TU``, ``Số: 15/QĐ-UBND``, or None."""
    found = _PARTY.search(text)
    if found is not None:
        number, type_code, body = _legible(found), found["type"], _tight(found["body"])
        clean = number.translate(_DIGITS)
        known = type_code in type_codes() and known_body(body)
        return Symbol(
            "party",
            clean,
            type_code,
            body,
            f"{clean}-{type_code}/{body}",
            known,
            clean != number,
        )
    found = _STATE.search(text)
    if found is not None:
        return _state(found)
    found = _LAW.search(text)
    if found is not None:
        whole = f"{found['number']}/{found['year']}/{found['body']}"
        return Symbol("state", found["number"], "", found["body"], whole, known=True)
    return None


def damaged_symbol(text: str) -> Symbol | None:
    """Read what can be read of a number and symbol whose strokes are damaged, or None.

    To be asked of a number line only, where no other code stands. A figure that touches the code
    may be its stroke misread: then the number is not known.
    """
    for found in _STROKELESS.finditer(text):
        if found["type"] not in {*type_codes(), *body_codes()}:
            continue
        number, body = found["number"] or "", _tight(found["body"])
        if "/" in found["mark"]:
            whole = f"{number}-{found['type']}/{body}"
            return Symbol("party", number, found["type"], body, whole, known=False)
        whole = f"{number}/{found['type']}-{body}"
        if found["type"] in type_codes():
            return Symbol("state", number, found["type"], body, whole, known=False)
        return Symbol("state", number, "", found["type"], whole, known=False)
    return None


def only_number(text: str) -> str:
    """Return the number on a number line whose symbol was not read, or ""."""
    found = _ONLY_NUMBER.match(text)
    return found["number"] if found is not None else ""


def _state(found: re.Match[str]) -> Symbol:
    number, first, body = _legible(found), found["type"], _tight(found["body"])
    clean = number.translate(_DIGITS)
    year = f"/{found['year']}" if found["year"] else ""
    if first in type_codes() or first not in body_codes():
        known = first in type_codes() and known_body(body)
        whole = f"{clean}{year}/{first}-{body}"
        return Symbol("state", clean, first, body, whole, known, clean != number)
    # A State công văn names no type: number / body - unit.
    whole = f"{clean}{year}/{first}-{body}"
    return Symbol("state", clean, "", first, whole, known=True, repaired=clean != number)


def _legible(found: re.Match[str]) -> str:
    """Return the number, or "" where only a part of what stands there could be read."""
    before = found.string[: found.start()][-1:]
    return found["number"] if not before or before.isspace() or before == ":" else ""


def known_body(body: str) -> bool:
    """Whether the lexicon has the code of the body, or of the one it is a unit of."""
    return body in body_codes() or body.split("-", maxsplit=1)[0] in body_codes()


def _tight(text: str) -> str:
    return re.sub(_DASH, "-", text)


def iso_date(text: str) -> str:
    """Return the first valid date in *text* in ISO 8601, or "".

    Reads ``ngày 19 tháng 5 năm 2021`` and ``9/3/2021``.
    """
    return date_of(text)[0]


def date_of(text: str) -> tuple[str, bool]:
    """Return the date that :func:`iso_date` does, and whether all of its figures are figures."""
    folded = unidecode(text).lower()
    for pattern in (_LONG_DATE, _SHORT_DATE):
        for match in pattern.finditer(folded):
            day, month, year = (
                int(part.translate(str.maketrans("oil", "011"))) for part in match.groups()
            )
            if year < _FIRST_YEAR:
                continue
            try:
                found = datetime.date(year, month, day).isoformat()
            except ValueError:
                continue
            return found, all(map(str.isdigit, match.groups()))
    return "", False


@cache
def _citation_head() -> re.Pattern[str]:
    names = sorted({*type_names().values(), "Luật"}, key=len, reverse=True)
    types = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?P<type>{types})(?:\s+[^\W\d_A-ZĐ]+){{0,4}}?\s+số\s*:?\s*(?=[\dOoIl])")


def citations(text: str) -> Iterator[Citation]:
    """Yield the documents cited in *text*: ``Chỉ thị số 05-CT/TW, ngày 15/5/2016 của ...``.

    Only the full form with ``số`` counts; later mentions by symbol alone cite nothing new.
    """
    for head in _citation_head().finditer(text):
        window = text[head.end() : head.end() + 160]
        length = _length(window)
        found = symbol(window[:length])
        if found is None:
            continue
        rest = window[length:]
        date = _CITED_DATE.match(rest)
        after = rest[date.end() :] if date else rest
        yield Citation(
            head["type"],
            found.text,
            iso_date(f"ngày {date[1]}") if date else "",
            _body(after),
        )


def _length(window: str) -> int:
    """Return how much of *window* the symbol takes that it begins with; 0 without one."""
    found = (pattern.match(window) for pattern in (_PARTY, _STATE, _LAW))
    return next((match.end() for match in found if match is not None), 0)


@cache
def _body_end() -> re.Pattern[str]:
    words = "|".join(map(re.escape, components("cited_body", "ends")))
    return re.compile(rf"\s+(?:(?:{words})(?!\w)|[“\"(])|,(?! Chủ nhiệm)|[;.:”)]|$")


def _body(after: str) -> str:
    """Return the name of the body after ``của``: up to what it is about, a term, or a stop."""
    match = re.match(r"\s*,?\s*của\s+", after)
    if match is None:
        return ""
    rest = after[match.end() :]
    end = _body_end().search(rest)
    return rest[: end.start()].strip() if end else rest.strip()
