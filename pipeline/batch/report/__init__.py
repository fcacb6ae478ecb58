"""The report on an output folder: ``report.html`` for people, ``report.json`` for machines.

Made from the ledger alone, so at any time and also while a run is going on. What always holds: both
files appear whole; the page needs no script and no network; a file of that name that is not a
report of ours is left alone unless it may be overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.batch import places
from pipeline.batch.book import HOME
from pipeline.batch.entry import text
from pipeline.batch.ledger import Ledger
from pipeline.batch.report.facts import Report, written
from pipeline.batch.report.page import page
from pipeline.batch.reserved import FACTS, PAGE, is_report
from pipeline.errors import OutputExistsError
from pipeline.messages import Language

if TYPE_CHECKING:
    from pipeline.batch.places import Place


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
    report = Report.of(text(str(out)), ledger, running=running)
    contents: dict[str, Iterable[str]] = {
        FACTS: written(report, language),
        PAGE: [page(report, language)],
    }
    if not overwrite:
        for name in contents:
            if places.stamp_or_none(out / name) is not None and not is_report(out / name):
                raise OutputExistsError(str(out / name))
    places.make_folder(out / HOME)
    # Not beside their place as other outputs: a run that begins sweeps such leftovers away.
    hidden = {name: out / HOME / f"{name}.{os.getpid()}.part" for name in contents}
    try:
        for name, parts in contents.items():
            places.write_beside(out / name, hidden[name], (part.encode() for part in parts))
        for name in contents:
            places.put(hidden[name], out / name)
    finally:
        for part in hidden.values():
            places.remove(part)
    return out / PAGE
