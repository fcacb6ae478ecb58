"""What stands on a typeset page. Lengths are points (1/72 inch), origin top left, A4 portrait."""

from dataclasses import dataclass, field
from typing import Final

from samples.make.faces import Face

MM: Final = 72 / 25.4
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM


@dataclass(frozen=True, slots=True)
class Text:
    """A run of one face; ``x`` is its left end, ``y`` its baseline; ``pen`` if written by hand."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    pen: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.7


@dataclass(slots=True)
class Sheet:
    """One page: its runs and rules, and where the signature stands if it carries one."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signature: tuple[float, float] | None = None
