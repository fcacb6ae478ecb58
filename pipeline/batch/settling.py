"""Which files have stopped changing, so that none is taken while somebody is still writing it.

What always holds: a file is taken only when it has been seen unchanged for a time, however many
looks fall into that time, and once only in each of its states. An empty file is mostly one whose
content is on its way, and is left for longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.batch.places import Stamp

QUIET: Final = 2.0  # seconds for which a file that is whole has not changed
_EMPTY: Final = 30.0  # seconds for which nothing has come into a file that stays empty


class Settling:
    """Remembers since when each file, by its key, has been as it is, and whether it was taken."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[Stamp, float]] = {}
        self._taken: dict[str, Stamp] = {}

    def take(self, stamps: Mapping[str, Stamp | None], now: float) -> set[str]:
        """Return the keys of the files that are to be taken after a look at all that are there.

        Args:
            stamps: of all files; None for one that could not be seen.
            now: when they were seen, in seconds of a clock that never jumps.
        """
        seen = {key: stamp for key, stamp in stamps.items() if stamp is not None}
        before = self._since
        self._since = {
            key: before[key] if key in before and before[key][0] == stamp else (stamp, now)
            for key, stamp in seen.items()
        }
        ready = {
            key
            for key, (stamp, since) in self._since.items()
            if now - since >= (QUIET if stamp.size else _EMPTY) and self._taken.get(key) != stamp
        }
        self._taken.update((key, seen[key]) for key in ready)
        return ready

    def put_back(self, key: str) -> None:
        """Let a file that changed after it was taken settle again."""
        self._since.pop(key, None)
        self._taken.pop(key, None)
