"""Whether the segments of a JBIG2 picture inside a PDF are all there (ITU-T T.88, 7.2).

A PDF holds the segments one after the other without a file header; each says how long it is. What
stands in them is not decoded.
"""

from __future__ import annotations

from typing import Final

_UNKNOWN: Final = 0xFFFFFFFF  # length of a region that tells it at its end
_PAGE, _FIRST_REGION, _LAST_REGION = 48, 4, 43  # types of segments
_HIGHEST: Final = 62
_LARGE: Final = 0x40  # flag: the number of the page takes four bytes


def jbig2_is_whole(data: bytes) -> bool:
    """Whether *data* are whole segments, with a page and something drawn on it."""
    place = 0
    kinds: set[int] = set()
    while place < len(data) and (segment := _segment(data, place)) is not None:
        kind, place = segment
        kinds.add(kind)
        if place > len(data):
            return False
    drawn = any(_FIRST_REGION <= kind <= _LAST_REGION for kind in kinds)
    return drawn and _PAGE in kinds


def _segment(data: bytes, place: int) -> tuple[int, int] | None:
    """Return the type of the segment at *place* and where it ends; None if there is none."""
    number = int.from_bytes(data[place : place + 4])
    flags, references = data[place + 4 : place + 5], data[place + 5 : place + 6]
    if not references or flags[0] & 0x3F > _HIGHEST:
        return None
    count, place = references[0] >> 5, place + 6
    if count == 7:  # the long form: 29 bits of count and a bit for each reference
        count = int.from_bytes(data[place - 1 : place + 3]) & 0x1FFFFFFF
        place += 3 + (count + 8) // 8
    place += count * (1 if number <= 256 else 2 if number <= 65_536 else 4)
    place += 4 if flags[0] & _LARGE else 1
    length = int.from_bytes(data[place : place + 4])
    if len(data) < place + 4:
        return None
    if length == _UNKNOWN:
        return flags[0] & 0x3F, len(data)
    return flags[0] & 0x3F, place + 4 + length
