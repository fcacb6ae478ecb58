"""The words users read, in Vietnamese and English, kept as data in ``vi.toml`` and ``en.toml``.

Both catalogues have the same keys and the same placeholders (a test holds them to it). The language
is chosen once, at the command line: ``--lang``, else ``VANBAN_LANG``, else the system's locale.
"""

from __future__ import annotations

import locale
import os
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from pipeline.errors import BadSettingError, BadValueError, VanbanError

_WORD: Final = re.compile(r"[a-z]+")
# What a message takes over from a detail: the words of another program, and numbers.
_GIVEN: Final = re.compile(r"“(.*?)”|-?\d[\d.]*")


class Language(StrEnum):
    """A language that messages exist in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return every message of *language*, its key behind its section (``error.no_tesseract``)."""
    text = resources.files(__name__).joinpath(f"{language.value}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": message
        for section, messages in tomllib.loads(text).items()
        for key, message in messages.items()
    }


def say(language: Language, key: str, **values: object) -> str:
    """Return the message *key* with its placeholders filled, fit for a terminal."""
    return _filled(catalogue(language)[key], values)


def _filled(message: str, values: Mapping[str, object]) -> str:
    shown = {
        name: value if isinstance(value, int | float) else printable(str(value))
        for name, value in values.items()
    }
    return message.format(**shown)


def printable(text: str) -> str:
    """Return *text* without line breaks and control characters, which names may hold."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def explain(language: Language, error: VanbanError) -> str:
    """Return the one line that tells a user what failed and what to do next."""
    return _explained(catalogue(language)[f"error.{error.key}"], language, error)


def reason(language: Language, error: VanbanError) -> str:
    """Return what failed, as :func:`explain` says it, without the name of what it befell."""
    return _parts(language, error)[0]


def next_step(language: Language, error: VanbanError) -> str:
    """Return what to do next, as :func:`explain` says it."""
    return _parts(language, error)[1]


def _parts(language: Language, error: VanbanError) -> tuple[str, str]:
    message = catalogue(language)[f"error.{error.key}"].removeprefix("{subject}: ")
    what, _, then = message.partition("; ")
    return _explained(what, language, error), _explained(then, language, error)


def _explained(message: str, language: Language, error: VanbanError) -> str:
    detail = seen(language, error)
    values = {"subject": error.subject, "detail": f" ({detail})" if detail else ""}
    if isinstance(error, BadValueError):
        values["allowed"] = error.allowed
    return " ".join(_filled(message, values).split())


def seen(language: Language, error: VanbanError) -> str:
    """Return what was seen of a failure, in *language* where there are words for it.

    What stands in “quotation marks”, and numbers, are no words of ours and stay as they are: they
    fill the places ``{0}``, ``{1}`` of the message in their order.
    """
    return _in_words(language, error.detail)


def _in_words(language: Language, detail: str) -> str:
    key = "detail." + "_".join(_WORD.findall(_GIVEN.sub("", detail).lower()))
    if message := catalogue(language).get(key):
        return message.format(*(match[1] or match[0] for match in _GIVEN.finditer(detail)))
    # The program or model that it was about may stand before it, see pipeline.batch.naming.
    before, comma, rest = detail.partition(", ")
    return f"{before}{comma}{_in_words(language, rest)}" if comma else detail


def system_language() -> Language:
    """Return the language that ``VANBAN_LANG`` or else the locale asks for; English if neither.

    Raises:
        BadSettingError: ``VANBAN_LANG`` names a language that there are no messages in.
    """
    named = os.environ.get("VANBAN_LANG", "")
    if named and not named.lower().startswith(tuple(Language)):
        raise BadSettingError("VANBAN_LANG", f"{named}: {', '.join(Language)}")
    wanted = named or locale.getlocale()[0] or ""
    return Language.VIETNAMESE if wanted.lower().startswith("vi") else Language.ENGLISH
