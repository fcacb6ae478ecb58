"""What was worked out lately, so that it need not be again; bounded, for runs of weeks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import islice
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """The latest *bound* values by key; unlike a cache of functools it asks for many at once.

    It may hold more than that while the values of one call are.
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._values: dict[Key, Value] = {}

    def get(
        self, keys: Iterable[Key], work_out: Callable[[list[Key]], Iterable[Value]]
    ) -> dict[Key, Value]:
        """Return the value of each key; *work_out* gives those of the unknown ones, in order."""
        values = self._values
        wanted = dict.fromkeys(keys)
        new = [key for key in wanted if key not in values]
        made = dict(zip(new, work_out(new), strict=True)) if new else {}
        # The oldest stand first: what is asked for again goes to the end.
        found = {key: made[key] if key in made else values.pop(key) for key in wanted}
        values.update(found)
        for key in list(islice(values, max(len(values) - self._bound, 0))):
            del values[key]
        return found
