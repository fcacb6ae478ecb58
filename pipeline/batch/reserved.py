"""The files of the report: their names, which no document has, and how a report of ours is known.

They stand directly in the output folder beside the documents, where others may have files of the
same names, and where they may be named as inputs together with the records (``out/*.json``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.batch import places

if TYPE_CHECKING:
    from pipeline.batch.places import Place

REPORT: Final = "report"
"""The name without ending."""
PAGE: Final = f"{REPORT}.html"
FACTS: Final = f"{REPORT}.json"
GENERATOR: Final = '<meta name="generator" content="vanban report">'
SCHEMA: Final = "vanban-report"
# What stands near the beginning of each.
_MARKS: Final = {PAGE: GENERATOR.encode(), FACTS: f'"schema": "{SCHEMA}"'.encode()}
_BEGINNING: Final = 1000  # bytes


def is_report(place: Place) -> bool:
    """Tell whether a report of ours stands there.

    Raises:
        UnreadableInputError: a file of such a name cannot be read.
    """
    if place.name not in _MARKS:
        return False
    return _MARKS[place.name] in (places.content_or_none(place) or b"")[:_BEGINNING]
