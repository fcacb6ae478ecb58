"""Many small look-ups as one: numpy is quick on long arrays and slow on many short ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def joined(parts: Sequence[Sequence[Array]]) -> tuple[Array, ...]:
    """Return the arguments of many calls end to end: one flat array for each argument.

    Args:
        parts: for each call its arguments, which broadcast to one shape; at least one call.
    """
    rows = [np.broadcast_arrays(*part) for part in parts]
    return tuple(np.concatenate([a.ravel() for a in column]) for column in zip(*rows, strict=True))


def cut(values: Array, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """Undo :func:`joined` for the result: return the values of each call in its shape."""
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    return [v.reshape(s) for v, s in zip(np.split(values, ends[:-1]), shapes, strict=True)]
