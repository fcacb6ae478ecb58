"""The report on an output folder: ``report.html`` for people, ``report.json`` for machines.

Made from the ledger alone, so at any time and also while a run is going on. What always holds: both
files appear whole; the page needs no script and no network; a file of that name that is not a
report of ours is left alone unless it may be overwritten.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from pipeline.batch import places
from pipeline.batch.book import HOME
from pipeline.batch.discovery import REPORT
from pipeline.batch.ledger import Ledger
from pipeline.batch.report.facts import SCHEMA, Report, facts
from pipeline.batch.report.page import GENERATOR, page
from pipeline.errors import OutputExistsError
from pipeline.messages import Language

if TYPE_CHECKING:
    from pipeline.batch.places import Place

PAGE: Final = f"{REPORT}.html"
FACTS: Final = f"{REPORT}.json"
# By what a report of ours is known; near the beginning of the file.
_MARKS: Final = {PAGE: GENERATOR.encode(), FACTS: f'"schema": "{SCHEMA}"'.encode()}
_BEGINNING: Final = 1000  # bytes


def write_report(
    out: Place, ledger: Ledger, language: Language, *, running: bool, overwrite: bool = False
) -> Place:
    """Write the report on the output folder *out* and return the place of its page.

    Args:
        out: the output folder.
        ledger: its ledger.
        language: of the page and of the messages in both files.
        running: whether a run is going on.
        overwrite: whether files of others may be overwritten.

    Raises:
        OutputExistsError: a file that is no report stands in the way.
        OutputUnwritableError: it cannot be written.
    """
    report = Report.of(str(out), ledger, running=running)
    contents = {
        FACTS: f"{json.dumps(facts(report, language), ensure_ascii=False, indent=1)}\n".encode(),
        PAGE: page(report, language).encode(),
    }
    if not overwrite:
        for name in contents:
            _require_ours(out / name)
    places.make_folder(out / HOME)
    # Not beside their place as other outputs: a run that begins sweeps such leftovers away.
    hidden = {name: out / HOME / f"{name}.{os.getpid()}.part" for name in contents}
    try:
        for name, data in contents.items():
            places.write_beside(out / name, hidden[name], data)
        for name in contents:
            places.put(hidden[name], out / name)
    finally:
        for part in hidden.values():
            places.remove(part)
    return out / PAGE


def _require_ours(place: Place) -> None:
    found = places.content_or_none(place)
    if found is not None and _MARKS[place.name] not in found[:_BEGINNING]:
        raise OutputExistsError(str(place))
