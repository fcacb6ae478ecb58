"""Document symbols and abbreviations: what their grammar proves about a damaged one.

A symbol (``366-QĐ/TW``, ``15/2025/QĐ-TTg``) is made of numbers and of codes that the lexicon knows;
so is an abbreviation (``LĐ-TB&XH``). Readers without Vietnamese take the bar off a Đ: where a part
is no code, and exactly one code has its bare letters, that code is meant. Numbers never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import regex

from pipeline.correction.channel import unmarked
from pipeline.correction.profile import is_latin

# The letter eth looks like Đ, and readers put it in its place or beside it.
_ETH: Final = regex.compile("ĐÐ|ÐĐ|Ð")
_SEPARATOR: Final = regex.compile(r"([-–/.,&]+)")
_NUMBER: Final = regex.compile(r"(?:\d+[a-zđ]?)?")  # 10a/2021/NĐ-CP
_TAILLESS: Final = regex.compile(r"^0(?=\p{Lu})")
_FIGURES: Final = regex.compile(r"\d{1,5}")

LONG_CODE: Final = 4  # letters from which a code alone proves itself; DH may be another's code

Codes = Mapping[str, tuple[str, ...]]


def by_skeleton(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the codes by their letters without marks; capitals count."""
    found: dict[str, list[str]] = {}
    every = set(codes)
    every |= {code[0].upper() + code[1:] for code in every if "/" in code}  # Đ/c begins a sentence
    for code in sorted(every):
        found.setdefault(unmarked(code), []).append(code)
    return {key: tuple(same) for key, same in found.items()}


def folded(core: str) -> str:
    """Return *core* with Đ for the letter eth, which nobody prints."""
    return str(_ETH.sub("Đ", core))


def repaired(core: str, codes: Codes) -> str | None:
    """Return the symbol or abbreviation that *core* must be, or None if nothing is proved.

    Args:
        core: as read, NFC, without the punctuation around it.
        codes: from :func:`by_skeleton`.
    """
    plain = folded(core)
    whole = _known(plain, codes)
    if whole not in (None, plain) and len(plain) < LONG_CODE and "/" not in plain:
        return None
    if whole is None:
        parts = [_part(part, codes) for part in _SEPARATOR.split(plain)]
        letters = [part for part in parts if part and any(map(str.isalpha, part))]
        symbol = len(letters) > 1 or any(map(str.isdigit, core))
        whole = "".join(filter(None, parts)) if letters and symbol and None not in parts else None
    return whole if whole != core else None


def is_symbol(core: str, codes: Codes) -> bool:
    """Tell whether *core* is a number and at least two codes, damaged or not: 10-KH/TU."""
    number, *parts = _SEPARATOR.split(core)
    names = [part for part in parts[1::2] if not part.isdigit()]
    known = all(_known(folded(name), codes) for name in names)
    return _FIGURES.fullmatch(number) is not None and len(names) > 1 and known


def is_begun(core: str, codes: Codes) -> bool:
    """Tell whether *core* is a number and one code as printed: 318/TTr, 30/2020/NĐ."""
    number, *parts = _SEPARATOR.split(core)
    names = [part for part in parts[1::2] if not part.isdigit()]
    one = (
        len(names) == 1 and names[0] == parts[-1] and names[0] in codes.get(unmarked(names[0]), ())
    )
    return _FIGURES.fullmatch(number) is not None and one


def _part(part: str, codes: Codes) -> str | None:
    if _NUMBER.fullmatch(part) or _SEPARATOR.fullmatch(part):
        return part
    # A Q that lost its tail, before a letter: no number has one.
    return _known(part, codes) or _known(_TAILLESS.sub("Q", part), codes)


def _known(code: str, codes: Codes) -> str | None:
    """Return the code that *code* is or lost its marks from, if there is exactly one."""
    same = codes.get(unmarked(code), ())
    if code in same:
        return code
    return same[0] if len(same) == 1 and is_latin(code) else None
