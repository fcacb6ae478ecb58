"""The line of number and symbol in the left column of a header: ``Số: 15/QĐ-UBND``.

It begins with Số and is mostly written by hand behind it, so either may be damaged (``Sé: 44/TB``,
``số:24ÏKH-UBND``, ``Số: 300 :QĐ-UBND``); the codes are printed. What begins as it does and has
neither colon, figure nor code is the name of a body (SỞ NÔNG NGHIỆP).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.form import body_codes, fold, type_codes

_MOST_WORDS = 7
_WHOLE = re.compile(r"s[o06]\s*[:.]?\s*([\dilo|]{0,4}[a-z]?\s*([-~/._]|\.\.\.).*|\d{1,4})?")
_WORD = re.compile(r"s[o06](?![a-z])")  # Số, Sô, S6
_DAMAGED = re.compile(r"((ss|[s$])[oe06]|[358][oe])(?![a-z])")  # Sé, 3ô, §ố; 36 is a number
_COLON = re.compile(r"\S{2,3}?\s*[:;]")
_OWN_SYMBOL = re.compile(r"[\w.]*\s*[-–—/~.]\s*[A-ZĐ][\wĐđ]*\s*[-–—/]\s*[\wĐđƯư&-]+")
_NAME = re.compile(r"(?<!\S)[^\W\d_]{2,}(?!\S)")  # a word of letters alone
_THREE_CODES = re.compile(r"[-–/]\s*[A-ZĐ][A-Za-zĐđ]{0,5}\s*[-–/]\s*[A-ZĐ]")
_CODES = re.compile(r"([A-ZĐ][A-Za-zĐđ]{0,5})\s*[-–—~/]\s*([A-ZĐƯ][A-ZĐƯ&]+)")


def is_number_line(text: str) -> bool:
    """Whether *text*, a line or a column of one, is the number and symbol."""
    if _OWN_SYMBOL.fullmatch(text):
        return True
    return len(text.split()) <= _MOST_WORDS and (
        _WHOLE.fullmatch(fold(text)) is not None or _is_told(text)
    )


def number_at(words: Sequence[str]) -> int | None:
    """Return the word behind the first where a number line begins that ends the line.

    In the name of a body all is in capitals: BAN CHỈ ĐẠO THỰC HIỆN NGHỊ QUYẾT SỐ 36/NQ-CP.
    """
    first = max(1, len(words) - _MOST_WORDS)
    for at in range(first, len(words)):
        named = words[at].isalpha() and words[at].isupper()
        if not named and _is_told(" ".join(words[at:])):
            return at
    return None


def is_coded(text: str) -> bool:
    """Whether *text* names its type or its body in codes: an incoming stamp's number never does."""
    return _code_at(text) is not None


def _code_at(text: str) -> int | None:
    found = _THREE_CODES.search(text)
    if found is not None:
        return found.start()
    known = (
        found.start()
        for found in _CODES.finditer(text)
        if found[1] in type_codes() or found[2] in body_codes()
    )
    return next(known, None)


def _is_told(text: str) -> bool:
    """Whether a colon or codes behind Số say that it is the number, as it is in no body's name."""
    folded = fold(text)
    head = _WORD.match(folded) or _DAMAGED.match(folded)
    if head is None:
        return False
    if _COLON.match(folded):
        return True
    code = _code_at(text)
    # SỞ KH-ĐT has codes in its name, and words and capitals; a number that was misread has neither.
    between = text[head.end() : code] if code is not None else ""
    named = text[:2].isupper() and not any(letter.isdigit() or letter == "/" for letter in text)
    return code is not None and not named and _NAME.search(between) is None
