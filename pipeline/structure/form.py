"""The data of the official form: marker confusions, component words, lists of the domain.

Read once from ``dictionaries/form`` and ``dictionaries/lexicon``; nothing here is ever altered.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from string import punctuation
from typing import Any

from rapidfuzz import fuzz
from unidecode import unidecode

from pipeline.errors import BadDictionaryError
from pipeline.model import nfc
from pipeline.resources import dictionary

_SIGNS = " .:,;*_-"


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``dictionaries/form/<name>.toml``.

    Raises:
        BadDictionaryError: it is missing or no TOML.
    """
    path = dictionary("form", f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadDictionaryError(path, str(error)) from error


@cache
def lexicon(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of ``dictionaries/lexicon/<name>.txt``, each a tuple of TAB fields."""
    text = dictionary("lexicon", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(
        tuple(field.strip() for field in nfc(line).split("\t"))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    )


@cache
def components(section: str, key: str) -> tuple[str, ...]:
    """Return a word list of ``components.toml``."""
    return tuple(table("components")[section][key])


@cache
def type_names() -> dict[str, str]:
    """Return the document types by folded name: ``ke hoach`` → ``Kế hoạch``."""
    names = [entry[0] for entry in lexicon("document_types")]
    names += [
        part.split("(")[0] for entry in lexicon("doctype_codes") for part in entry[1].split(";")
    ]
    return {fold(name): f"{name.strip()[0].upper()}{name.strip()[1:]}" for name in reversed(names)}


@cache
def type_codes() -> dict[str, tuple[str, ...]]:
    """Return the folded names of each type code: ``QĐ`` → quyết định, quy định."""
    return {
        code: tuple(fold(part.split("(")[0]) for part in meaning.split(";"))
        for code, meaning, *_ in lexicon("doctype_codes")
    }


@cache
def body_codes() -> dict[str, str]:
    """Return the folded meaning of each body code: ``TU`` → ``tinh uy hoac thanh uy ...``."""
    return {code: fold(meaning) for code, meaning, *_ in lexicon("org_codes")}


@cache
def offices() -> frozenset[str]:
    """Return the folded office lines of signature blocks (``pho bi thu``), no authority lines."""
    heads = components("authority", "starts")
    lines = (entry[0] for entry in lexicon("signature_blocks"))
    known = frozenset(fold(line) for line in lines if line.split()[0] not in heads)
    return known | frozenset(components("signed", "offices"))


@cache
def surnames() -> frozenset[str]:
    """Return the folded surnames."""
    return frozenset(
        fold(entry[0]) for name in ("surnames", "minority_names") for entry in lexicon(name)
    )


@lru_cache(maxsize=4096)  # the same few lines are asked about again and again
def fold(text: str) -> str:
    """Return *text* without marks, in lower case, single blanks: damaged marks do not matter."""
    return " ".join(unidecode(text).lower().split())


def bare(text: str) -> str:
    """Return *text* folded, without stops and dashes before it and whatever signs behind it."""
    return fold(text).lstrip(_SIGNS).rstrip(punctuation + " ")


def alike(text: str, names: frozenset[str] | dict[str, str] | tuple[str, ...]) -> str | None:
    """Return the one of the folded *names* that *text* reads as, or None.

    One letter in eight may be wrong; short names must be right.
    """
    folded = bare(text)
    if folded in names:
        return folded
    if len(folded) < 7:
        return None
    for name in names:
        if abs(len(name) - len(folded)) <= 2 and fuzz.ratio(folded, name) >= 88:
            return name
    return None


def starts(text: str, heads: tuple[str, ...]) -> bool:
    """Whether the folded *text* begins with one of *heads*, at a word border."""
    folded = fold(text)
    return any(
        folded.startswith(head) and not folded[len(head) : len(head) + 1].isalnum()
        for head in heads
    )
