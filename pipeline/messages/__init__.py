"""The words users read, in Vietnamese and English, kept as data in ``vi.toml`` and ``en.toml``.

Both catalogues have the same keys and the same placeholders (a test holds them to it). The language
is chosen once, at the command line: ``--lang``, else ``VANBAN_LANG``, else the system's locale.
"""

from __future__ import annotations

import locale
import os
import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from pipeline.errors import BadSettingError, BadValueError, VanbanError

_WORD: Final = re.compile(r"[a-z]+")


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
    shown = {name: _shown(value) for name, value in values.items()}
    return catalogue(language)[key].format(**shown)


def _shown(value: object) -> object:
    """Return a text or path without line breaks and control characters, which names may hold."""
    if isinstance(value, int | float):
        return value
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in str(value)
    )


def explain(language: Language, error: VanbanError) -> str:
    """Return the one line that tells a user what failed and what to do next."""
    seen = "detail." + "_".join(_WORD.findall(error.detail.lower()))
    detail = catalogue(language).get(seen, error.detail)
    detail = f" ({detail})" if detail else ""
    values = {"subject": error.subject, "detail": detail}
    if isinstance(error, BadValueError):
        values["allowed"] = error.allowed
    line = say(language, f"error.{error.key}", **values)
    return " ".join(line.split())


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
