"""How numbers, shares and moments are written in each language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pipeline.messages import Language

_MOMENTS: Final = {Language.VIETNAMESE: "%H:%M %d/%m/%Y", Language.ENGLISH: "%Y-%m-%d %H:%M"}
_SWAPPED: Final = str.maketrans(",.", ".,")  # in Vietnamese the comma is the decimal mark


def number(value: float, language: Language, decimals: int = 0) -> str:
    """Return *value* with its thousands set apart: ``12,345`` or ``12.345``."""
    text = f"{value:,.{decimals}f}"
    return text.translate(_SWAPPED) if language is Language.VIETNAMESE else text


def share(value: float, language: Language) -> str:
    """Return a share as per cent with one decimal; one that is not zero never looks like zero."""
    if 0 < value < 0.001:
        return f"< {number(0.1, language, 1)}%"
    return f"{number(100 * value, language, 1)}%"


def moment(seconds: float, language: Language) -> str:
    """Return a moment, in seconds since 1970, in the time of this machine."""
    return datetime.fromtimestamp(seconds).astimezone().strftime(_MOMENTS[language])


def ranges(numbers: Iterable[int]) -> str:
    """Return *numbers*, which rise, with neighbours drawn together: ``1–3, 7``."""
    drawn: list[list[int]] = []
    for each in numbers:
        if drawn and each == drawn[-1][-1] + 1:
            drawn[-1] = [drawn[-1][0], each]
        else:
            drawn.append([each])
    return ", ".join("–".join(map(str, ends)) for ends in drawn)
