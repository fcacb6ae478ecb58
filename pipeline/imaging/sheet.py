"""A page in grey and the text stamped on it in colour, which is moved as the page is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.image import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What the steps after the removal of seals work on.

    Attributes:
        grey: the page without seals.
        stamped: of the same shape, what was stamped beside a seal, black on white; None where
            there is nothing.
    """

    grey: Pixels
    stamped: Pixels | None = None

    def moved(self, move: Callable[[Pixels], Pixels]) -> Sheet:
        """Return both turned, scaled or cut in the same way."""
        return Sheet(move(self.grey), None if self.stamped is None else move(self.stamped))

    def with_grey(self, grey: Pixels) -> Sheet:
        """Return the sheet with something done to the page that moved nothing."""
        return Sheet(grey, self.stamped)

    def columns(self, part: slice) -> Sheet:
        """Return a part of the page, from top to bottom."""
        return self.moved(lambda pixels: np.ascontiguousarray(pixels[:, part]))
