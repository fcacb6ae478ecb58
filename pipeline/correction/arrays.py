"""Rows of unequal length end to end: numpy is quick on long arrays and slow on many short ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


def starts(sizes: Ids) -> Ids:
    """Return where each of some rows starts that lie end to end."""
    return np.cumsum(sizes) - sizes


def step(begin: Ids, count: Ids) -> tuple[Ids, Ids]:
    """Return all steps from sources to targets, in order: the source and the target of each.

    Args:
        begin: by source, its first target; the others follow it.
        count: by source, how many targets it has.
    """
    source = np.repeat(np.arange(len(count)), count)
    return source, np.arange(len(source)) + (begin - starts(count))[source]
