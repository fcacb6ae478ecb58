"""What the ledger knows of one document, and how a row of its table keeps that."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from pipeline.batch.places import Output, Stamp


class State(StrEnum):
    """How far a document or page is.

    A document that is ``writing`` may have some of its outputs already; ``done`` covers one with
    failed pages; ``kept`` was left alone because files of others stand in its places.
    """

    PENDING = "pending"
    READING = "reading"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of one document.

    Attributes:
        place: its outputs' path under the output folder, without ending, with ``/``.
        looked: when its stamp was taken, in seconds since 1970.
        confidences: words by confidence of reading, in equal steps from 0 to 1.
        empty: numbers of the pages without text.
        outputs: file names beside *place* → what we wrote there.
        putting: file names that outputs were about to take; what stands there is ours.
    """

    place: str
    input: str
    state: State
    stamp: Stamp = field(default_factory=lambda: Stamp(0, 0))
    looked: float = 0.0
    checksum: str = ""
    recipe: str = ""
    dress: str = ""
    pages: int = 0
    words: int = 0
    corrections: int = 0
    doubts: int = 0
    seconds: float = 0.0
    finished: float = 0.0
    confidences: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    outputs: dict[str, Output] = field(default_factory=dict)
    putting: tuple[str, ...] = ()


def text(name: str) -> str:
    """Return *name* as Unicode that can be stored; names of files may be none."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def to_row(entry: Entry) -> dict[str, Any]:
    """Return the row of the table ``documents`` that keeps *entry*."""
    row = {each.name: getattr(entry, each.name) for each in fields(entry)}
    row["input"] = text(entry.input)
    stamp: Stamp = row.pop("stamp")
    outputs = {name: asdict(output) for name, output in entry.outputs.items()}
    return {
        **row,
        "size": stamp.size,
        "modified": stamp.modified,
        "confidences": json.dumps(entry.confidences),
        "empty": json.dumps(entry.empty),
        "outputs": json.dumps(outputs, ensure_ascii=False),
        "putting": json.dumps(entry.putting, ensure_ascii=False),
    }


def from_row(row: dict[str, Any]) -> Entry:
    """Return the entry that a row of the table ``documents`` keeps.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: the row is damaged.
    """
    stamp = Stamp(row.pop("size"), row.pop("modified"))
    outputs = {
        name: Output(Stamp(**output["stamp"]), output["checksum"])
        for name, output in json.loads(row.pop("outputs")).items()
    }
    return Entry(
        **{
            **row,
            "state": State(row["state"]),
            "confidences": tuple(json.loads(row["confidences"])),
            "empty": tuple(json.loads(row["empty"])),
            "putting": tuple(json.loads(row["putting"])),
        },
        stamp=stamp,
        outputs=outputs,
    )
