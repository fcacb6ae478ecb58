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
    shapes = [np.broadcast(*part).shape for part in parts]
    ends = np.cumsum([math.prod(shape) for shape in shapes]).tolist()
    # Each array is spread straight into its place: np.broadcast_arrays is slow on small ones.
    columns = []
    for column in zip(*parts, strict=True):
        whole = np.empty(ends[-1], np.result_type(*{array.dtype for array in column}))
        for array, shape, start, end in zip(column, shapes, [0, *ends], ends, strict=False):
            whole[start:end].reshape(shape)[...] = array
        columns.append(whole)
    return tuple(columns)


def cut(values: Array, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """Undo :func:`joined` for the result: return the values of each call in its shape."""
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    return [v.reshape(s) for v, s in zip(np.split(values, ends[:-1]), shapes, strict=True)]
